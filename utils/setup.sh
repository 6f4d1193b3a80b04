#!/usr/bin/env bash
# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# Installs the Debian packages that the build and the tests need, as root or
# through sudo. Does nothing where all of them are installed.
#
# usage: utils/setup.sh [--tests] [--workflows] [--print] [--help]
#   --tests      also a browser, in which tests open reports; without one they are skipped
#   --workflows  also GNU parallel, Slurm and Snakemake, by which tests run sweeps; the
#                same holds for them
#   --print      list the packages, one a line, and install nothing
set -euo pipefail
source "$(dirname "$0")/common.sh"

packages=(
  # The compiler, and LLVM and MLIR as libraries.
  cmake ninja-build clang-22 lld-22 llvm-22-dev libmlir-22-dev mlir-22-tools
  # Libraries of the compiler, the evaluation, the tests and the benchmarks.
  libeigen3-dev libzip-dev libgtest-dev libgmock-dev libbenchmark-dev libopenblas-dev
  # Threads of compiled programs: the runtime alone, which any release of LLVM has.
  libomp5-14
  # The checks: sanitizers, formatting, linting, scripts.
  libclang-rt-22-dev clang-format-22 clang-tidy-22 python3
  # The importers, whose Python packages stand in environments of their own.
  python3-venv
)

# Chromium ends where there is no font at all.
test_packages=(chromium-headless-shell fonts-dejavu-core)
workflow_packages=(parallel slurmctld slurmd slurm-client snakemake)

is_installed() {
  [[ $(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null) == installed ]]
}

# No dpkg or no such package: the user has to bring LLVM along.
explain_and_exit() {
  cat >&2 <<MESSAGE
${red}error:${plain} $1

This script knows Debian 12, where LLVM 22 comes from the bookworm-security
archive. Elsewhere install CMake >= 3.25, Ninja, Python 3, clang and lld 22, LLVM
and MLIR 22 with their development files (https://apt.llvm.org has them for
Debian and Ubuntu), Eigen 3, libzip, GoogleTest with GoogleMock, Google Benchmark
and OpenBLAS (for dense=blas and the benchmarks) and libomp (for threads), and say where MLIR is:

  export TASD_SKIP_SETUP=1 MLIR_DIR=<prefix>/lib/cmake/mlir
MESSAGE
  exit 1
}

main() {
  local package missing=() as_root=()
  for package in "${packages[@]}"; do
    is_installed "$package" || missing+=("$package")
  done
  if ((${#missing[@]} == 0)); then
    echo "setup: all ${#packages[@]} packages are installed"
    return
  fi

  if ((EUID != 0)); then
    command -v sudo >/dev/null ||
      die "expected root or sudo to install: ${missing[*]}"
    as_root=(sudo)
  fi
  say "setup: installing ${#missing[@]} of ${#packages[@]} packages with apt-get"
  echo "${missing[*]}"
  "${as_root[@]}" apt-get update -qq
  for package in "${missing[@]}"; do
    apt-cache show --no-all-versions "$package" >/dev/null 2>&1 ||
      explain_and_exit "apt-get has no package $package"
  done
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -qq -y --no-install-recommends "${missing[@]}" </dev/null >/dev/null
  echo "setup: done"
}

action=install
for option in "$@"; do
  case $option in
  --tests) packages+=("${test_packages[@]}") ;;
  --workflows) packages+=("${workflow_packages[@]}") ;;
  --print) action=print ;;
  --help) action=help ;;
  *) die "unknown option '$option'; see --help" ;;
  esac
done

case $action in
install)
  command -v dpkg-query >/dev/null || explain_and_exit "expected a system with dpkg and apt-get"
  main
  ;;
print) printf '%s\n' "${packages[@]}" ;;
help) print_help ;;
esac
