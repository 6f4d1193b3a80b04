# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The processor that scripts measure."""


def read_processor() -> tuple[str, float]:
    """The name of the processor, and its clock in GHz."""
    name, clock = "an unknown processor", 1.0
    with open("/proc/cpuinfo") as file:
        for line in file:
            key, _, value = line.partition(":")
            if key.strip() == "model name":
                name = value.strip()
            if key.strip() == "cpu MHz":
                clock = round(float(value) / 1000, 1)
    return name, clock
