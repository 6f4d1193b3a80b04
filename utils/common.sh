# shellcheck shell=bash
# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# Sourced by the scripts beside it, which then run in the repository's root.

script=$(realpath "$0")
caller=$PWD
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1

# Colours only where somebody looks on.
bold='' red='' plain=''
if [[ -t 1 && -z ${NO_COLOR:-} ]]; then
  bold=$'\e[1m' red=$'\e[31m' plain=$'\e[0m'
fi

# The comment that opens a script is its help.
print_help() {
  awk '/^[^#]/ { exit } seen { sub(/^# ?/, ""); print } /^# SPDX/ { seen = 1; getline }' "$script"
}

say() { echo "$bold$*$plain"; }

die() {
  echo "${red}error:$plain $*" >&2
  exit 1
}

# from_caller PATH: the absolute path of what the user calls PATH.
from_caller() { (cd "$caller" && realpath --canonicalize-missing -- "$1"); }

# fail_download PYTHON LOG WHAT: tells why pip failed. The exit code is 3 only where
# not even pip's own package can be had: a wrong pin is an error.
fail_download() {
  local target
  tail -n 3 "$2" >&2
  echo "${red}error:${plain} cannot download $3 from the Python package index" >&2
  target=$(mktemp -d)
  if "$1" -m pip download --quiet --disable-pip-version-check --no-input --no-deps \
    --only-binary :all: --dest "$target" pip >/dev/null 2>&1; then
    rm -r "$target"
    exit 1
  fi
  rm -r "$target"
  exit 3
}

# seconds_since START: whole seconds since $EPOCHREALTIME was START.
seconds_since() {
  local now=$EPOCHREALTIME
  echo $(((${now/[.,]/} - ${1/[.,]/} + 500000) / 1000000))
}
