//===- Memory.h - What the process does with freed memory -------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_SUPPORT_MEMORY_H
#define TASD_SUPPORT_MEMORY_H

namespace tasd {

/// Freed memory stays with the process from now on, where the C library can be
/// told so. Compiled code allocates its buffers in every run: to have their
/// pages mapped again takes longer than many a layer.
void keepFreedMemory();

} // namespace tasd

#endif // TASD_SUPPORT_MEMORY_H
