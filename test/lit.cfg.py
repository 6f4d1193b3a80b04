# Configuration of the regression tests. Run them by `ninja check-tasd`, some of
# them by `lit -v build/release/test/Dialect`.

import os

import lit.formats
from lit.llvm import llvm_config

config.name = "TASD"
config.test_format = lit.formats.ShTest(execute_external=False)
config.suffixes = [".mlir", ".test"]
config.excludes = ["Inputs", "CMakeLists.txt"]
config.test_source_root = os.path.dirname(__file__)
config.test_exec_root = os.path.join(config.tasd_binary_dir, "test")

llvm_config.with_system_environment(["HOME", "TMP", "TEMP"])
config.environment.update(config.tasd_environment)
llvm_config.use_default_substitutions()
llvm_config.with_environment(
    "PATH",
    [os.path.join(config.tasd_binary_dir, "bin"), config.llvm_tools_dir],
    append_path=True,
)
config.substitutions.append(("%source", config.tasd_source_dir))
config.substitutions.append(("%build", config.tasd_binary_dir))
config.substitutions.append(("%python", config.python_executable))

if config.tasd_fuzzers:
    config.available_features.add("fuzzers")
if config.tasd_benchmarks:
    config.available_features.add("benchmarks")

# `lit --param roundtrip=1` sends every module through text and bytecode once
# more, between the tests' own passes.
tasd_opt = os.path.join(config.tasd_binary_dir, "bin", "tasd-opt")
if lit_config.params.get("roundtrip"):
    tasd_opt += " --verify-roundtrip"
    config.name += "-roundtrip"
config.substitutions.append((r"\btasd-opt\b", tasd_opt))
