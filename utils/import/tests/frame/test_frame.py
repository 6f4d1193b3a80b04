# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The parts of the importers that need no framework."""

import argparse
import contextlib
import io
import os
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from tasd_import import command, lowering, tools
from tasd_import.failure import Failure
from tasd_import.files import atomic_output, check_output
from tasd_import.progress import Progress

LINEAR = """
func.func @main(%x: tensor<2x32xf32>) -> tensor<2x32xf32> {
  %w = arith.constant dense<{weights}> : tensor<32xf32> loc("weights")
  %0 = tensor.empty() : tensor<2x32xf32>
  %1 = linalg.broadcast ins(%w : tensor<32xf32>) outs(%0 : tensor<2x32xf32>) dimensions = [0]
  return %1 : tensor<2x32xf32>
}
""".replace("{weights}", str([float(i) for i in range(32)]))


class Shapes(unittest.TestCase):
    def test_parse(self):
        self.assertEqual(command.parse_shape("1x3x8"), (None, (1, 3, 8)))
        self.assertEqual(command.parse_shape("in=2x3=4"), ("in=2x3", (4,)))

    def test_invalid(self):
        for text in ("", "x", "1x-1", "a=", "1x0"):
            with self.subTest(text), self.assertRaises(argparse.ArgumentTypeError):
                command.parse_shape(text)


class Outputs(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def test_whole(self):
        with atomic_output(self.folder / "out") as part:
            part.write_text("done")
            self.assertFalse((self.folder / "out").exists())
        self.assertEqual([path.name for path in self.folder.iterdir()], ["out"])

    def test_nothing_is_left_of_a_failure(self):
        with self.assertRaises(Failure), atomic_output(self.folder / "out") as part:
            part.write_text("half")
            raise Failure("no")
        self.assertEqual(list(self.folder.iterdir()), [])

    def test_folder(self):
        with self.assertRaisesRegex(Failure, "Is a directory"), atomic_output(self.folder):
            pass

    def test_pipe(self):
        """What is no regular file stays in its place."""
        pipe = self.folder / "pipe"
        os.mkfifo(pipe)
        # Both ends, so that neither waits for the other.
        end = os.open(pipe, os.O_RDWR)
        self.addCleanup(os.close, end)
        with atomic_output(pipe) as part:
            part.write_text("done")
        self.assertTrue(pipe.is_fifo())
        self.assertEqual(os.read(end, 10), b"done")
        self.assertEqual(list(self.folder.iterdir()), [pipe])

    def test_check(self):
        check_output(self.folder / "out")
        self.assertEqual(list(self.folder.iterdir()), [])
        with self.assertRaisesRegex(Failure, "No such file or directory"):
            check_output(self.folder / "none" / "out")

    def test_no_such_folder(self):
        with self.assertRaisesRegex(Failure, "No such file or directory"):
            with atomic_output(self.folder / "none" / "out"):
                pass


class Commands(unittest.TestCase):
    def run_job(self, job):
        with mock.patch.object(command.environment, "enter"):
            with contextlib.redirect_stderr(io.StringIO()) as stderr:
                return command.run("none", argparse.Namespace(), job), stderr.getvalue()

    def test_failure(self):
        code, message = self.run_job(mock.Mock(side_effect=Failure("expected x")))
        self.assertEqual(code, 1)
        self.assertRegex(message, r"^[^\n]*: error: expected x\n$")

    def test_interrupt(self):
        self.assertEqual(self.run_job(mock.Mock(side_effect=KeyboardInterrupt)), (130, ""))


class Diagnostics(unittest.TestCase):
    def test_name_of_the_op(self):
        text = 'loc("conv"("m.tflite":0:0)): error: failed to legalize operation \'tosa.custom\'\n'
        self.assertEqual(
            tools.explain(text), "'conv': failed to legalize operation 'tosa.custom'"
        )

    def test_no_name(self):
        self.assertEqual(tools.explain("a.mlir:1:2: error: expected x\nnote\n"), "expected x")

    def test_no_diagnostic(self):
        self.assertEqual(tools.explain("first\nlast\n"), "last")
        self.assertEqual(tools.explain(""), "no message")


class Lowering(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.source, self.output = self.folder / "in.mlir", self.folder / "out.mlirbc"

    def lower(self, text: str) -> str:
        self.source.write_text(text)
        lowering.write_linalg(self.source, self.output, [], Progress())
        return tools.run_tool("tasd-opt", "--mlir-print-debuginfo", self.output).out

    def test_constants_become_resources(self):
        text = self.lower(LINEAR)
        self.assertIn("dense_resource<weights>", text)
        self.assertIn('loc("weights"', text)

    def test_same_bytes(self):
        self.lower(LINEAR)
        first = self.output.read_bytes()
        self.lower(LINEAR)
        self.assertEqual(self.output.read_bytes(), first)

    def test_foreign_op(self):
        with self.assertRaisesRegex(Failure, r"expected linalg .* got 'tosa.exp' \('layer'\)"):
            self.lower(
                "func.func @main(%x: tensor<2xf32>) -> tensor<2xf32> {\n"
                '  %0 = tosa.exp %x : (tensor<2xf32>) -> tensor<2xf32> loc("layer")\n'
                "  return %0 : tensor<2xf32>\n}"
            )
        self.assertFalse(self.output.exists())

    def test_unreadable(self):
        with self.assertRaisesRegex(Failure, "tasd-opt: "):
            self.lower("func.func @main( {")


if __name__ == "__main__":
    unittest.main()
