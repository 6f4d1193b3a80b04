# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What the commands have in common: options, exit codes, messages."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from . import environment
from .failure import Failure, Unavailable
from .files import check_output

Job = Callable[[argparse.Namespace], None]

# What shells say of a program that SIGINT ended.
INTERRUPTED = 130


def parse_shape(text: str) -> tuple[str | None, tuple[int, ...]]:
    """`NAME=1x224x224x3`, or the extents alone where there is one input."""
    name, _, extents = text.rpartition("=")
    try:
        shape = tuple(int(extent) for extent in extents.split("x"))
    except ValueError:
        shape = ()
    if not shape or min(shape) < 1:
        raise argparse.ArgumentTypeError(
            f"expected a shape as in 1x224x224x3 or NAME=1x224x224x3 but got '{text}'"
        )
    return name or None, shape


def add_output(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "-o", "--output", type=Path, required=True, metavar="OUT", help="the .mlirbc file to write"
    )


def make_parser(description: str | None, model: str) -> argparse.ArgumentParser:
    """The options of every importer; `model` says what it reads."""
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("model", type=Path, metavar="MODEL", help=model)
    add_output(parser)
    parser.add_argument(
        "--input-shape",
        type=parse_shape,
        action="append",
        default=[],
        metavar="[NAME=]SHAPE",
        help="the static shape of an input whose shape is dynamic; may be repeated",
    )
    return parser


def fail(error: Failure) -> int:
    print(f"{Path(sys.argv[0]).name}: error: {error}", file=sys.stderr)
    return environment.UNAVAILABLE if isinstance(error, Unavailable) else 1


def run(kind: str, options: argparse.Namespace, job: Job) -> int:
    """Does `job` in the environment of `kind`; the exit code of the command."""
    try:
        environment.enter(kind)
        job(options)
    except Failure as error:
        return fail(error)
    except BrokenPipeError:
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED
    return 0


def run_importer(kind: str, options: argparse.Namespace, convert: Job) -> int:
    """`run`, where `options.output` is checked before the work."""

    def job(options: argparse.Namespace) -> None:
        check_output(options.output)
        convert(options)

    return run(kind, options, job)
