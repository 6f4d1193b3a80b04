#!/usr/bin/env python3
"""Makes .npy files for tests and prints them, without NumPy.

  npy.py make FILE TYPE SHAPE NUMBERS   e.g. x.npy f4 2x3 0,1,2,3,4,5
  npy.py print FILE                     prints type, shape and numbers

TYPE is a code of the struct module's sizes: f4, f8, i1, i4 or i8.
"""
import ast
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


def show(path):
    with open(path, "rb") as file:
        data = file.read()
    end = 10 + struct.unpack("<H", data[8:10])[0]
    header = ast.literal_eval(data[10:end].decode())
    code = header["descr"].lstrip("<|")
    count = (len(data) - end) // int(code[1:])
    values = struct.unpack("<%d%s" % (count, FORMATS[code]), data[end:])
    shape = "x".join(str(extent) for extent in header["shape"])
    print(code, shape, *("%g" % value for value in values))


if __name__ == "__main__":
    if sys.argv[1] == "make":
        make(*sys.argv[2:])
    else:
        show(sys.argv[2])
