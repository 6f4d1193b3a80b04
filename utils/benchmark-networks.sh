#!/usr/bin/env bash
# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# Times networks on this machine's CPU: dense, planned, and in their framework, and
# puts the tables into docs/Results.md. Networks and packages are fetched once; a network
# that cannot be had keeps the table that it has.
#
# usage: utils/benchmark-networks.sh [--machine NAME|FILE] [NETWORK ...]
#   --machine  plan for it: layers that it says gain nothing stay dense
#   NETWORK    bert, digits, ocr or pose   (default: all of them)
#
# exit code: 1 for an error, 3 where a network cannot be downloaded
set -euo pipefail
source "$(dirname "$0")/common.sh"

machine=()
networks=()
while (($#)); do
  case $1 in
  --machine)
    machine=(--machine "${2:?"expected a machine"}")
    shift
    ;;
  --help)
    print_help
    exit
    ;;
  -*) die "unknown option '$1'; see --help" ;;
  *) networks+=("$1") ;;
  esac
  shift
done
((${#networks[@]})) || networks=(digits pose ocr bert)

unavailable=0
for network in "${networks[@]}"; do
  say "benchmark: $network"
  status=0
  utils/evaluate-networks.py "$network" --times "${machine[@]}" --write docs/Results.md || status=$?
  ((status == 0)) || ((status == 3)) || exit "$status"
  ((status == 0)) || unavailable=3
done
exit "$unavailable"
