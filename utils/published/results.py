# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What tasd-published --json prints, and how its numbers are written."""

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


def is_sparsest(results, variant):
    others = [v for v in results["settings"][0]["variants"] if v["network"] == variant["network"]]
    return variant["sparsity_share"] == max(v["sparsity_share"] for v in others)
