# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Says on a terminal what takes so long; silent elsewhere."""

import sys


class Progress:
    """One line of the standard error that is written over."""

    def __init__(self) -> None:
        self._shown = False

    def show(self, what: str, done: int = 0, total: int = 0) -> None:
        if not sys.stderr.isatty():
            return
        count = f" {done}/{total}" if total else ""
        print(f"\r\x1b[K{what}{count}", end="", file=sys.stderr, flush=True)
        self._shown = True

    def clear(self) -> None:
        if self._shown:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
        self._shown = False
