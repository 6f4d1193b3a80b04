# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Where no package can be downloaded: exit code 3, a reason, and nothing left over."""

import os
import subprocess
import tempfile
import unittest
from pathlib import Path

from tasd_import import environment

UTILS = environment.REPOSITORY / "utils"


class Unavailable(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def run_offline(self, *command):
        offline = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(self.folder)}
        venv = {"TASD_IMPORT_VENV": str(self.folder / "venv")}
        return subprocess.run(
            command,
            env={**os.environ, **offline, **venv},
            capture_output=True,
            text=True,
            check=False,
        )

    def test_importer(self):
        output = self.folder / "m.mlirbc"
        model = self.folder / "m.tflite"
        done = self.run_offline(UTILS / "import" / "import-tflite.py", model, "-o", output)
        self.assertEqual(done.returncode, environment.UNAVAILABLE, done.stderr)
        self.assertIn("cannot be downloaded", done.stderr)
        self.assertEqual(done.stdout, "")
        self.assertFalse(output.exists())

    def test_networks(self):
        networks = self.folder / "networks"
        done = self.run_offline(UTILS / "fetch-networks.sh", "--dir", networks, "pose")
        self.assertEqual(done.returncode, environment.UNAVAILABLE, done.stderr)
        self.assertIn("cannot download mediapipe", done.stderr)
        self.assertEqual(list(networks.iterdir()), [])


if __name__ == "__main__":
    unittest.main()
