#!/usr/bin/env bash
# Runs the tasks of a sweep by GNU parallel, here or on the computers of --sshlogin,
# and compares them.
#
# usage: parallel.sh SWEEP RESULTS [OPTION OF PARALLEL...]
set -euo pipefail
sweep=$1 results=$2
shift 2

tasder sweep "$sweep" --list-tasks |
  parallel "$@" tasder sweep "$sweep" --results "$results" --threads 1 --task {}
tasder sweep "$sweep" --results "$results" --merge --json "$results.json"
