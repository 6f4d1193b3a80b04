//===- StatisticsLayout.h - As LLVM itself was compiled ---------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Included before everything else where LLVM was compiled without asserts and
// we are with them. llvm::Statistic, a base of every pass's statistics, has
// counters or not depending on NDEBUG, and its constructor stands in libMLIR:
// without this header our counters would stay uninitialised.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_CMAKE_STATISTICSLAYOUT_H
#define TASD_CMAKE_STATISTICSLAYOUT_H

#ifndef NDEBUG
#define NDEBUG
#include "llvm/ADT/Statistic.h"
#undef NDEBUG
#include <cassert>
#endif

#endif // TASD_CMAKE_STATISTICSLAYOUT_H
