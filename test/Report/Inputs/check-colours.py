#!/usr/bin/env python3
# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Says how far the colours of marks in a style sheet are apart.

usage: check-colours.py page.css

For each theme prints the least contrast (WCAG 2) of --c0 to --c6 with the page, and
the least distance in OKLab between two of them, to all eyes and to those without one
kind of cones. Fails below 3:1 and below 0.08.
"""
import itertools
import math
import re
import sys

# What is seen of linear RGB without one kind of cones: Machado, Oliveira and
# Fernandes, "A Physiologically-based Model for Simulation of Color Vision Deficiency",
# 2009, severity 1.
VISIONS = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216),
                   (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413),
                     (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602),
                   (0.004733, 0.691367, 0.303900)),
}
# OKLab (Ottosson, 2020): from linear RGB to cones, and from their cube roots on.
TO_CONES = ((0.4122214708, 0.5363325363, 0.0514459929), (0.2119034982, 0.6806995451, 0.1073969566),
            (0.0883024619, 0.2817188376, 0.6299787005))
TO_LAB = ((0.2104542553, 0.7936177850, -0.0040720468), (1.9779984951, -2.4285922050, 0.4505937099),
          (0.0259040371, 0.7827717662, -0.8086757660))


def multiply(matrix, vector):
    return [sum(a * b for a, b in zip(row, vector)) for row in matrix]


def to_linear(text):
    parts = [int(text[i:i + 2], 16) / 255 for i in (1, 3, 5)]
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]


def to_lab(linear):
    cones = multiply(TO_CONES, [min(1, max(0, c)) for c in linear])
    return multiply(TO_LAB, [c ** (1 / 3) for c in cones])


def get_contrast(first, second):
    lights = sorted(multiply(((0.2126, 0.7152, 0.0722),), to_linear(c))[0] for c in (first, second))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def get_distance(colours, vision):
    seen = [to_lab(multiply(VISIONS[vision], to_linear(colour))) for colour in colours]
    return min(math.dist(a, b) for a, b in itertools.combinations(seen, 2))


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        themes = re.findall(r":root \{(.*?)\}", file.read(), re.S)
    failed = False
    for name, theme in zip(("light", "dark"), themes):
        values = dict(re.findall(r"--(\w+): (#\w{6});", theme))
        colours = [values[f"c{i}"] for i in range(7)]
        contrast = min(get_contrast(colour, values["page"]) for colour in colours)
        distances = {vision: get_distance(colours, vision) for vision in VISIONS}
        print(f"{name}: contrast {contrast:.1f},",
              ", ".join(f"{vision} {distance:.3f}" for vision, distance in distances.items()))
        failed |= contrast < 3 or min(distances.values()) < 0.08
    sys.exit(failed)


main()
