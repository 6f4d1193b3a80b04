# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What utils/evaluate-networks.py --times finds and says."""

import sys
import unittest

from tasd_import import environment
from tasd_import.failure import Failure
from tasd_import.tools import Server

sys.path.insert(0, str(environment.REPOSITORY / "utils"))

from networks import times  # noqa: E402


class FakePlanner(times.Planner):
    """Keeps the quality up to a bound."""

    def __init__(self, largest: float) -> None:
        self.largest = largest
        self.tried: list[float] = []

    def _try(self, bound: float) -> times.Plan | None:
        self.tried.append(bound)
        return times.Plan(str(bound), 1.0, "", []) if bound <= self.largest else None


class Bounds(unittest.TestCase):
    def test_each(self) -> None:
        for bound in times.BOUNDS:
            planner = FakePlanner(bound)
            self.assertEqual(planner.find().option, str(bound))
            self.assertLessEqual(len(planner.tried), 4)

    def test_none(self) -> None:
        with self.assertRaisesRegex(Failure, "a plan that drops nothing to keep the quality"):
            FakePlanner(-1).find()


class Rows(unittest.TestCase):
    def setUp(self) -> None:
        self.calls: list[str] = []
        starts = {"dense-vector": 20, "dense-blas": 40, "planned-vector": 10, "planned-blas": 20}
        starts["framework"] = 30
        self.times = times.Times({name: self.make_run(name, at) for name, at in starts.items()})

    def make_run(self, name: str, start: int) -> times.Run:
        def run() -> float:
            self.calls.append(name)
            return start

        return run

    def test_in_turn(self) -> None:
        self.assertEqual(self.calls[:5], self.calls[5:10])
        self.assertEqual(len(set(self.calls[:5])), 5)

    def test_with_framework(self) -> None:
        self.assertEqual(
            times.get_row(self.times, 32, has_framework=True),
            ["32", "20.0 ms", "40.0 ms", "10.0 ms", "20.0 ms", "30.0 ms", "2.00", "2.00", "3.00"],
        )

    def test_without(self) -> None:
        self.assertEqual(
            times.get_row(self.times, 1, has_framework=False),
            ["1", "20.0 ms", "40.0 ms", "10.0 ms", "20.0 ms", "2.00", "2.00"],
        )

    def test_digits(self) -> None:
        texts = [times.format_time(time) for time in (0.0768, 1.94, 12.14, 827.4, 6070)]
        self.assertEqual(texts, ["0.0768 ms", "1.94 ms", "12.1 ms", "827 ms", "6.07 s"])


class KeptMagnitude(unittest.TestCase):
    def test_mean_by_weights(self) -> None:
        layers = [
            {"shape": "2x4", "kept_magnitude_share": 0.5},
            {"shape": "8x3", "kept_magnitude_share": None},
            {"shape": "", "kept_magnitude_share": None},
        ]
        self.assertAlmostEqual(times.get_kept_magnitude(layers), (8 * 0.5 + 24) / 32)


class Servers(unittest.TestCase):
    def test_error(self) -> None:
        with Server("tasd-time-modules", "nothing") as server:
            with self.assertRaisesRegex(Failure, "expected a name and a module but got 'nothing'"):
                server.read_line()


if __name__ == "__main__":
    unittest.main()
