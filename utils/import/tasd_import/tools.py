# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Runs the project's own programs."""

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import NamedTuple

from . import environment
from .failure import Failure

# `loc("name"(...)): error: text` or `file:line:column: error: text`.
DIAGNOSTIC = re.compile(r"^(?P<place>.*?):? ?error: (?P<text>.*)$", re.MULTILINE)
NAME = re.compile(r'^loc\("(?P<name>[^"]*)"')


class Output(NamedTuple):
    """What a program printed."""

    out: str
    err: str


def find_tool(name: str) -> Path:
    """A program of the release build, or of the folder TASD_BIN_DIR names."""
    folder = os.environ.get("TASD_BIN_DIR") or environment.REPOSITORY / "build/release/bin"
    found = shutil.which(name, path=str(folder))
    if found is None:
        raise Failure(f"expected {name} in {folder}; build it by utils/build.sh {name}")
    return Path(found)


def explain(stderr: str) -> str:
    """The first error among a program's diagnostics, with the name of its op."""
    found = DIAGNOSTIC.search(stderr)
    if not found:
        return stderr.strip().splitlines()[-1] if stderr.strip() else "no message"
    named = NAME.match(found["place"])
    place = f"'{named['name']}': " if named else ""
    return place + found["text"]


class Server:
    """A program that answers each line with one, until the end of the block."""

    def __init__(self, name: str, *arguments: str | Path) -> None:
        self.name = name
        # Larger than any pipe: what it says of an error must not stop it.
        self.errors = tempfile.TemporaryFile("w+")
        self.process = subprocess.Popen(
            [find_tool(name), *arguments],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.errors, text=True,
        )  # fmt: skip

    def __enter__(self) -> "Server":
        return self

    def __exit__(self, *_: object) -> None:
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()
        self.errors.close()

    def read_line(self) -> str:
        """What it prints next; the end is a Failure."""
        line = self.process.stdout.readline()
        if not line:
            self.process.wait()
            self.errors.seek(0)
            raise Failure(f"{self.name}: {explain(self.errors.read())}")
        return line

    def ask(self, line: str) -> str:
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        return self.read_line()


def run_tool(name: str, *arguments: str | Path) -> Output:
    """Runs a program; its first error is a Failure."""
    done = subprocess.run(
        [find_tool(name), *arguments], capture_output=True, text=True, errors="replace", check=False
    )
    if done.returncode != 0:
        raise Failure(f"{name}: {explain(done.stderr)}")
    return Output(done.stdout, done.stderr)
