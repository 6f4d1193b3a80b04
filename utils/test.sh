#!/usr/bin/env bash
# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# Builds the project and runs all its checks: the regression tests (lit; among
# them those of the layering and of the examples in the documentation) and the
# unit tests; 2,000 random programs against an interpreter; the regression tests
# with every module sent through text and bytecode; both suites under
# AddressSanitizer and UndefinedBehaviorSanitizer; unit tests of threads under
# ThreadSanitizer; the importers; the formatting; the documentation. Prints what was skipped and why, how long each step took, and as
# the last line the totals: N passed, N failed, N skipped. A build counts as one
# check. Exits with 1 if anything failed.
#
# usage: utils/test.sh [--quick]
#   --quick  leave out the round trips and the sanitizers
#
# environment: see utils/build.sh --help
set -euo pipefail
source "$(dirname "$0")/common.sh"

quick=
case ${1:-} in
'') ;;
--quick) quick=1 ;;
--help)
  print_help
  exit
  ;;
*) die "unknown option '$1'; see --help" ;;
esac

# What each step leaves: lit's reports, and the log of this script's own checks
# with lines like `failed<TAB>formatting<TAB>reason`.
results=build/test-results
rm -rf "$results"
mkdir -p "$results"
checks=$results/checks.tsv
timings=()

record() { printf '%s\t%s\t%s\n' "$1" "$2" "${3:-}" >>"$checks"; }

# timed NAME COMMAND...
timed() {
  local name=$1 start=$EPOCHREALTIME status=0
  shift
  say "== $name"
  "$@" || status=$?
  timings+=("$(printf '%6d s  %s' "$(seconds_since "$start")" "$name")")
  return "$status"
}

# check NAME COMMAND...: a step that counts as one test.
check() {
  if timed "$@"; then
    record passed "$1"
  else
    record failed "$1"
    return 1
  fi
}

# run_lit NAME PRESET SUITE [OPTION...]: lit's own report holds the counts; a
# failure it does not hold (no test found, say) counts as one.
run_lit() {
  local name=$1 build=build/$2 suite=$3 lit report
  report=$results/$2.${name//[ ,]/-}.xml
  shift 3
  lit=$(sed -n 's/^LLVM_EXTERNAL_LIT:[^=]*=//p' "$build/CMakeCache.txt")
  timed "$name" "$lit" -sv --no-progress-bar --xunit-xml-output="$report" "$@" "$build/$suite" ||
    grep -qs '<failure>' "$report" || record failed "$name"
}

check_formatting() {
  find include lib tools test unittests fuzzers benchmarks examples \
    \( -name '*.h' -o -name '*.c' -o -name '*.cpp' -o -name '*.js' \) -print0 |
    xargs -0 clang-format-22 --dry-run -Werror
}

# Random programs, rewritten and run against the dense op on the composed operand;
# the tables of what was covered stay in the log.
run_differential() {
  local log=$results/differential.log
  build/release/bin/tasd-differential --count=2000 >"$log" || {
    tail -n 40 "$log"
    return 1
  }
  tail -n 2 "$log"
}

# Its own lines go to the results, so that a failure without one counts too.
run_importers() {
  local log=$results/importers.tsv
  timed "importers" utils/import/run-tests.py --log "$log" || {
    grep -qs '^failed' "$log" || record failed "importers"
  }
  [[ ! -e $log ]] || cat "$log" >>"$checks"
}

run_sanitizers() {
  check "build, sanitizers" utils/build.sh --preset asan tasd-test-depends || return 0
  run_lit "regression tests, sanitizers" asan test
  run_lit "unit tests, sanitizers" asan unittests
}

# Libraries that start threads or are called from several, and know no MLIR: libMLIR
# is not instrumented. Their tests of that have "Threads" in their names.
run_thread_sanitizer() {
  local programs=(TASDCostTests TASDRuntimeTests TASDSearchTests TASDSparsityTests) program
  check "build, ThreadSanitizer" utils/build.sh --preset tsan "${programs[@]}" || return 0
  export TSAN_OPTIONS="suppressions=$PWD/utils/thread-sanitizer.supp"
  for program in "${programs[@]}"; do
    check "$program, ThreadSanitizer" "build/tsan/bin/unittests/$program" \
      --gtest_brief=1 --gtest_filter='*Threads*' || true
  done
}

main() {
  if [[ ${TASD_SKIP_SETUP:-} != 1 ]] && ! check "setup" utils/setup.sh --tests; then
    # Without its packages there may be no python3 to count with.
    echo "0 passed, 1 failed, 0 skipped"
    exit 1
  fi
  export TASD_SKIP_SETUP=1
  check "build" utils/build.sh || return 0
  run_lit "regression tests" release test
  run_lit "unit tests" release unittests
  check "differential, 2,000 programs" run_differential || true
  run_importers
  if [[ -n $quick ]]; then
    record skipped "regression tests, round trip" --quick
    record skipped "tests, sanitizers" --quick
    record skipped "tests, ThreadSanitizer" --quick
  else
    run_lit "regression tests, round trip" release test --param roundtrip=1
    run_sanitizers
    run_thread_sanitizer
  fi
  if command -v clang-format-22 >/dev/null; then
    check "formatting" check_formatting || true
  else
    record skipped "formatting" "no clang-format-22"
  fi
  check "documentation" utils/build.sh docs || true
}

start=$EPOCHREALTIME
main </dev/null
say "== summary"
printf '%s\n' "${timings[@]}" "$(printf '%6d s  %s' "$(seconds_since "$start")" "in all")"
python3 utils/summarize-tests.py "$results"
