# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Holds the cycles of the simulator against those in the remarks of plans."""

import json
import re
import sys

planned = {}
for line in open(sys.argv[1]):
    if cycles := re.search(r"\brun_cycles=(\d+)", line):
        planned[re.search(r"\blayer=(\w+)", line).group(1)] = int(cycles.group(1))
layers = json.load(open(sys.argv[2]))["layers"]
assert {layer["name"] for layer in layers} == planned.keys()
for layer in layers:
    difference = layer["cycles"] / planned[layer["name"]] - 1
    assert abs(difference) <= 0.01, f"{layer['name']}: {layer['cycles']} of {planned}"
print(f"{len(layers)} layers within 1.00 %")
