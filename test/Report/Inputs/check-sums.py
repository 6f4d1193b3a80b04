#!/usr/bin/env python3
# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Checks that parts in a report add up, and that no layer is above the roofs.

usage: check-sums.py REPORT

Of every layer, chosen and dense: the energies of the levels are its energy, work and
stalls of all launches are its cycles, its multiplications in a cycle are within the
highest roof and within the slope. Prints what was checked.
"""
import json
import math
import sys


def expect(condition, what):
    if not condition:
        raise SystemExit(f"error: expected {what}")


def check_energy(layer, prefix):
    parts = sum(part["energy_pj"] for part in layer[f"{prefix}energy_by_level"])
    whole = layer[f"{prefix}energy_pj"]
    expect(math.isclose(parts, whole, rel_tol=1e-9), f"{layer['name']}: {whole} pJ but got {parts}")


def check_cycles(layer, prefix):
    stalls = layer[f"{prefix}stall_cycles"].values()
    parts = layer["launches"] * (layer[f"{prefix}busy_cycles"] + sum(stalls))
    whole = layer[f"{prefix}cycles"]
    # Of a launch whole cycles are counted.
    expect(abs(parts - whole) <= layer["launches"],
           f"{layer['name']}: {whole} cycles but got {parts}")


def check_roofs(layer, prefix, report):
    rate, intensity = (layer[f"{prefix}macs_per_{what}"] for what in ("cycle", "offchip_byte"))
    highest = max(roof["macs_per_cycle"] for roof in report["roofs"])
    slope = report["offchip_bytes_per_cycle"] * intensity
    expect(rate <= min(highest, slope) * (1 + 1e-9), f"{layer['name']}: at most {slope} but got {rate}")


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        report = json.load(file)
    checked = {"energies": 0, "cycles": 0, "rates": 0}
    for layer in report["layers"]:
        for prefix in ("", "dense_"):
            check_energy(layer, prefix)
            checked["energies"] += 1
            if f"{prefix}stall_cycles" in layer:
                check_cycles(layer, prefix)
                checked["cycles"] += 1
            check_roofs(layer, prefix, report)
            checked["rates"] += 1
    print(", ".join(f"{count} {what}" for what, count in checked.items()))


main()
