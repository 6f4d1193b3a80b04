# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The pose detector, as its makers publish it: imported, run, planned."""

import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import numpy as np

from tasd_import import environment, evaluation, tools
from tasd_import.tflite import importer

sys.path.insert(0, str(environment.REPOSITORY / "utils"))

from networks import pose

NETWORKS = environment.REPOSITORY / "build" / "networks"
# Of the largest value of an output, as docs/Networks.md says.
TOLERANCE = 1e-4


class Pose(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        fetch = environment.REPOSITORY / "utils" / "fetch-networks.sh"
        done = subprocess.run([fetch, "--dir", NETWORKS, "pose"], capture_output=True, check=False)
        if done.returncode == environment.UNAVAILABLE:
            raise unittest.SkipTest("the pose detector cannot be downloaded")
        if done.returncode != 0:
            raise RuntimeError(done.stderr.decode())
        cls.model = NETWORKS / pose.MODEL
        # One photo with somebody, one without.
        names = ("astronaut.png", "coffee.png")
        cls.photos = np.stack([pose.load(NETWORKS / name) for name in names])
        rows = [evaluation.run_original("tflite", cls.model, [photo[None]]) for photo in cls.photos]
        cls.original = [np.concatenate(outputs) for outputs in zip(*rows, strict=True)]

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.module = Path(folder.name, "pose.mlirbc")
        self.planned = Path(folder.name, "planned.mlirbc")
        importer.import_model(self.model, self.module, [])

    def test_the_original_sees_the_astronaut_alone(self):
        boxes, scores = self.original
        self.assertGreater(scores[0].max(), pose.THRESHOLD)
        self.assertLess(scores[1].max(), pose.THRESHOLD)
        self.assertEqual(boxes.shape[1], len(pose.anchor_centers()))

    def test_outputs(self):
        got = evaluation.run_imported(self.module, [self.photos])
        for difference in evaluation.measure(got, self.original):
            self.assertTrue(difference.is_within(TOLERANCE), str(difference))

    def test_layers(self):
        """The weights' zeros are those of the file; every convolution is planned."""
        passes = ["--tasd-plan=series=2:4", "--tasd-print-plan"]
        text = tools.run_tool("tasd-opt", self.module, *passes, "-o", "/dev/null").out
        lines = [line.split() for line in text.splitlines()[2:]]
        convolutions = [line for line in lines if line[1] == "conv_2d_nhwc_fhwc"]
        self.assertEqual(len(convolutions), 45)
        self.assertEqual(sum(line[3] == "75.00" for line in convolutions), 38)
        self.assertTrue(all("2:4" in line for line in convolutions))
        depthwise = [line for line in lines if line[1].startswith("depthwise")]
        self.assertEqual(len(depthwise), 28)
        self.assertFalse(any("2:4" in line for line in depthwise))

    def test_planned(self):
        """A lossless enough series of the pruned layers still sees the astronaut."""
        plan = f"--tasd-plan=series=2:4+2:8 skip={pose.UNPRUNED}"
        tools.run_tool("tasd-opt", self.module, plan, "--emit-bytecode", "-o", self.planned)
        boxes, scores = evaluation.run_imported(self.planned, [self.photos])
        self.assertGreater(scores[0].max(), pose.THRESHOLD)
        overlap = pose.intersection_over_union(
            pose.top_box(boxes[0], scores[0]),
            pose.top_box(self.original[0][0], self.original[1][0]),
        )
        self.assertGreater(overlap, 0.8)

    def test_documented(self):
        """What docs/Networks.md says of the last plan is what is measured."""
        evaluate = environment.REPOSITORY / "utils" / "evaluate-networks.py"
        command = [evaluate, "pose", "--short", "--dir", NETWORKS]
        done = subprocess.run(command, capture_output=True, check=True, text=True)
        plan = f"| {pose.PLANS[-1].series}, {pose.PLANS[-1].note} |"
        measured = [line for line in done.stdout.splitlines() if line.startswith(plan)]
        self.assertEqual(len(measured), 1, done.stdout)
        document = environment.REPOSITORY / "docs" / "Networks.md"
        self.assertIn(measured[0], document.read_text().splitlines())


if __name__ == "__main__":
    unittest.main()
