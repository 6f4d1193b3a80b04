# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""One layer computed by hand, and held against the model.

The layer is a product of weights m x k and activations k x n, on machines with the
rates and energies of the machine tc: weights pass SMEM by, activations stay there.
"""

import sys

from published.results import EITHER, SHOWN, find_machine, is_sparsest, write_table

HAND_NETWORK, HAND_LAYER = "bert-base", "ffn1"
M, N, K = 3072, 128, 768
# Shares of the weights that are kept, and bits of the place of each: dense, 2:8.
VARIANTS = ((1, 0), (1 / 4, 4))


def find_layer(results, network, name):
    """Its results dense and as shown, where the network is sparsest."""
    shapes = next(n["layers"] for n in results["networks"] if n["name"] == network)
    index = next(i for i, shape in enumerate(shapes) if shape["name"] == name)
    for variant in results["settings"][0]["variants"]:
        if variant["network"] == network and is_sparsest(results, variant):
            shown = find_machine(variant, SHOWN, EITHER)
            return variant["machines"][0]["layers"][index], shown["layers"][index]


class Hand:
    """Figures of the layer; words and weights are of 8 bits."""

    def __init__(self, kept, index_bits):
        self.macs, self.weights = M * N * K * kept, M * K * kept
        self.metadata = (self.macs + self.weights) * index_bits / 8
        # An array of 64 rows and 16 lanes along K, which kept elements fill.
        self.words = self.macs / 64 / kept
        self.updates = M * N * K / (16 / kept)

    def get_figures(self):
        """Name, formula and value; energies in pJ."""
        results, inputs = M * N, N * K
        return [
            (
                "cycles",
                "multiply-adds / 1024 or B's words / 42, whichever is more",
                max(self.macs / 1024, self.words / 42),
            ),
            ("MAC", "multiply-adds · 0.5608", self.macs * 0.5608),
            (
                "DRAM",
                "(weights + N·K + M·N) / 8 · 512",
                (self.weights + inputs + results) / 8 * 512,
            ),
            (
                "SMEM",
                "B's words / 64 · 285.71464 + N·K / 64 · 316.96744",
                (self.words * 285.71464 + inputs * 316.96744) / 64,
            ),
            (
                "RF",
                "(updates + M·N) · 1.67589 + (updates - M·N) · 1.65889",
                (self.updates + results) * 1.67589 + (self.updates - results) * 1.65889,
            ),
            (
                "LRF",
                "(multiply-adds + weights, with their places) · 0.072",
                (self.macs + self.weights + self.metadata) * 0.072,
            ),
        ]


def write_variant(layer, figures):
    rows = []
    for name, formula, ours in figures:
        model = layer["cycles"] if name == "cycles" else layer["energy_by_level_pj"][name]
        if abs(ours / model - 1) > 1e-4:
            sys.exit(f"compare-published.py: error: {name}: {ours} by hand, {model} by the model")
        texts = [f"{x:,.1f}" if name == "cycles" else f"{x / 1e6:.3f} uJ" for x in (ours, model)]
        rows.append([name, formula, *texts])
    title = layer["series"] or "dense, on `tc`"
    return write_table([title, "formula (pJ)", "by hand", "model"], rows, 2)


def write_hand(results):
    layers = find_layer(results, HAND_NETWORK, HAND_LAYER)
    return "\n".join(
        write_variant(layer, Hand(*variant).get_figures())
        for layer, variant in zip(layers, VARIANTS)
    )
