# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The time that networks take on this machine's CPU: dense, planned, in their framework.

All run on one thread, in turn, one run of each after the other, so that what else the
machine does meanwhile is the same for all. Times are CPU times of the thread; ratios are
medians of those of successive runs.
"""

import math
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import numpy as np

from processor import read_processor
from tasd_import.evaluation import open_original, run_imported
from tasd_import.failure import Failure
from tasd_import.progress import Progress
from tasd_import.tools import Server, run_tool

from .evaluation import collect_layers, import_network, run_originals, split_rows
from .tables import Layers, count_weights, macs_left, percent, table

# Those of fewer multiplications first. Kernels gather whatever a block keeps, so that its
# size costs nothing, and large ones keep the most.
SERIES = "4:32,6:32,8:32,12:32,16:32"
# Shares of a layer's magnitude that its series may drop: the largest that keeps the
# quality is taken, as bisection finds it.
BOUNDS = (0, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2)
# Of one table: rounds in which all run once, and the time after which no other starts.
MIN_ROUNDS, MAX_ROUNDS, MAX_SECONDS = 3, 200, 20.0

FRAMEWORKS = {"onnx": "ONNX Runtime", "tflite": "LiteRT"}
WAYS = ("vector", "blas")
COLUMNS = (
    "batch",
    "dense",
    "dense, BLAS",
    "planned",
    "planned, BLAS",
    "{framework}",
    "planned over dense",
    "the same, BLAS",
    "planned over {framework}",
)

Run = Callable[[], float]


def get_score(
    network: ModuleType, outputs: Sequence[np.ndarray], truth: Sequence[np.ndarray], folder: Path
) -> float:
    """By the network's own score; or its share of right answers."""
    if hasattr(network, "score"):
        return network.score(outputs, truth, folder)
    return float(np.mean(outputs[0].argmax(axis=1) == truth[0]))


def get_kept_magnitude(layers: Layers) -> float:
    """Of all weights, as a mean over layers that counts their weights."""
    counts = [count_weights(layer) for layer in layers]
    kept = [1 if layer["kept_magnitude_share"] is None else layer["kept_magnitude_share"]
            for layer in layers]  # fmt: skip
    return float(np.average(kept, weights=counts))


@dataclass(frozen=True)
class Plan:
    """What planning found: the pass, what it keeps, and of what."""

    option: str
    quality: float
    meaning: str
    layers: Layers


class Planner:
    """Finds the plan of a network that keeps its quality; files go to `work`."""

    def __init__(self, network: ModuleType, folder: Path, work: Path, machine: str) -> None:
        self.network, self.folder, self.work, self.machine = network, folder, work, machine
        self.dense = import_network(network, folder, next(iter(network.BATCHES)))
        self.is_scored = hasattr(network, "METRIC")
        if self.is_scored:
            self.inputs = network.inputs(folder)
            self.parts = split_rows(network, self.inputs)
            self.outputs = run_imported(self.dense, [self.inputs])
            self.truth = self._get_truth()

    def _get_truth(self) -> list[np.ndarray]:
        if hasattr(self.network, "labels"):
            return [self.network.labels(range(len(self.inputs)))]
        return run_originals(self.network, self.folder, self.inputs)

    def _get_quality(self, outputs: Sequence[np.ndarray], rows: np.ndarray) -> float:
        """The score of those rows as a share of the dense network's."""
        planned, dense = (
            get_score(
                self.network,
                [array[rows] for array in arrays],
                [array[rows] for array in self.truth],
                self.folder,
            )
            for arrays in (outputs, self.outputs)
        )
        return planned / dense

    def plan(self, dense: Path, option: str) -> Path:
        planned = self.work / f"planned-{dense.stem}.mlirbc"
        run_tool("tasd-opt", dense, option, "--emit-bytecode", "-o", planned)
        return planned

    def _try(self, bound: float) -> Plan | None:
        """The plan, if it keeps the quality of the inputs to calibrate with."""
        target = f" machine={self.machine} objective=latency" if self.machine else ""
        option = f"--tasd-plan=series={SERIES} max-dropped-magnitude={bound}{target}"
        planned = self.plan(self.dense, option)
        layers = collect_layers(planned)
        if not self.is_scored:
            kept = get_kept_magnitude(layers)
            is_kept = kept >= self.network.MIN_QUALITY
            return Plan(option, kept, "of the magnitude", layers) if is_kept else None
        outputs = run_imported(planned, [self.inputs])
        seen, unseen = (self._get_quality(outputs, rows) for rows in self.parts)
        is_kept = seen >= self.network.MIN_QUALITY
        return Plan(option, unseen, "of the quality, on unseen inputs", layers) if is_kept else None

    def find(self) -> Plan:
        found, low, high = None, 0, len(BOUNDS)
        while low < high:
            middle = (low + high) // 2
            plan = self._try(BOUNDS[middle])
            found = plan or found
            low, high = (middle + 1, high) if plan else (low, middle)
        if not found:
            raise Failure("expected a plan that drops nothing to keep the quality")
        return found


