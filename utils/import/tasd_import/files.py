# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Output files that appear whole or not at all."""

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .failure import Failure


def check_output(path: Path) -> None:
    """A Failure if `path` cannot be written to: for the start of long work."""
    if path.is_dir():
        raise Failure(f"{path}: Is a directory")
    if not _is_special(path):
        with _temporary(path):
            pass


@contextmanager
def atomic_output(path: Path) -> Iterator[Path]:
    """A path to write to, which takes the place of `path` if the block succeeds.

    A device or a pipe is not replaced but written to.
    """
    check_output(path)
    if _is_special(path):
        with tempfile.TemporaryDirectory() as folder:
            part = Path(folder, path.name)
            yield part
            with part.open("rb") as source, path.open("wb") as target:
                shutil.copyfileobj(source, target)
        return
    with _temporary(path) as part:
        yield part
        # mkstemp's files are for their owner alone.
        umask = os.umask(0)
        os.umask(umask)
        part.chmod(0o666 & ~umask)
        part.replace(path)


def _is_special(path: Path) -> bool:
    return path.exists() and not stat.S_ISREG(path.stat().st_mode)


@contextmanager
def _temporary(path: Path) -> Iterator[Path]:
    """A file beside `path`, gone at the end unless it was moved."""
    try:
        handle, name = tempfile.mkstemp(dir=path.absolute().parent, prefix=f".{path.name}.")
    except OSError as error:
        raise Failure(f"{path}: {error.strerror}") from error
    os.close(handle)
    try:
        yield Path(name)
    finally:
        Path(name).unlink(missing_ok=True)
