# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Sparsity patterns in NumPy, written from their definitions alone.

Nothing here is shared with the compiler, which is held against it.
"""
