# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What tasd-published --json prints, and how its numbers are written."""

import sys

# The machine whose layers are shown, and what it may decompose.
SHOWN, EITHER = "ttc-vegeta-m8", "weights or activations"
LEVELS = ("DRAM", "SMEM", "RF", "LRF", "MAC", "TASD")


def percent(share):
    # A zero without the sign of what was rounded off.
    return f"{round(100 * share, 1) + 0.0:.1f} %"


def write_row(cells):
    return "| " + " | ".join(cells) + " |\n"


def write_table(titles, rows, num_texts=1):
    """Columns but the first ones hold numbers."""
    rules = ["---"] * num_texts + ["--:"] * (len(titles) - num_texts)
    return write_row(titles) + write_row(rules) + "".join(map(write_row, rows))


def get_title(variant):
    zeros = 100 * variant["sparsity_share"]
    return f"{variant['network']}, " + (f"{zeros:.0f} % zeros" if zeros else "dense")


def find_machine(variant, name, sides):
    for machine in variant["machines"]:
        if machine["machine"] == name and machine["sides"] == sides:
            return machine
    return None


def get_best_rows(variant):
    """Of each machine the last: a series on either side, where it has both."""
    return {machine["machine"]: machine for machine in variant["machines"]}


def find_layers(results, variant):
    """The shapes and counts of its network's layers."""
    for network in results["networks"]:
        if network["name"] == variant["network"]:
            return network["layers"]


def add_layers(shapes, layers, key):
    """The sum over all layers, equal ones included."""
    return sum(shape["count"] * layer[key] for shape, layer in zip(shapes, layers))


def check_totals(results):
    """Fails where the layers do not add up to their network."""
    for variant in results["settings"][0]["variants"]:
        shapes = find_layers(results, variant)
        for machine in variant["machines"]:
            for key in ("cycles", "energy_pj"):
                total = add_layers(shapes, machine["layers"], key)
                # Energies of layers are rounded to fJ before they are added.
                if abs(total / machine[key] - 1) > 1e-9:
                    sys.exit(
                        f"compare-published.py: error: {get_title(variant)} on "
                        f"{machine['machine']}: expected {key} of {machine[key]} "
                        f"but the layers have {total}"
                    )


def is_sparsest(results, variant):
    others = [v for v in results["settings"][0]["variants"] if v["network"] == variant["network"]]
    return variant["sparsity_share"] == max(v["sparsity_share"] for v in others)
