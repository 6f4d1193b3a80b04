#!/usr/bin/env bash
# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# Installs what the build needs, configures where that is due, builds, and
# prints how long it took.
#
# usage: utils/build.sh [--preset release|asan|tsan|dev] [TARGET...]
#   --preset  the configuration of CMakePresets.json (default: release); its
#             build folder is build/PRESET
#   TARGET    targets of ninja (default: all)
#
# environment:
#   TASD_SKIP_SETUP=1  do not look for missing packages
#   MLIR_DIR           an LLVM/MLIR 22 elsewhere: <prefix>/lib/cmake/mlir
set -euo pipefail
source "$(dirname "$0")/common.sh"

preset=release
case ${1:-} in
--help)
  print_help
  exit
  ;;
--preset)
  preset=${2:?"expected a preset"}
  shift 2
  ;;
-*) die "unknown option '$1'; see --help" ;;
esac
build=build/$preset
mkdir -p build

[[ ${TASD_SKIP_SETUP:-} == 1 ]] || utils/setup.sh

kind=build
start=$EPOCHREALTIME
if [[ ! -e $build/build.ninja || CMakePresets.json -nt $build/build.ninja ]]; then
  [[ -e $build/.ninja_log ]] || kind="clean build"
  say "configure: $preset"
  cmake --preset "$preset" ${MLIR_DIR:+"-DMLIR_DIR=$MLIR_DIR"} >"$build.log" 2>&1 || {
    cat "$build.log" >&2
    die "the configuration of $preset failed"
  }
fi
say "build: $preset"
NINJA_STATUS='[%f/%t, %es] ' cmake --build "$build" --target "${@:-all}"
echo "$kind of $preset: $(seconds_since "$start") s"
