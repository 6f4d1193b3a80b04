# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What an editor sees of tasd-lsp-server: `test_server.py <server>`."""

import sys
import unittest

from lsp import Client

SERVER = sys.argv.pop(1)

MODULE = """\
func.func @layer(%x: tensor<8x16xf32>) -> tensor<8x16xf32> {
  %s = tasd.decompose %x : !tasd.series<8x16xf32, 2:4, along = [1]>
  %y = tasd.compose %s : !tasd.series<8x16xf32, 2:4, along = [1]>
  return %y : tensor<8x16xf32>
}
func.func @main(%x: tensor<8x16xf32>) -> tensor<8x16xf32> {
  %y = call @layer(%x) : (tensor<8x16xf32>) -> tensor<8x16xf32>
  return %y : tensor<8x16xf32>
}
"""
BAD_PLAN = """\
func.func @f(%a: tensor<8x16xf32>, %b: tensor<16x4xf32>, %c: tensor<8x4xf32>) {
  %r = linalg.matmul {tasd.plan = #tasd.plan<2:4 along [2] at run_time, dense>}
      ins(%a, %b : tensor<8x16xf32>, tensor<16x4xf32>)
      outs(%c : tensor<8x4xf32>) -> tensor<8x4xf32>
  return
}
"""
BAD_PATTERN = """\
func.func private @f() attributes {
  p = #tasd.nm<5:4>
}
"""
BAD_SERIES = """\
func.func @f(%x: tensor<8x16xf32>) {
  %s = tasd.decompose %x
      : !tasd.series<8x16xf32, 2:4+9:8, along = [1]>
  return
}
"""


def find(text, word, occurrence=0):
    """The position of a word's first character."""
    offset = -1
    for _ in range(occurrence + 1):
        offset = text.index(word, offset + 1)
    head = text[:offset]
    return {"line": head.count("\n"), "character": offset - head.rfind("\n") - 1}


def get_text(text, span):
    """What a range covers; it lies within one line."""
    start, end = span["start"], span["end"]
    assert start["line"] == end["line"], span
    return text.splitlines()[start["line"]][start["character"] : end["character"]]


class ServerTest(unittest.TestCase):
    def setUp(self):
        self.client = Client([SERVER])

    def tearDown(self):
        self.assertEqual(self.client.stop(), 0)

    def open(self, text):
        """Opens a document; its diagnostics."""
        document = {"uri": "file:///module.mlir", "languageId": "mlir", "version": 1}
        self.client.notify("textDocument/didOpen", {"textDocument": {**document, "text": text}})
        return self.client.wait_for("textDocument/publishDiagnostics")["diagnostics"]

    def ask(self, method, position, **more):
        document = {"uri": "file:///module.mlir"}
        params = {"textDocument": document, "position": position, **more}
        return self.client.request(f"textDocument/{method}", params)

    def check_error(self, text, message, word):
        """Opening `text` gives one error, whose range starts within `word`."""
        (error,) = self.open(text)
        self.assertEqual(error["severity"], 1)
        self.assertEqual(error["message"], message)
        position, start = find(text, word), error["range"]["start"]
        self.assertEqual(start["line"], position["line"])
        self.assertGreaterEqual(start["character"], position["character"])
        self.assertLess(start["character"], position["character"] + len(word))
        self.assertNotEqual(get_text(text, error["range"]), "")


class Diagnostics(ServerTest):
    def test_good_module(self):
        self.assertEqual(self.open(MODULE), [])

    def test_bad_plan(self):
        message = (
            "'linalg.matmul' op input 0: expected `along` to name distinct "
            "dimensions below 2 but got [2]"
        )
        self.check_error(BAD_PLAN, message, "linalg.matmul")

    def test_bad_pattern(self):
        self.check_error(BAD_PATTERN, "expected 1 <= N <= M <= 64 but got 5:4", "<5:4>")

    def test_bad_series(self):
        self.check_error(BAD_SERIES, "expected 1 <= N <= M <= 64 but got 9:8", "2:4+9:8")

    def test_corrected_module(self):
        self.assertEqual(len(self.open(BAD_SERIES)), 1)
        document = {"uri": "file:///module.mlir", "version": 2}
        changes = [{"text": BAD_SERIES.replace("9:8", "1:8")}]
        self.client.notify(
            "textDocument/didChange", {"textDocument": document, "contentChanges": changes}
        )
        published = self.client.wait_for("textDocument/publishDiagnostics")
        self.assertEqual(published["diagnostics"], [])


class Navigation(ServerTest):
    def setUp(self):
        super().setUp()
        self.open(MODULE)

    def get_definition(self, position):
        (location,) = self.ask("definition", position)
        return location["range"]

    def test_hover_op(self):
        hover = self.ask("hover", find(MODULE, "tasd.decompose"))
        self.assertIn('"tasd.decompose"', hover["contents"]["value"])
        self.assertIn("!tasd.series<8x16xf32, 2:4, along = [1]>", hover["contents"]["value"])
        self.assertEqual(get_text(MODULE, hover["range"]), "tasd.decompose")

    def test_hover_value(self):
        hover = self.ask("hover", find(MODULE, "%s", occurrence=1))
        self.assertIn('Operation: "tasd.decompose"', hover["contents"]["value"])
        self.assertIn("!tasd.series<8x16xf32, 2:4, along = [1]>", hover["contents"]["value"])

    def test_definition_of_value(self):
        span = self.get_definition(find(MODULE, "%s", occurrence=1))
        self.assertEqual(span["start"], find(MODULE, "%s"))
        self.assertEqual(get_text(MODULE, span), "%s")

    def test_definition_of_symbol(self):
        span = self.get_definition(find(MODULE, "@layer", occurrence=1))
        self.assertEqual(span["start"], find(MODULE, "func.func @layer"))

    def test_references(self):
        found = self.ask(
            "references", find(MODULE, "%s"), context={"includeDeclaration": True}
        )
        starts = [location["range"]["start"] for location in found]
        self.assertEqual(starts, [find(MODULE, "%s"), find(MODULE, "%s", occurrence=1)])


class Completion(ServerTest):
    def complete(self, text):
        """The labels offered at the end of `text`."""
        self.open(text)
        position = {"line": text.count("\n"), "character": len(text) - text.rfind("\n") - 1}
        return {item["label"] for item in self.ask("completion", position)["items"]}

    def test_ops(self):
        labels = self.complete("func.func @f(%x: tensor<8x16xf32>) {\n  %s = tasd.")
        self.assertLessEqual({"decompose", "compose", "contract", "pack"}, labels)

    def test_values(self):
        labels = self.complete("func.func @f(%x: tensor<8x16xf32>) {\n  %s = tasd.decompose %")
        self.assertIn("%x", labels)


if __name__ == "__main__":
    unittest.main()
