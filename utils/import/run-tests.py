#!/usr/bin/env python3
# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Runs the tests of the importers, each folder of tests/ in its own environment.

tests/frame needs no environment; tests/tflite, tests/onnx and tests/pytorch run in
their framework's. Where that cannot be downloaded the folder counts as one skipped
test, with the reason. Exits with 1 if a test failed.
"""

import argparse
import os
import subprocess
import sys
import unittest
from pathlib import Path

from tasd_import import environment
from tasd_import.failure import Failure, Unavailable

TESTS = Path(__file__).resolve().parent / "tests"
FRAME = "frame"
# Its packages are gigabytes.
OPTIONAL = {"pytorch": "TASD_TEST_PYTORCH"}


class Recorder(unittest.TextTestResult):
    """Also writes a line for each test: passed, failed or skipped, name, reason."""

    log: Path | None = None

    def record(self, kind: str, test: unittest.TestCase, reason: str = "") -> None:
        write(self.log, kind, f"importers: {test.id()}", reason)

    def addSuccess(self, test: unittest.TestCase) -> None:
        super().addSuccess(test)
        self.record("passed", test)

    def addSkip(self, test: unittest.TestCase, reason: str) -> None:
        super().addSkip(test, reason)
        self.record("skipped", test, reason)

    def addFailure(self, test: unittest.TestCase, err: tuple) -> None:
        super().addFailure(test, err)
        self.record("failed", test)

    def addError(self, test: unittest.TestCase, err: tuple) -> None:
        super().addError(test, err)
        self.record("failed", test)

    def addSubTest(self, test: unittest.TestCase, subtest: unittest.TestCase, err: tuple) -> None:
        super().addSubTest(test, subtest, err)
        if err is not None:
            self.record("failed", subtest)


def write(log: Path | None, kind: str, name: str, reason: str = "") -> None:
    if log:
        with log.open("a") as file:
            file.write(f"{kind}\t{name}\t{' '.join(reason.split())}\n")


def fail(folder: str, log: Path | None, reason: str) -> bool:
    """The folder as one failed test."""
    print(f"error: {reason}", file=sys.stderr)
    write(log, "failed", f"importers: {folder}", reason)
    return False


def run_here(folder: str, log: Path | None) -> bool:
    """Runs the tests in `folder` with this Python."""
    suite = unittest.defaultTestLoader.discover(str(TESTS / folder))
    if not suite.countTestCases():
        return fail(folder, log, f"expected tests in {TESTS / folder}")
    Recorder.log = log
    result = unittest.TextTestRunner(resultclass=Recorder).run(suite)
    if not result.testsRun and not result.skipped:
        print(f"error: no tests in '{folder}'", file=sys.stderr)
        return False
    return result.wasSuccessful()


def run_there(folder: str, log: Path | None) -> bool:
    """Runs the tests in `folder` with the Python of its environment."""
    if folder in OPTIONAL and os.environ.get(OPTIONAL[folder]) != "1":
        write(log, "skipped", f"importers: {folder}", f"{OPTIONAL[folder]}=1 is not set")
        return True
    try:
        python = environment.make(folder)
    except Unavailable as error:
        write(log, "skipped", f"importers: {folder}", str(error))
        return True
    except Failure as error:
        return fail(folder, log, str(error))
    command = [python, __file__, "--here", folder] + (["--log", log] if log else [])
    return subprocess.run(command, check=False).returncode == 0


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", nargs="*", help="folders of tests/ (default: all)")
    parser.add_argument("--log", type=Path, help="append a line for each test to this file")
    parser.add_argument("--here", action="store_true", help="run with this very Python")
    options = parser.parse_args()
    log = options.log.absolute() if options.log else None
    known = sorted(path.name for path in TESTS.iterdir() if path.is_dir())
    for folder in set(options.folders) - set(known):
        parser.error(f"expected folders among {', '.join(known)} but got '{folder}'")
    folders = options.folders or known
    results = [
        run_here(folder, log) if options.here or folder == FRAME else run_there(folder, log)
        for folder in folders
    ]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
