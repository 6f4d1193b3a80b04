# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What the ONNX importer takes, and how it says no."""

import unittest

import numpy as np
import onnx
from blocks import Network, vgg
from onnx import helper
from support import ImportTest, make_inputs
from tasd_import.failure import Failure
from tasd_import.tools import run_tool


def linear(shape: list[int | str], opset: int = 17) -> onnx.ModelProto:
    net = Network(opset=opset)
    return net.finish(net.MatMul(net.input("x", shape), net.weights(32, 16)))


class Shapes(ImportTest):
    def test_open_shape(self):
        with self.assertRaisesRegex(Failure, r"input 'x' but got \?x32; .* --input-shape x="):
            self.import_model(linear(["batch", 32]))
        self.assertFalse(self.output.exists())

    def test_given_shape(self):
        model = linear(["batch", 32])
        self.import_model(model, [(None, (3, 32))])
        self.check_outputs(make_inputs(model, [("x", (3, 32))]), 1e-6)

    def test_open_as_minus_one(self):
        """How PaddlePaddle writes it."""
        model = linear([-1, 32])
        self.import_model(model, [(None, (3, 32))])
        self.check_outputs(make_inputs(model, [("x", (3, 32))]), 1e-6)

    def test_shape_that_does_not_fit(self):
        with self.assertRaisesRegex(Failure, r"fits \?x32 for input 'x' but got 3x31"):
            self.import_model(linear(["batch", 32]), [("x", (3, 31))])

    def test_no_such_input(self):
        with self.assertRaisesRegex(Failure, r"one of the inputs \['x'\] but got 'y'"):
            self.import_model(linear(["batch", 32]), [("y", (3, 32))])

    def test_shapes_that_contradict(self):
        with self.assertRaisesRegex(Failure, "cannot infer shapes: .*MatMul"):
            self.import_model(linear(["batch", "width"]), [("x", (3, 31))])


class Files(ImportTest):
    def test_no_file(self):
        self.source.unlink(missing_ok=True)
        with self.assertRaisesRegex(Failure, "model.onnx: No such file"):
            self.import_saved()

    def test_no_model(self):
        for content in (b"", b"no model"):
            self.source.write_bytes(content)
            with self.subTest(content), self.assertRaisesRegex(Failure, "expected an ONNX model"):
                self.import_saved()

    def test_name_of_another_format(self):
        self.source = self.source.with_suffix(".json")
        self.source.write_text("no model")
        with self.assertRaisesRegex(Failure, "expected an ONNX model"):
            self.import_saved()

    def test_same_bytes(self):
        self.import_model(vgg())
        first = self.output.read_bytes()
        self.import_saved()
        self.assertEqual(self.output.read_bytes(), first)

    def test_weights_in_another_file(self):
        model = linear([4, 32])
        self.import_model(model)
        inside = self.output.read_bytes()
        self.save_apart(model)
        self.import_saved()
        self.assertEqual(self.output.read_bytes(), inside)

    def test_other_file_is_missing(self):
        self.save_apart(linear([4, 32]))
        (self.folder / "weights").unlink()
        with self.assertRaisesRegex(Failure, "tensor 'constant_0': .*weights: No such file"):
            self.import_saved()

    def test_other_file_is_short(self):
        self.save_apart(linear([4, 32]))
        (self.folder / "weights").write_bytes(bytes(100))
        with self.assertRaisesRegex(Failure, "tensor 'constant_0': .*weights: "):
            self.import_saved()

    def test_other_file_is_elsewhere(self):
        """A model cannot have any file of its reader's taken for weights."""
        self.save_apart(linear([4, 32]))
        for location in ("../weights", "/etc/passwd"):
            model = onnx.load(self.source, load_external_data=False)
            (entry,) = (e for e in model.graph.initializer[0].external_data if e.key == "location")
            entry.value = location
            self.source.write_bytes(model.SerializeToString())
            with self.subTest(location):
                with self.assertRaisesRegex(Failure, f"beside the model but got '{location}'"):
                    self.import_saved()

    def save_apart(self, model: onnx.ModelProto) -> None:
        onnx.save(
            model, self.source, save_as_external_data=True, location="weights", size_threshold=0
        )

    def import_saved(self) -> None:
        from tasd_import.onnx import importer

        importer.import_model(self.source, self.output, [])


