# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Sentences about the results that rest on figures of several tables."""

from published.results import (
    EITHER,
    SHOWN,
    find_machine,
    get_best_rows,
    get_title,
    is_sparsest,
    percent,
)

ON_AVERAGE = "5 % on average, optimal"
HALF_ZERO = "half of the activations of resnet-50 zero"
BILLED = "metadata in DRAM billed as data"
LOSSY = "vegeta-m8, one lossy term"


def get_summary(results, setting, machine):
    """Of a machine the last: a series on either side, where it has both."""
    summaries = next(s["summaries"] for s in results["settings"] if s["name"] == setting)
    return {summary["machine"]: summary for summary in summaries}[machine]


def list_shares(results, setting, machine, keys):
    summary = get_summary(results, setting, machine)
    return [percent(summary[f"{key}_share"]) for key in keys]


def get_headline(results):
    return results["settings"][0]["name"]


def find_variant(results, network, setting, is_wanted):
    variants = next(s["variants"] for s in results["settings"] if s["name"] == setting)
    return next(v for v in variants if v["network"] == network and is_wanted(v))


def is_dense(variant):
    return variant["sparsity_share"] == 0


def write_dense_dstc(results):
    times = []
    for network in ("bert-base", "vit-b"):
        variant = find_variant(results, network, get_headline(results), is_dense)
        times.append(f"{get_best_rows(variant)['dstc']['edp_share']:.2f}")
    return (
        f"- `dstc` pays where there are no zeros: dense BERT-base costs it {times[0]} times\n"
        f"  the EDP of `tc`, dense ViT-B {times[1]} times.\n"
    )


def write_nearly_dropped(results):
    shares = []
    for network in ("bert-base", "vit-b"):
        variant = find_variant(
            results, network, get_headline(results), lambda v: is_sparsest(results, v)
        )
        layers = find_machine(variant, SHOWN, EITHER)["layers"]
        dropped = max(layer["dropped_magnitude_share"] for layer in layers)
        shares.append(f"{percent(dropped)} ({get_title(variant)})")
    bound = percent(results["settings"][0]["max_dropped_magnitude_share"])
    return (
        f"- Of a layer's magnitude {shares[0]} or\n"
        f"  {shares[1]} are dropped, where {bound} may be: these results\n"
        "  hang on the bound.\n"
    )


def write_half_zero(results):
    shares, means = [], []
    for setting in (get_headline(results), HALF_ZERO):
        variant = find_variant(results, "resnet-50", setting, is_dense)
        shares.append(percent(1 - find_machine(variant, SHOWN, EITHER)["edp_share"]))
        means += list_shares(results, setting, SHOWN, ["mean"])
    return (
        f"- The dense ResNet-50 saves {shares[0]} of EDP on `{SHOWN}` with 52.5 % of its\n"
        f"  activations left, and {shares[1]} with 50 %: 4:8 is beyond the bound with the\n"
        "  former and just within it with the latter. The average over all goes from\n"
        f"  {means[0]} to {means[1]}.\n"
    )


def write_on_average(results):
    keys = ("mean", "pruned_mean", "sparsest_mean")
    shown, lossy = (
        " / ".join(list_shares(results, ON_AVERAGE, machine, keys)) for machine in (SHOWN, LOSSY)
    )
    return (
        "- With the bound on the average over layers, which is how [tasder](Tasder.md)\n"
        f"  distributes loss, `optimal` saves {shown} on `{SHOWN}`\n"
        f"  (all / pruned / sparsest), and {lossy} on\n"
        f"  `{LOSSY}`.\n"
    )


def write_billed(results):
    keys = ("best", "mean", "sparsest_mean")
    before, after = (
        " / ".join(list_shares(results, setting, SHOWN, keys))
        for setting in (get_headline(results), BILLED)
    )
    return (
        "- The places of kept elements take no energy in DRAM here. Were they billed as\n"
        f"  data, `{SHOWN}` would save {after} rather than\n"
        f"  {before} (at best / all / sparsest).\n"
    )


def write_findings(results):
    writers = (
        write_dense_dstc,
        write_nearly_dropped,
        write_half_zero,
        write_on_average,
        write_billed,
    )
    return "".join(writer(results) for writer in writers)
