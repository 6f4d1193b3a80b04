#!/usr/bin/env python3
# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Keeps the examples in the documentation equal to what is tested.

A code block that follows one of these comments is a copy, and this script writes
it anew:

  <!-- from test/Dialect/TASD/ops.mlir:matmul -->
      the lines of that file between `// docs: matmul` and `// docs: end`, less
      its CHECK lines

  <!-- output of tasd-opt examples/a.mlir --tasd-print-plan -->
      what the command prints, run in the root with the tools on the PATH, and
      in TASD_PLUGIN the path of the plugin

  <!-- console -->
      a session at a terminal: lines `$ command`, continued by `> more` after a
      backslash, each followed by what it prints. The commands of a page run in
      one folder, in order, so that later ones find the files of earlier ones;
      the folder shows what the root holds. `<!-- console, fails -->` says that
      the last command fails.

It looks in the pages at the root and in docs/, and in descriptions in .td files.
"""

import argparse
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import textwrap

ROOT = pathlib.Path(__file__).resolve().parent.parent
MARKER = re.compile(r"^ *<!-- (?:from|output of|console)\b", re.MULTILINE)
BLOCK = re.compile(
    r"^(?P<indent> *)<!-- (?P<kind>from|output of|console)(?P<source>[^\n]*?) -->\n"
    r"(?P<open> *```[^\n]*\n)(?P<body>.*?)(?P<close>^ *```$)",
    re.DOTALL | re.MULTILINE,
)


class Stale(Exception):
    """A copy that cannot be made."""


def snippet(source, root):
    file, _, label = source.partition(":")
    path = root / file
    if not path.exists():
        raise Stale(f"no file '{file}'")
    marked = re.search(
        rf"^ *(?://|#) docs: {re.escape(label)}\n(.*?)^ *(?://|#) docs: end$",
        path.read_text(), re.DOTALL | re.MULTILINE,
    )
    if not marked:
        raise Stale(f"no snippet '{label}' in {file}")
    lines = marked.group(1).splitlines()
    return [line for line in lines if not re.match(r" *(//|#) *[A-Z-]*CHECK", line)]


def output(command, root, tools):
    path = os.pathsep.join([str(tools.resolve()), os.environ["PATH"]])
    done = subprocess.run(
        command, shell=True, cwd=root, capture_output=True, text=True,
        env={
            **os.environ, "PATH": path,
            "TASD_PLUGIN": str(tools.resolve().parent / "lib/TASDPlugin.so"),
        },
    )
    if done.returncode != 0:
        raise Stale(f"'{command}' failed: {done.stderr.strip()}")
    return done.stdout.splitlines()


class Console:
    """A folder in which the commands of one page run."""

    def __init__(self, folder, root, tools):
        self.folder = pathlib.Path(folder)
        self.path = os.pathsep.join([str(tools.resolve()), os.environ["PATH"]])
        for entry in root.iterdir():
            (self.folder / entry.name).symlink_to(entry.resolve())

    def replay(self, body, fails):
        """The session `body` with what its commands print now."""
        commands = re.findall(r"^\$ .*(?:(?<=\\)\n> .*)*", textwrap.dedent(body), re.MULTILINE)
        if not commands:
            raise Stale("a console without a line '$ command'")
        lines = []
        for number, command in enumerate(commands, 1):
            lines += command.splitlines()
            lines += self.run(command, fails and number == len(commands))
        return lines

    def run(self, command, fails):
        done = subprocess.run(
            ["bash", "-c", re.sub(r"^[$>] ", "", command, flags=re.MULTILINE)],
            cwd=self.folder, env={**os.environ, "PATH": self.path}, text=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        if (done.returncode != 0) != fails:
            expected = "failure" if fails else "success"
            raise Stale(f"expected {expected} of '{command}': {done.stdout.strip()}")
        return done.stdout.splitlines()


def updated(text, root, tools, console):
    markers, blocks = len(MARKER.findall(text)), len(BLOCK.findall(text))
    if markers != blocks:
        raise Stale(f"expected a code block after each of {markers} markers but got {blocks}")

    def fresh_lines(block):
        kind, source = block["kind"], block["source"].strip()
        if kind == "from":
            return snippet(source, root)
        if kind == "output of":
            return output(source, root, tools)
        if source not in ("", ", fails"):
            raise Stale(f"expected 'console' or 'console, fails' but got 'console{source}'")
        return console.replay(block["body"], fails=bool(source))

    def replace(block):
        lines = fresh_lines(block)
        body = textwrap.dedent("\n".join(line.rstrip() for line in lines)).strip("\n") + "\n"
        body = textwrap.indent(body, block["indent"])
        head = block.group(0)[: block.start("body") - block.start()]
        return head + body + block["close"]

    return BLOCK.sub(replace, text)


def pages(root):
    yield from root.glob("*.md")
    yield from (root / "docs").rglob("*.md")
    yield from (root / "include").rglob("*.td")


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true", help="only say which are out of date")
    parser.add_argument("--root", type=pathlib.Path, default=ROOT, help="a source tree")
    parser.add_argument("--tools", type=pathlib.Path, default=ROOT / "build/release/bin",
                        help="the folder of the built tools")  # fmt: skip
    options = parser.parse_args()
    failed = False
    for path in sorted(pages(options.root)):
        text = path.read_text()
        try:
            with tempfile.TemporaryDirectory() as folder:
                console = Console(folder, options.root, options.tools)
                new = updated(text, options.root, options.tools, console)
        except Stale as stale:
            print(f"{path}: error: {stale}")
            failed = True
            continue
        if new == text:
            continue
        if options.check:
            print(f"{path}: error: examples out of date; run utils/update-docs.py")
            failed = True
        else:
            path.write_text(new)
            print(f"{path}: updated")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
