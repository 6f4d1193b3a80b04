#!/usr/bin/env bash
# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# Looks for rare failures: runs the fuzzers and the randomised tests, under
# sanitizers where it can, for as long as told, and stops at the first failure.
#
# usage: utils/soak.sh [--minutes N] [--seed N]
#   --minutes  in all, shared evenly among the commands (default: 10)
#   --seed     of the first round; later rounds count on from it (default: random)
#
# To add a command, add a line to the array `commands` below. In it,
#   $seconds   is the command's share of the time,
#   $seed      differs each round,
#   `repeated` before a command runs it again and again, for its share.
#
# environment: see utils/build.sh --help
set -euo pipefail
source "$(dirname "$0")/common.sh"

# Expanded when they run.
# shellcheck disable=SC2016
commands=(
  'repeated build/asan/bin/tasd-differential --seed=$seed --count=200'
  'fuzz tasd-parse-series-fuzzer -max_len=64'
  'fuzz tasd-parse-machine-fuzzer -max_len=4096 lib/Machine/Presets'
  'repeated build/asan/bin/unittests/TASDMachineTests --gtest_brief=1 --seed=$seed'
  'fuzz tasd-read-program-fuzzer -max_len=4096'
  'repeated build/asan/bin/unittests/TASDSimulatorTests --gtest_brief=1 --seed=$seed'
  'fuzz tasd-parse-module-fuzzer -max_len=4096 test'
  'repeated build/asan/bin/unittests/TASDSparsityTests --gtest_brief=1 --gtest_shuffle --gtest_random_seed=$((seed % 99999))'
  'repeated build/asan/bin/unittests/TASDEvaluationTests --gtest_brief=1 --gtest_shuffle --gtest_random_seed=$((seed % 99999))'
)

minutes=10 seed=$((RANDOM * 32768 + RANDOM))
while (($#)); do
  case $1 in
  --minutes) minutes=${2:?"expected a number"} ;;
  --seed) seed=${2:?"expected a number"} ;;
  --help)
    print_help
    exit
    ;;
  *) die "unknown option '$1'; see --help" ;;
  esac
  shift 2
done
seconds=$((minutes * 60 / ${#commands[@]}))
((seconds > 0)) || die "expected at least $(((${#commands[@]} + 59) / 60)) minute"

# fuzz PROGRAM [OPTION...] [CORPUS]: new inputs are kept in build/soak.
fuzz() {
  local program=$1 corpus=build/soak/$1
  shift
  mkdir -p "$corpus"
  "build/asan/bin/fuzzers/$program" -max_total_time="$seconds" -seed="$seed" \
    -artifact_prefix="build/soak/$program-" -print_final_stats=1 -verbosity=0 \
    "$corpus" "$@"
}

# repeated COMMAND...: `eval`ed each round, with a new seed.
repeated() {
  local start=$EPOCHREALTIME rounds=0
  while (($(seconds_since "$start") < seconds)); do
    eval "$1"
    rounds=$((rounds + 1)) seed=$((seed + 1000))
  done
  echo "$rounds rounds"
}

run() {
  case $1 in
  'repeated '*) repeated "${1#repeated }" ;;
  *) eval "$1" ;;
  esac
}

utils/build.sh --preset asan
# As lit does: see test/lit.site.cfg.py.in.
export ASAN_OPTIONS=allow_user_poisoning=0:detect_leaks=0
for command in "${commands[@]}"; do
  say "== $command"
  echo "seed $seed, $seconds s"
  run "$command" || die "failed: $command (seed $seed)"
done
