#!/usr/bin/env bash
# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# Looks for rare failures: runs the fuzzers and the randomised tests for as long as
# told, and stops at the first failure. The build comes on top.
#
# usage: utils/soak.sh [--minutes N] [--seed N] [--preset asan|release]
#   --minutes  in all, shared evenly among the commands (default: 10)
#   --seed     of the first round; later rounds count on from it (default: random)
#   --preset   asan (the default) runs under sanitizers; release has no fuzzers, and
#              more rounds of the rest
#
# To add a command, add a line to the array `commands` below. In it,
#   $bin       is the folder of the programs,
#   $seconds   is the command's share of the time,
#   $seed      differs each round,
#   `repeated` before a command runs it again and again, for its share, and stops it
#              when that is over.
#
# environment: see utils/build.sh --help
set -euo pipefail
source "$(dirname "$0")/common.sh"

# Expanded when they run.
# shellcheck disable=SC2016
commands=(
  'repeated $bin/tasd-differential --seed=$seed --count=200 --jobs=0'
  'fuzz tasd-parse-series-fuzzer -max_len=64'
  'fuzz tasd-parse-machine-fuzzer -max_len=4096 lib/Machine/Presets'
  'repeated $bin/unittests/TASDMachineTests --gtest_brief=1 --gtest_filter=*Mutation* --seed=$seed'
  'fuzz tasd-read-program-fuzzer -max_len=4096'
  'repeated $bin/unittests/TASDSimulatorTests --gtest_brief=1 --gtest_filter=*Mutation* --seed=$seed'
  'fuzz tasd-parse-module-fuzzer -max_len=4096 test'
  'repeated $bin/unittests/TASDSparsityTests --gtest_brief=1 --gtest_shuffle --gtest_random_seed=$((seed % 99999))'
  'repeated $bin/unittests/TASDEvaluationTests --gtest_brief=1 --gtest_shuffle --gtest_random_seed=$((seed % 99999))'
)

minutes=10 seed=$((RANDOM * 32768 + RANDOM)) preset=asan
while (($#)); do
  case $1 in
  --minutes) minutes=${2:?"expected a number"} ;;
  --seed) seed=${2:?"expected a number"} ;;
  --preset) preset=${2:?"expected asan or release"} ;;
  --help)
    print_help
    exit
    ;;
  *) die "unknown option '$1'; see --help" ;;
  esac
  shift 2
done
case $preset in
asan) ;;
release) mapfile -t commands < <(printf '%s\n' "${commands[@]}" | grep -v '^fuzz ') ;;
*) die "expected the preset asan or release but got '$preset'" ;;
esac
bin=build/$preset/bin
seconds=$((minutes * 60 / ${#commands[@]}))
((seconds > 0)) || die "expected at least $(((${#commands[@]} + 59) / 60)) minute"

# fuzz PROGRAM [OPTION...] [CORPUS]: new inputs are kept in build/soak.
fuzz() {
  local program=$1 corpus=build/soak/$1
  shift
  mkdir -p "$corpus"
  "$bin/fuzzers/$program" -max_total_time="$seconds" -seed="$seed" \
    -artifact_prefix="build/soak/$program-" -print_final_stats=1 -verbosity=0 \
    "$corpus" "$@"
}

# repeated COMMAND: `eval`ed each round, with a new seed, until its share is over.
repeated() {
  local start=$EPOCHREALTIME rounds=0 left=$seconds status=0
  while ((left > 0)); do
    eval "timeout $left $1" || status=$?
    # What timeout says of a command that it stopped.
    ((status != 124)) || break
    ((status == 0)) || return "$status"
    rounds=$((rounds + 1)) seed=$((seed + 1000))
    left=$((seconds - $(seconds_since "$start")))
  done
  echo "rounds: $rounds$( ((status == 0)) || echo "; the next one was stopped at the end")"
}

run() {
  case $1 in
  'repeated '*) repeated "${1#repeated }" ;;
  *) eval "$1" ;;
  esac
}

# The names of the programs that the commands run are their targets too.
mapfile -t targets < <(printf '%s\n' "${commands[@]}" | grep -oE '(tasd-[a-z-]+|TASD[A-Za-z]+Tests)' | sort -u)
utils/build.sh --preset "$preset" "${targets[@]}"
# As lit does: see test/lit.site.cfg.py.in.
export ASAN_OPTIONS=allow_user_poisoning=0:detect_leaks=0
for command in "${commands[@]}"; do
  say "== $command"
  echo "seed $seed, $seconds s"
  # The seed of the round that failed.
  run "$command" || die "failed: $command (seed $seed)"
done
