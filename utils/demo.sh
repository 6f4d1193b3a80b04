#!/usr/bin/env bash
# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# The whole way once: installs what the build needs, builds the tools, and
# decomposes a trained network that reads handwritten digits, nine tenths of
# whose weights are zeros. Prints the series each layer gets: the first of four
# that drops at most a twentieth of the weights' magnitude.
#
# usage: utils/demo.sh [--json]
#   --json  print the table as JSON
#
# environment: see utils/build.sh --help
set -euo pipefail
source "$(dirname "$0")/common.sh"

print=--tasd-print-plan
case ${1:-} in
'') ;;
--json) print=--tasd-print-plan=json ;;
--help)
  print_help
  exit
  ;;
*) die "unknown option '$1'; see --help" ;;
esac

# Standard output is the demo's alone, so that its JSON can be piped.
utils/build.sh tasd-opt >&2

# >>> The demo: this one command. <<<
build/release/bin/tasd-opt examples/digits/digits-90.mlir -o /dev/null \
  --tasd-plan="series=1:8,1:4,2:4,2:4+1:8 max-dropped-magnitude=0.05" "$print"
