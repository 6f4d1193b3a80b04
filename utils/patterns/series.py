# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The text of series of N:M patterns; the standard library only."""

import re
from collections.abc import Sequence

Terms = tuple[tuple[int, int], ...]


def parse_terms(text: str) -> Terms:
    """The (N, M) of "2:4+1:8". Of other patterns a ValueError."""
    terms = [re.fullmatch(r"([0-9]+):([0-9]+)", term) for term in text.split("+")]
    if not all(terms):
        raise ValueError(f"expected a sum of N:M patterns but got '{text}'")
    return tuple((int(term[1]), int(term[2])) for term in terms)


def write_terms(terms: Sequence[tuple[int, int]]) -> str:
    return "+".join(f"{n}:{m}" for n, m in terms)
