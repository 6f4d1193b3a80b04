# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""How importers fail: one message, nothing half-written."""


class Failure(Exception):
    """What the user sees after `error:`; names the op, tensor or file at fault."""


class Unavailable(Failure):
    """Something that has to be downloaded cannot be had: exit code 3."""
