# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Markdown: tables, and places in documents that are written anew."""

import re
from collections.abc import Sequence
from pathlib import Path

from .failure import Failure


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines) + "\n"


def find_tables(document: Path, name: str) -> tuple[str, str]:
    """What stands before and after the tables between <!-- begin `name` --> and
    <!-- end `name` -->."""
    begin, end = f"<!-- begin {name} -->\n", f"<!-- end {name} -->\n"
    try:
        text = document.read_text()
    except OSError as error:
        raise Failure(f"{document}: {error.strerror}") from error
    parts = re.fullmatch(f"(.*{re.escape(begin)}).*({re.escape(end)}.*)", text, re.DOTALL)
    if not parts or text.count(begin) != 1 or text.count(end) != 1:
        raise Failure(f"{document}: expected one {begin.strip()} ... {end.strip()}")
    return parts[1], parts[2]