class Ops(ImportTest):
    def test_old_version(self):
        """Softmax before 13 flattens what follows its axis."""
        net = Network(opset=9)
        x = net.input("x", [2, 3, 4])
        model = net.finish(net.Softmax(x, axis=1))
        self.import_model(model)
        self.check_outputs(make_inputs(model), 1e-6)

    def test_gelu(self):
        """Both kinds, which differ by 5e-4."""
        for kind in ("none", "tanh"):
            net = Network(opset=20)
            model = net.finish(net.Gelu(net.input("x", [100]), approximate=kind))
            with self.subTest(kind):
                self.import_model(model)
                self.check_outputs(make_inputs(model), 2e-6)

    def test_op_that_stays(self):
        """The converter gives it as an op of a dialect of its own."""
        net = Network()
        model = net.finish(net.TopK(net.input("x", [1, 8]), net.ints(3), outputs=2)[0])
        with self.assertRaisesRegex(Failure, r"node '/TopK_0' \(TopK\): .*tm_tensor"):
            self.import_model(model)
        self.assertFalse(self.output.exists())

    def test_unknown_op(self):
        net = Network(opset=19)
        offsets = net.input("offsets", [1, 18, 6, 6])
        x = net.DeformConv(net.input("x", [1, 3, 8, 8]), net.weights(4, 3, 3, 3), offsets)
        with self.assertRaisesRegex(Failure, r"node '/DeformConv_0' \(DeformConv\): torch-mlir"):
            self.import_model(net.finish(x))

    def test_converter_that_crashes(self):
        net = Network()
        with self.assertRaisesRegex(Failure, "torch-mlir was ended by signal"):
            self.import_model(net.finish(net.Unique(net.input("x", [8]))))

    def test_op_of_another_domain(self):
        """Its name is that of an op of ONNX."""
        model = linear([4, 32])
        model.graph.node.append(
            helper.make_node("Relu", ["value_0_0"], ["y"], name="mine", domain="my.ops")
        )
        model.graph.output[0].name = "y"
        model.opset_import.append(helper.make_opsetid("my.ops", 1))
        with self.assertRaisesRegex(Failure, "node 'mine': .* got 'Relu' of 'my.ops'"):
            self.import_model(model)

    def test_functions_are_inlined(self):
        opsets = [helper.make_opsetid("", 17)]
        body = [helper.make_node("Relu", ["a"], ["b"], name="inner")]
        function = helper.make_function("my.ops", "Activate", ["a"], ["b"], body, opsets)
        model = linear([4, 32])
        model.functions.append(function)
        model.opset_import.append(helper.make_opsetid("my.ops", 1))
        call = helper.make_node("Activate", ["value_0_0"], ["y"], domain="my.ops")
        model.graph.node.append(call)
        model.graph.output[0].name = "y"
        self.import_model(model)
        self.check_outputs(make_inputs(model), 1e-6)

    def test_names(self):
        """Nodes without a name, or with one that is taken, get one."""
        net = Network()
        x = net.input("x", [4, 32])
        for _ in range(3):
            x = net.MatMul(x, net.weights(32, 32))
        for node, name in zip(net.nodes, ("layer", "layer", "")):
            node.name = name
        self.import_model(net.finish(x))
        self.assertEqual(list(self.plan_layers()), ["layer", "layer_1", "MatMul_2"])


class Weights(ImportTest):
    def test_shared_weights(self):
        """Used as they are and transposed."""
        net = Network()
        x, weights = net.input("x", [4, 32]), net.weights(32, 32)
        x = net.Gemm(net.Gemm(x, weights, transB=1), weights)
        model = net.finish(net.MatMul(x, net.Transpose(weights, perm=[1, 0])))
        self.import_model(model)
        self.check_outputs(make_inputs(model), 1e-5)
        self.assertEqual(set(self.plan_layers().values()), {"2:4"})

    def test_computed_weights(self):
        """Nothing of constants alone is left to run."""
        net = Network()
        x, weights = net.input("x", [4, 32]), net.weights(32, 32)
        scaled = net.Mul(weights, net.scalar(0.5))
        halves = net.Split(scaled, outputs=2, axis=1)
        model = net.finish(net.MatMul(x, net.Concat(halves[1], halves[0], axis=1)))
        self.import_model(model)
        self.check_outputs(make_inputs(model), 1e-6)
        text = run_tool("tasd-opt", self.output, "--mlir-elide-resource-strings-if-larger=1").out
        self.assertRegex(text, r"(?s)linalg\.fill.*linalg\.(batch_)?matmul")
        self.assertEqual(text.count("linalg."), 2)


if __name__ == "__main__":
    unittest.main()
