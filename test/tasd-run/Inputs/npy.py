#!/usr/bin/env python3
"""Makes .npy files for tests, prints and compares them, without NumPy.

  npy.py make FILE TYPE SHAPE NUMBERS   e.g. x.npy f4 2x3 0,1,2,3,4,5
  npy.py mix FILE TYPE SHAPE LARGEST    small whole numbers, of both signs
  npy.py print FILE                     prints type, shape and numbers
  npy.py head FILE ROWS OUTPUT          the first rows of a file
  npy.py compare FILE OTHER SHARE       fails where two elements are further apart
                                        than this share of the largest magnitude

TYPE is a code of the struct module's sizes: f4, f8, i1, i4 or i8.
"""

import ast
import math
import struct
import sys

FORMATS = {"f4": "f", "f8": "d", "i1": "b", "i4": "i", "i8": "q"}


def make(path, code, shape, numbers):
    extents = tuple(int(extent) for extent in shape.split("x") if extent)
    header = repr({"descr": "<" + code, "fortran_order": False, "shape": extents}) + "\n"
    kind = float if code[0] == "f" else int
    values = [kind(number) for number in numbers.split(",") if number]
    with open(path, "wb") as file:
        file.write(b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)))
        file.write(header.encode())
        file.write(struct.pack("<%d%s" % (len(values), FORMATS[code]), *values))


def mix(path, code, shape, largest):
    count = math.prod(int(extent) for extent in shape.split("x"))
    modulus = 2 * int(largest) + 1
    values = (index * index * 7 % 101 % modulus - int(largest) for index in range(count))
    make(path, code, shape, ",".join(map(str, values)))


def read(path):
    with open(path, "rb") as file:
        data = file.read()
    end = 10 + struct.unpack("<H", data[8:10])[0]
    header = ast.literal_eval(data[10:end].decode())
    code = header["descr"].lstrip("<|")
    count = (len(data) - end) // int(code[1:])
    values = struct.unpack("<%d%s" % (count, FORMATS[code]), data[end:])
    return code, header["shape"], values


def show(path):
    code, shape, values = read(path)
    print(code, "x".join(map(str, shape)), *("%g" % value for value in values))


def head(path, rows, output):
    code, shape, values = read(path)
    shape = (int(rows), *shape[1:])
    values = values[: math.prod(shape)]
    make(output, code, "x".join(map(str, shape)), ",".join(map(repr, values)))


def compare(path, other, share):
    first, second = read(path), read(other)
    assert first[:2] == second[:2], "expected equal types and shapes"
    bound = float(share) * max(map(abs, first[2]))
    for index, (a, b) in enumerate(zip(first[2], second[2])):
        if not abs(a - b) <= bound:
            sys.exit("element %d: expected %g at most %g off but got %g" % (index, a, bound, b))


if __name__ == "__main__":
    commands = {"make": make, "mix": mix, "print": show, "head": head, "compare": compare}
    commands[sys.argv[1]](*sys.argv[2:])
