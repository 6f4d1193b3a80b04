# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Writes constants of every narrow value behind casts (generate), and holds what
tasd-pack makes of them against Python's conversions (check)."""

import re
import struct
import sys

# cast, from, to, and how struct names them.
CASTS = [
    ("arith.extsi", "i8", "i32", "b", "i"),
    ("arith.extui", "i8", "i32", "B", "I"),
    ("arith.sitofp", "i8", "f64", "b", "d"),
    ("arith.uitofp", "i16", "f32", "H", "f"),
    ("arith.extf", "f16", "f32", "e", "f"),
]


def list_values(code):
    """Every value of a type, but 1 for each NaN."""
    size = struct.calcsize(code)
    values = [struct.unpack("<" + code, i.to_bytes(size, "little"))[0] for i in range(256**size)]
    return [value if value == value else 1.0 for value in values]


def pack(code, values):
    return struct.pack(f"<{len(values)}{code}", *values)


def generate():
    for name, (cast, source, target, code, _) in enumerate(CASTS):
        values = list_values(code)
        shape = f"{len(values) // 64}x64"
        print(f"""func.func @f{name}() -> tensor<{shape}x{target}> {{
  %w = arith.constant dense<"0x{pack(code, values).hex()}"> : tensor<{shape}x{source}>
  %c = {cast} %w : tensor<{shape}x{source}> to tensor<{shape}x{target}>
  %s = tasd.decompose %c : !tasd.series<{shape}x{target}, 4:4, along = [1]> loc("f{name}")
  %r = tasd.compose %s : !tasd.series<{shape}x{target}, 4:4, along = [1]>
  return %r : tensor<{shape}x{target}>
}}""")


def check(text):
    for name, (cast, _, _, code, target) in enumerate(CASTS):
        data = re.search(rf'f{name}_term0_values: "0x(\w+)"', text).group(1)
        # With 4:4 every element has its slot; -0.0 becomes +0.0.
        expected = pack(target, [value + 0 for value in list_values(code)])
        # The alignment of the resource comes before its data.
        print(cast, "agrees" if bytes.fromhex(data)[4:] == expected else "differs")


if __name__ == "__main__":
    if sys.argv[1] == "check":
        check(sys.stdin.read())
    else:
        generate()
