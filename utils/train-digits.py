#!/usr/bin/env python3
# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Train and prune the networks of examples/digits, and write them as MLIR.

A small ReLU CNN learns the UCI optical digits and is pruned to 80, 90 and 95 %
by global magnitude, each network trained on from the one before it. The same
command writes the same bytes on the same processor, whatever the number of its
cores; another one may round differently. It takes a minute or two.
"""

import argparse
import os
import sys
from pathlib import Path

# Before JAX starts: the processor only, and one thread, since the number of
# threads decides the order of the sums.
os.environ["JAX_PLATFORMS"] = "cpu"
os.environ["NPROC"] = "1"
os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false"

import numpy as np

from digits import data, network, readme, training
from digits.export import write_network

EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "digits"
SPARSITIES = {"80": 0.80, "90": 0.90, "95": 0.95}


def show_progress(what: str, done: int, total: int) -> None:
    """One line that is written over, on a terminal only."""
    if sys.stderr.isatty():
        end = "\n" if done == total else ""
        print(f"\r  {what} {done}/{total}", end=end, file=sys.stderr, flush=True)


def report(name: str, parameters: network.Parameters, part: data.Part) -> None:
    hits = network.count_correct(parameters, part.images, part.labels)
    print(f"digits-{name}: {hits}/{len(part)} of the calibration images", file=sys.stderr)


def train_networks(
    digits: data.Digits, options: argparse.Namespace
) -> dict[str, network.Parameters]:
    """The dense network and the pruned ones; sees no test image."""
    rng = np.random.default_rng(options.seed)
    dense = training.Schedule(options.epochs, rate=2e-3)
    pruned = training.Schedule(options.fine_tune_epochs, rate=1e-3)
    parameters = network.initialize(rng)
    parameters = training.train(parameters, {}, digits.training, dense, rng, show_progress)
    networks = {"dense": parameters}
    report("dense", parameters, digits.calibration)
    for name, sparsity in SPARSITIES.items():
        masks = training.prune(parameters, sparsity)
        parameters = training.train(parameters, masks, digits.training, pruned, rng, show_progress)
        networks[name] = parameters
        report(name, parameters, digits.calibration)
    return networks


def write_networks(folder: Path, networks: dict[str, network.Parameters]) -> None:
    for name, parameters in networks.items():
        kind = "dense" if name == "dense" else f"pruned to {name} %"
        comment = f"Handwritten digits, {kind}. Written by utils/train-digits.py."
        write_network(readme.network_path(folder, name), comment, parameters)


def write_images(folder: Path, digits: data.Digits) -> None:
    for name, part in (("test", digits.test), ("calibration", digits.calibration)):
        np.save(folder / f"{name}-images.npy", part.images)
        np.save(folder / f"{name}-labels.npy", part.labels)


def check_images(folder: Path, digits: data.Digits) -> bool:
    """Whether the images in `folder` are those of the split."""
    pairs = (("test", digits.test), ("calibration", digits.calibration))
    return all(
        np.array_equal(readme.read_part(folder, name).images, part.images)
        and np.array_equal(readme.read_part(folder, name).labels, part.labels)
        for name, part in pairs
    )


def check(folder: Path) -> int:
    """Recomputes what README.md says of the files in `folder`."""
    if not check_images(folder, data.load()):
        print(f"{folder}: error: the images are not those of the split", file=sys.stderr)
        return 1
    text = (folder / "README.md").read_text()
    if text != readme.with_figures(text, folder):
        print(
            f"{folder / 'README.md'}: error: the figures are not those of the files",
            file=sys.stderr,
        )
        return 1
    return 0


def build(folder: Path, options: argparse.Namespace) -> int:
    """Trains, writes the files and then README.md, which counts on the test images."""
    folder.mkdir(parents=True, exist_ok=True)
    digits = data.load()
    write_networks(folder, train_networks(digits, options))
    write_images(folder, digits)
    text = (EXAMPLE / "README.md").read_text()
    (folder / "README.md").write_text(readme.with_figures(text, folder))
    return 0


def parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--output-dir",
        type=Path,
        default=EXAMPLE,
        help="folder of the files (default: examples/digits)",
    )
    parser.add_argument(
        "--check", action="store_true", help="train nothing; compare README.md with the files"
    )
    parser.add_argument(
        "--seed",
        type=int,
        default=0,
        help="seed of the weights, batches and distortions (default: %(default)s)",
    )
    parser.add_argument(
        "--epochs", type=int, default=200, help="epochs of the dense network (default: %(default)s)"
    )
    parser.add_argument(
        "--fine-tune-epochs",
        type=int,
        default=100,
        help="epochs after each pruning (default: %(default)s)",
    )
    return parser.parse_args()


def main() -> int:
    options = parse_options()
    run = check if options.check else lambda folder: build(folder, options)
    return run(options.output_dir)


if __name__ == "__main__":
    sys.exit(main())
