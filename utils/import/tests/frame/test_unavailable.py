# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Where no package can be downloaded: exit code 3, a reason, and nothing left over."""

import os
import subprocess
import tempfile
import unittest
import zipfile
from pathlib import Path

from tasd_import import environment

UTILS = environment.REPOSITORY / "utils"


class Unavailable(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def offer_pip(self):
        """A package index that has pip, and nothing else."""
        info = "pip-1.0.dist-info"
        with zipfile.ZipFile(self.folder / "pip-1.0-py3-none-any.whl", "w") as wheel:
            wheel.writestr(f"{info}/METADATA", "Metadata-Version: 2.1\nName: pip\nVersion: 1.0\n")
            wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
            wheel.writestr(f"{info}/RECORD", "")

    def run_offline(self, *command):
        offline = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(self.folder)}
        venv = {"TASD_IMPORT_VENV": "venv"}
        return subprocess.run(
            command,
            cwd=self.folder,
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

        self.assertTrue((self.folder / "venv" / "tflite.log").exists())

    def fetch(self):
        return self.run_offline(UTILS / "fetch-networks.sh", "--dir", "networks", "pose")

    def test_networks(self):
        done = self.fetch()
        self.assertEqual(done.returncode, environment.UNAVAILABLE, done.stderr)
        self.assertIn("cannot download mediapipe", done.stderr)
        self.assertEqual(list((self.folder / "networks").iterdir()), [])

    def test_wrong_pin(self):
        """An index that lacks what is pinned alone: not unavailable but an error."""
        self.offer_pip()
        done = self.fetch()
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn("cannot download mediapipe", done.stderr)
        setup = self.run_offline(UTILS / "import" / "setup.sh", "tflite")
        self.assertEqual(setup.returncode, 1, setup.stderr)
        self.assertIn("cannot download the packages of", setup.stderr)


if __name__ == "__main__":
    unittest.main()
