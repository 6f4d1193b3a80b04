#!/usr/bin/env bash
# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# The whole way once: installs what the build needs, builds the tools, takes a
# trained network that reads handwritten digits, nine tenths of whose weights
# are zeros, rewrites it layer by layer into sums of N:M terms, runs it on all
# 900 test images, and compares it with the original. Each layer gets the first
# of four series that drops at most a twentieth of its weights' magnitude.
# docs/Demo.md explains the table.
#
# Then tasder, which chooses the series itself: the best for the accelerator
# ttc-vegeta-m8 with which the network still reads at least 99 % of what it read, on 300
# other images; the test images are for the last count only. docs/Tasder.md explains it.
#
# Then, where it can be downloaded, the same with a network as its makers publish
# it: a pose detector that was pruned to three zeros in four, on photos.
# docs/Networks.md explains its tables.
#
# At last the first network for an accelerator: planned for ttc-vegeta-m8, with what
# each layer costs there by the model, then compiled to programs that a simulator runs
# on all images, with what each layer took, both beside a dense tensor core.
# docs/Demo.md explains that too.
#
# What tasder found and what the simulator measured is also left as two pages for the
# browser, build/reports/search.html and run.html. docs/Report.md explains them.
#
# usage: utils/demo.sh [--json]
#   --json  print the first part as JSON, and leave out the others
#
# environment: see utils/build.sh --help
set -euo pipefail
source "$(dirname "$0")/common.sh"

json=()
case ${1:-} in
'') ;;
--json) json=(--json) ;;
--help)
  print_help
  exit
  ;;
*) die "unknown option '$1'; see --help" ;;
esac

# Standard output is the demo's alone, so that its JSON can be piped.
utils/build.sh tasd-opt tasd-run tasder >&2

# The two commands that a user would type. Bytecode keeps the layers' names.
digits=examples/digits
build/release/bin/tasd-opt "$digits/digits-90.mlir" --emit-bytecode \
  --tasd-plan="series=1:8,1:4,2:4,2:4+1:8 max-dropped-magnitude=0.05" |
  build/release/bin/tasd-run - --backend cpu --layers "${json[@]}" \
    --input "$digits/test-images.npy" --labels "$digits/test-labels.npy"

[[ ${#json[@]} == 0 ]] || exit 0
reports=build/reports
mkdir -p "$reports"
echo
build/release/bin/tasder "$digits/digits-90.mlir" --machine ttc-vegeta-m8 \
  --calibration "$digits/calibration-images.npy" --labels "$digits/calibration-labels.npy" \
  --test "$digits/test-images.npy" --test-labels "$digits/test-labels.npy" \
  --metric top1 --min-quality 0.99 --report "$reports/search.html"

echo
status=0
utils/evaluate-networks.py pose --short || status=$?
# 3: nothing can be downloaded here.
((status != 3)) || echo "skipped: the pose detector, which cannot be downloaded here"
((status == 0 || status == 3)) || exit "$status"

echo
planned=$(mktemp)
trap 'rm -f "$planned"' EXIT
build/release/bin/tasd-opt "$digits/digits-90.mlir" --emit-bytecode -o "$planned" \
  --tasd-plan="machine=ttc-vegeta-m8 series=1:8,2:8,2:8+1:8,4:8,4:8+1:8 max-dropped-magnitude=0.05" \
  --tasd-print-cost="machine=ttc-vegeta-m8 baseline=tc"
echo
build/release/bin/tasd-run "$planned" --backend ttc --machine ttc-vegeta-m8 --baseline tc \
  --batch 1 --input "$digits/test-images.npy" --labels "$digits/test-labels.npy" \
  --report "$reports/run.html"
echo
echo "for the browser: $reports/search.html, $reports/run.html"
