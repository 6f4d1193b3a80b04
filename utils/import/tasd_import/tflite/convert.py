# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The converter, and the passes that follow it."""

import re
import subprocess
import sys
from pathlib import Path

from ..failure import Failure
from ..tools import explain
from .legalize import ERF

# From TOSA to linalg on tensors: what upstream's `tosa-to-linalg-pipeline` does, save
# that nothing is held against TOSA's levels, which limit ranks and sizes.
PASSES = (
    "func.func(tosa-optional-decompositions,canonicalize,tosa-infer-shapes,"
    "tosa-make-broadcastable,tosa-to-linalg-named,canonicalize,"
    "tosa-layerwise-constant-fold,tosa-make-broadcastable,"
    "tosa-to-linalg,tosa-to-tensor,tosa-to-arith{include-apply-rescale=true},tosa-to-scf)",
)

CONVERTER = Path(sys.prefix, "bin", "tosa-converter-for-tflite")

# The location inside every other, which is that of the file.
FILE_LOCATION = re.compile(r'^#loc = loc\(".*":0:0\)$', re.MULTILINE)
CUSTOM_ERF = re.compile(rf'tosa\.custom (%\w+) \{{[^}}]*operator_name = "{re.escape(ERF)}"\}}')
# An op that was left as it was, with the alias of its location.
LEFT = re.compile(
    r'^ *(?:%[\w:, ]+ = )?"?tfl\.(?P<op>\w+)"?.* loc\((?P<loc>#loc\d*)\)$', re.MULTILINE
)


def convert_to_tosa(model: Path, output: Path) -> None:
    """Writes `model` as TOSA, in text and with the names of its tensors."""
    done = subprocess.run(
        [CONVERTER, model, "--text", "--emit-debug-info", "-o", output],
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode != 0 or not output.exists():
        raise Failure(f"the converter to TOSA failed: {explain(done.stderr)}")
    output.write_text(translate(output.read_text()))


def translate(text: str) -> str:
    """What the converter printed, as this project's MLIR reads it."""
    # A path would make the bytes depend on it, and hide names in diagnostics.
    text = FILE_LOCATION.sub("#loc = loc(unknown)", text)
    left = LEFT.search(text)
    if left:
        name = re.search(rf'^{left["loc"]} = loc\("([^"]*)"', text, re.MULTILINE)
        place = f" of '{name[1]}'" if name else ""
        raise Failure(f"unsupported op {left['op'].upper()}{place}")
    return CUSTOM_ERF.sub(r"tosa.erf \1", text)
