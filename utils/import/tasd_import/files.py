# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Output files that appear whole or not at all."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .failure import Failure


@contextmanager
def atomic_output(path: Path) -> Iterator[Path]:
    """A path to write to, which takes the place of `path` if the block succeeds."""
    try:
        handle, name = tempfile.mkstemp(dir=path.absolute().parent, prefix=f".{path.name}.")
    except OSError as error:
        raise Failure(f"{path}: {error.strerror}") from error
    os.close(handle)
    part = Path(name)
    try:
        yield part
        # mkstemp's files are for their owner alone.
        umask = os.umask(0)
        os.umask(umask)
        part.chmod(0o666 & ~umask)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
