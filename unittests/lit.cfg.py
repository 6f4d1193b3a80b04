# Configuration of the unit tests. Run them by `ninja check-tasd`, some of them
# by `lit -v build/release/unittests --filter NAME`.

import os

import lit.formats

config.name = "TASD-Unit"
config.test_format = lit.formats.GoogleTest(".", "Tests")
config.test_source_root = os.path.join(config.tasd_binary_dir, "bin", "unittests")
config.test_exec_root = config.test_source_root
config.environment.update(config.tasd_environment)
