#!/usr/bin/env bash
# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# Makes the virtual environments of the importers, one for each framework, with
# the versions that requirements-<framework>.txt pins. Does nothing where they
# are up to date. The importers call it by themselves.
#
# usage: utils/import/setup.sh [tflite | onnx | pytorch | all]   (default: all but pytorch)
#
# PyTorch's packages are gigabytes, hence never made unasked.
#
# environment:
#   TASD_IMPORT_VENV  folder of the environments (default: build/import-venv)
#
# exit code: 1 for an error, 3 where nothing can be downloaded
set -euo pipefail
source "$(dirname "$0")/../common.sh"

root=build/import-venv
[[ -z ${TASD_IMPORT_VENV:-} ]] || root=$(from_caller "$TASD_IMPORT_VENV")

make_environment() {
  local kind=$1 folder=$root/$1 requirements=utils/import/requirements-$1.txt log=$root/$1.log
  [[ -e $requirements ]] || die "expected tflite, onnx, pytorch or all but got '$kind'"
  mkdir -p "$root"
  # Two importers that start at once make one environment.
  exec {lock}>"$root/$kind.lock"
  flock "$lock"
  if cmp -s "$requirements" "$folder/requirements.txt"; then
    return
  fi
  say "setup: installing the packages of the $kind importer into $folder"
  python3 -m venv --clear "$folder" >"$log" 2>&1 || {
    tail -n 5 "$log" >&2
    die "expected python3 with venv and pip; on Debian, utils/setup.sh installs them"
  }
  # Every package is listed, hence --no-deps; none is built here.
  "$folder/bin/python" -m pip install --quiet --disable-pip-version-check --no-input \
    --no-deps --only-binary :all: -r "$requirements" >"$log" 2>&1 || {
    fail_download "$folder/bin/python" "$log" "the packages of $requirements"
  }
  # Last, so that an environment cut short is made anew.
  cp "$requirements" "$folder/requirements.txt"
}

case ${1:-all} in
--help) print_help ;;
-*) die "unknown option '$1'; see --help" ;;
all)
  make_environment tflite
  make_environment onnx
  ;;
*) make_environment "$1" ;;
esac
