# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""utils/import/compare.py: agreement, disagreement, and what it cannot read."""

import subprocess
import sys
import unittest

import numpy as np
from blocks import Network
from support import ImportTest
from tasd_import import environment


class Compare(ImportTest):
    def setUp(self) -> None:
        super().setUp()
        self.net = Network()
        self.x = self.net.input("x", [4, 32])
        self.import_model(self.net.finish(self.net.MatMul(self.x, self.net.weights(32, 16))))
        self.input = self.folder / "x.npy"
        np.save(self.input, self.net.random.standard_normal((4, 32)).astype(np.float32))

    def compare(self, *inputs, model=None) -> tuple[int, str, str]:
        command = [sys.executable, environment.IMPORT / "compare.py", model or self.source, self.output]
        for path in inputs or [self.input]:
            command += ["--input", path]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout, done.stderr

    def refuse(self, reason: str, *inputs, model=None) -> None:
        code, _, message = self.compare(*inputs, model=model)
        self.assertEqual(code, 1)
        self.assertRegex(message, rf"^compare.py: error: [^\n]*{reason}[^\n]*\n$")

    def test_same(self):
        code, text, _ = self.compare()
        self.assertEqual(code, 0)
        self.assertRegex(text, "^output 0: largest difference .*\n$")

    def test_other_numbers(self):
        """One weight of 512 is another."""
        model = self.net.finish(*self.net.nodes[0].output)
        values = np.frombuffer(model.graph.initializer[0].raw_data, np.float32).copy()
        values[0] += 0.01
        model.graph.initializer[0].raw_data = values.tobytes()
        self.source.write_bytes(model.SerializeToString())
        self.refuse("expected differences of at most 0.0001")

    def test_inputs(self):
        self.refuse("none.npy: No such file", self.folder / "none.npy")
        self.refuse("expected a .npy file", self.source)
        self.refuse("expected 1 inputs but got 2", self.input, self.input)
        np.save(self.input, np.zeros((4, 31), np.float32))
        self.refuse("its framework cannot run it: .*Got: 31 Expected: 32")

    def test_no_model(self):
        self.refuse("its framework cannot run it", model=self.folder / "none.onnx")
        self.refuse("expected a .tflite or .onnx file", model=self.input)


if __name__ == "__main__":
    unittest.main()
