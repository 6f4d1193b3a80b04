#!/usr/bin/env bash
# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# Runs compare-patterns.py with the packages it needs. Options are passed on; see --help.
set -euo pipefail

utils=$(cd "$(dirname "$0")" && pwd)
exec "$utils/digits/run.sh" "$utils/compare-patterns.py" "$@"
