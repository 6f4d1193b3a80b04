# Configuration of the regression tests. Run them by `ninja check-tasd`, some of
# them by `lit -v build/release/test/Dialect`.

import os
import shutil

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
config.substitutions.append(("%llvm_lib", config.llvm_lib_dir))
config.substitutions.append(
    ("%capi", os.path.join(config.tasd_binary_dir, "lib", "libTASDCAPI.so"))
)

plugin = os.path.join(config.tasd_binary_dir, "lib", "TASDPlugin.so")
config.substitutions.append(("%mlir_opt", os.path.join(config.llvm_tools_dir, "mlir-opt")))
config.substitutions.append(("%plugin", plugin))
config.substitutions.append(
    ("%load_tasd", f"--load-dialect-plugin={plugin} --load-pass-plugin={plugin}")
)
config.substitutions.append(("%cxx", config.tasd_cxx))
config.substitutions.append(("%cc", config.tasd_cc))

# A program without sanitizers loads no plugin that has them.
if config.tasd_sanitizers:
    config.available_features.add("sanitizers")
if shutil.which("dpkg-deb"):
    config.available_features.add("dpkg-deb")
# Programs that run the tasks of a sweep; utils/setup.sh --workflows has them.
workflow_path = os.environ["PATH"] + os.pathsep + "/usr/sbin"
for feature, programs in {
    "gnu-parallel": ["parallel"],
    "slurm": ["slurmctld", "slurmd", "sbatch"],
    "snakemake": ["snakemake"],
}.items():
    if all(shutil.which(program, path=workflow_path) for program in programs):
        config.available_features.add(feature)
if config.tasd_fuzzers:
    config.available_features.add("fuzzers")
if config.tasd_openmp:
    config.available_features.add("openmp")
if config.tasd_blas:
    config.available_features.add("blas")
if config.tasd_benchmarks:
    config.available_features.add("benchmarks")
browser = shutil.which("chromium-headless-shell") or shutil.which("chromium")
if browser:
    config.available_features.add("browser")
    config.substitutions.append(("%browser", browser))

# `lit --param roundtrip=1` sends every module through text and bytecode once
# more, between the tests' own passes.
tasd_opt = os.path.join(config.tasd_binary_dir, "bin", "tasd-opt")
if lit_config.params.get("roundtrip"):
    tasd_opt += " --verify-roundtrip"
    config.name += "-roundtrip"
    config.available_features.add("roundtrip")
config.substitutions.append((r"(?<![\w/-])tasd-opt\b", tasd_opt))
