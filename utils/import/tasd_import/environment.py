# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The virtual environments of the importers; the standard library only."""

import os
import subprocess
import sys
from pathlib import Path

from .failure import Failure, Unavailable

IMPORT = Path(__file__).resolve().parent.parent
REPOSITORY = IMPORT.parent.parent
UNAVAILABLE = 3


def prefix(kind: str) -> Path:
    """The environment of the framework `kind`, made or not."""
    root = os.environ.get("TASD_IMPORT_VENV") or REPOSITORY / "build" / "import-venv"
    return Path(root).absolute() / kind


def _is_current(kind: str) -> bool:
    """Whether the environment holds what is pinned."""
    installed = prefix(kind) / "requirements.txt"
    pinned = IMPORT / f"requirements-{kind}.txt"
    return installed.exists() and installed.read_bytes() == pinned.read_bytes()


def make(kind: str) -> Path:
    """The Python of the environment of `kind`, which is made if it is absent."""
    if not _is_current(kind):
        setup = subprocess.run([IMPORT / "setup.sh", kind], stdout=sys.stderr, check=False)
        if setup.returncode == UNAVAILABLE:
            raise Unavailable(f"the packages of the {kind} importer cannot be downloaded")
        if setup.returncode != 0:
            raise Failure(f"utils/import/setup.sh {kind} failed")
    return prefix(kind) / "bin" / "python"


def enter(kind: str) -> None:
    """Returns inside the environment of `kind`: elsewhere the program starts anew there."""
    python = make(kind)
    if Path(sys.prefix) == prefix(kind):
        return
    sys.stdout.flush()
    os.execv(python, [str(python), *sys.argv])
