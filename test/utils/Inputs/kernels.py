# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Prints measurements of kernels that take what their counts add up to, at 2 GHz."""

import json
import random
import sys

generator = random.Random(1)


def write(layer, way, form, columns, cycles, **counts):
    if "--noise" in sys.argv:
        cycles *= generator.uniform(0.5, 2)
    sample = {"layer": layer, "way": way, "form": form, "columns": columns}
    sample |= {"reads_windows": False, "parts": 0, "gathered": 0, "scattered": 0}
    print(json.dumps(sample | counts | {"milliseconds": cycles / 2e6}))


for m, n, k in (
    (m, n, k) for m in (64, 256, 768) for n in (32, 128) for k in (96, 512)
):  # fmt: skip
    layer = f"{m}x{n}x{k}"

    def count(calls, macs, a, b, z):
        return {"calls": calls, "macs": macs, "a": a, "b": b, "z": z}

    def take_dense(counts):
        return 2000 * counts["calls"] + counts["macs"] / 2 + 3 * counts["b"] + counts["z"]

    whole = count(1, m * n * k, m * k, k * n, m * n)
    write(layer, "dense", "dense", n, take_dense(whole), **whole)
    for way, share in (("2:4", 0.5), ("1:8", 0.125)):
        packed = count(1, m * n * k * share, m * k * share, k * n, m * n)
        cycles = 0.75 * packed["macs"] + 20 * packed["z"]
        write(layer, way, "packed", n, cycles, **packed)
    tiles = count(2, m * n * k / 4, m * k / 4, k * n, m * n / 2)
    more = {"parts": 2, "gathered": k * n, "scattered": m * n / 2}
    cycles = take_dense(tiles) + 40 * 2 + 2 * k * n
    write(layer, "tiles", "dense", n, cycles, **tiles, **more)
