#!/usr/bin/env bash
# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# usage: utils/digits/run.sh SCRIPT [OPTION...]
# Runs a Python script with the packages that training needs, in an environment of
# its own under build/.
set -euo pipefail

utils=$(cd "$(dirname "$0")/.." && pwd)
venv=$utils/../build/digits-venv
requirements=$utils/requirements-digits.txt

if ! cmp -s "$requirements" "$venv/requirements.txt"; then
  python3 -m venv --clear "$venv"
  "$venv/bin/pip" install --quiet --disable-pip-version-check -r "$requirements"
  cp "$requirements" "$venv/requirements.txt"
fi
exec "$venv/bin/python" "$@"
