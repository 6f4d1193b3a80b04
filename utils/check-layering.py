#!/usr/bin/env python3
# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Holds the includes of include/ and lib against the table of libraries.

The table stands in docs/Architecture.md: which folder may use which others, and
whether it may use MLIR. The headers of include/tasd-c are C, which know other
headers of C alone, and belong to the folder CAPI. Prints each include that it
forbids as file:line and exits with 1 if there is one.
"""

import argparse
import fnmatch
import pathlib
import re
import sys

INCLUDE = re.compile(r'\s*#?\s*include\s+["<]([^">]+)[">]')
# Headers of MLIR for all libraries that use it: in no layer.
PRECOMPILED = "Precompiled"
SOURCES = {".h", ".cpp", ".td", ".inc", ".def"}
C_API = "CAPI"
C_HEADERS = ("mlir-c/", "tasd-c/")


class Row:
    def __init__(self, cells, above):
        self.folder, _, uses, mlir = cells
        self.mlir = {"yes": True, "no": False}[mlir]
        self.uses = [use.strip() for use in uses.split(",")]
        if uses == "everything above":
            self.uses = [row.folder for row in above]
        elif uses == "nothing":
            self.uses = []
        for use in self.uses:
            folder = folder_of(use) if use.endswith(".h") else use
            if not any(matches(row.folder, folder) for row in above):
                sys.exit(f"error: '{self.folder}' may use '{use}', which has no row above it")


def folder_of(path):
    """The folder of a file below include/tasd or lib; a file in none is its own."""
    parent = pathlib.PurePath(path).parent.as_posix()
    return pathlib.PurePath(path).stem if parent == "." else parent


def matches(folder, pattern):
    folder, pattern = folder.split("/"), pattern.split("/")
    return len(folder) == len(pattern) and all(map(fnmatch.fnmatchcase, folder, pattern))


def read_table(path):
    text = path.read_text()
    table = re.search(r"<!-- layering:.*?-->(.*)<!-- end of layering -->", text, re.DOTALL)
    if not table:
        sys.exit(f"error: expected a table between the layering comments in {path}")
    lines = [line for line in table.group(1).splitlines() if line.startswith("|")]
    rows = []
    for line in lines[2:]:
        rows.append(Row([cell.strip() for cell in line.strip("|").split("|")], rows))
    return rows


def find_row(rows, folder):
    return next((row for row in rows if matches(folder, row.folder)), None)


def reason_against(row, folder, header, rows):
    """Why a file of `folder` may not include `header`, or None."""
    if header.startswith(("mlir/", "mlir-c/")):
        return None if row.mlir else f"'{folder}' may not use MLIR"
    if header.startswith("../") or "/../" in header:
        return "expected a path from the include root"
    if header.startswith("tasd-c/"):
        return None if folder == C_API else f"'{folder}' may not use '{C_API}'"
    if not header.startswith("tasd/"):
        return None
    header = header[len("tasd/") :]
    used = folder_of(header)
    allowed = any(matches(used, use) or header == use for use in row.uses)
    if used == folder or allowed:
        return None
    if not find_row(rows, used):
        return f"'{used}' has no row in the table"
    return f"'{folder}' may not use '{header if header in row.uses else used}'"


def check_file(path, folder, rows):
    row = find_row(rows, folder)
    if not row:
        return [f"{path}:1: error: '{folder}' has no row in the table"]
    errors = []
    text = path.read_text(errors="replace")
    for number, line in enumerate(text.splitlines(), 1):
        include = INCLUDE.match(line)
        reason = include and reason_against(row, folder, include.group(1), rows)
        if reason:
            errors.append(f"{path}:{number}: error: {reason}")
    return errors


def check_c_header(path):
    """The includes of a C header that are of C++, by the folders they are in."""
    errors = []
    for number, line in enumerate(path.read_text().splitlines(), 1):
        include = INCLUDE.match(line)
        if include and "/" in include.group(1) and not include.group(1).startswith(C_HEADERS):
            errors.append(f"{path}:{number}: error: '{include.group(1)}' is no header of C")
    return errors


def main():
    root = pathlib.Path(__file__).resolve().parent.parent
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--root", type=pathlib.Path, default=root, help="a source tree")
    options = parser.parse_args()
    rows = read_table(options.root / "docs/Architecture.md")
    errors = []
    for base in (options.root / "include/tasd", options.root / "lib"):
        for path in sorted(base.rglob("*")):
            folder = folder_of(path.relative_to(base))
            if path.suffix in SOURCES and folder != PRECOMPILED:
                errors += check_file(path, folder, rows)
    for path in sorted((options.root / "include/tasd-c").glob("*.h")):
        errors += check_c_header(path)
    print(*errors, sep="\n", end="\n" if errors else "")
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