class Times:
    """The times of runs that were made in turn, in milliseconds by name."""

    def __init__(self, runs: dict[str, Run]) -> None:
        self.times: dict[str, list[float]] = {name: [] for name in runs}
        end = time.monotonic() + MAX_SECONDS
        # The first runs find caches cold, and frameworks unprepared.
        for run in runs.values():
            run()
        for done in range(MAX_ROUNDS):
            if done >= MIN_ROUNDS and time.monotonic() > end:
                break
            for name, run in runs.items():
                self.times[name].append(run())

    def get_median(self, name: str) -> float:
        return statistics.median(self.times[name])

    def get_ratio(self, slower: str, faster: str) -> float:
        pairs = zip(self.times[slower], self.times[faster], strict=True)
        return statistics.median(a / b for a, b in pairs)


def time_framework(run: Callable[[], object]) -> float:
    start = time.thread_time()
    run()
    return 1e3 * (time.thread_time() - start)


def measure(
    network: ModuleType, folder: Path, dense: Path, planned: Path, batch: int
) -> tuple[Times, str]:
    """All that the table of one batch compares, and the BLAS that dense layers call."""
    inputs = [network.inputs(folder)[:batch]]
    path = planned.with_suffix(".npy")
    np.save(path, inputs[0])
    variants = [
        f"{name}-{way}={module},dense={way}"
        for name, module in (("dense", dense), ("planned", planned))
        for way in WAYS
    ]
    with Server("tasd-time-modules", "--input", path, *variants) as server:
        # A name, the time of compiling and, where it calls one, the library.
        compiled = [server.read_line().strip().split(maxsplit=2) for _ in variants]
        names = [fields[0] for fields in compiled]
        (library,) = {fields[2] for fields in compiled if len(fields) > 2}
        runs: dict[str, Run] = {
            name: lambda name=name: float(server.ask(name).split()[1]) for name in names
        }
        if network.KIND:
            original = open_original(network.KIND, folder / network.MODEL, inputs)
            runs["framework"] = lambda: time_framework(original)
        return Times(runs), library


def format_time(milliseconds: float) -> str:
    """In three digits."""
    if milliseconds >= 1000:
        return f"{milliseconds / 1000:.2f} s"
    return f"{milliseconds:.{max(0, 2 - math.floor(math.log10(milliseconds)))}f} ms"


def get_row(times: Times, batch: int, has_framework: bool) -> list[str]:
    names = [f"{what}-{way}" for what in ("dense", "planned") for way in WAYS]
    cells = [format_time(times.get_median(name)) for name in names]
    gains = [f"{times.get_ratio(f'dense-{way}', f'planned-{way}'):.2f}" for way in WAYS]
    if not has_framework:
        return [str(batch), *cells, *gains]
    fastest = min(names[2:], key=times.get_median)
    framework = format_time(times.get_median("framework"))
    over = f"{times.get_ratio('framework', fastest):.2f}"
    return [str(batch), *cells, framework, *gains, over]


def describe(plan: Plan, library: str) -> str:
    planned = sum(layer["series"] is not None for layer in plan.layers)
    # Multiplications are not known where the batch is open.
    left = macs_left(plan.layers)
    share = "" if left == "-" else f"{left} of the multiplications, "
    return (
        f"Planned by `{plan.option}`: {planned} of {len(plan.layers)} layers, {share}"
        f"{percent(plan.quality, 1)} {plan.meaning}. On {read_processor()[0]}, BLAS: {library}."
    )


def report(network: ModuleType, folder: Path, machine: str) -> str:
    """What was planned, and a row for each batch."""
    progress = Progress()
    framework = FRAMEWORKS.get(network.KIND or "", "")
    columns = [name.format(framework=framework) for name in COLUMNS
               if framework or "{framework}" not in name]  # fmt: skip
    rows = []
    with tempfile.TemporaryDirectory() as name:
        progress.show("planning the network")
        planner = Planner(network, folder, Path(name), machine)
        plan = planner.find()
        for batch in network.BATCHES:
            progress.show(f"timing the network, batch {batch}")
            dense = import_network(network, folder, batch)
            planned = planner.plan(dense, plan.option)
            times, library = measure(network, folder, dense, planned, batch)
            rows.append(get_row(times, batch, bool(framework)))
    progress.clear()
    title = getattr(network, "TIMED_TITLE", network.TITLE)
    return f"{title}. {describe(plan, library)}\n\n{table(columns, rows)}"
