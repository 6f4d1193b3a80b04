//===- CompositionDrawing.h - Programs without a layer ----------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_UNITTESTS_DIFFERENTIAL_COMPOSITIONDRAWING_H
#define TASD_UNITTESTS_DIFFERENTIAL_COMPOSITIONDRAWING_H

#include "Program.h"
#include "Random.h"

namespace tasd::differential {

/// The text of a series of one to three N:M patterns.
std::string drawSeries(Random &random);
/// The text of a series with a pattern whose packed form depends on the data,
/// for constants alone.
std::string drawOpenSeries(Random &random);

/// A program that decomposes a tensor, of any numbers that its type has, along
/// any dimensions, and composes it again.
Program drawComposition(uint64_t seed, TypeFamily family);

} // namespace tasd::differential

#endif // TASD_UNITTESTS_DIFFERENTIAL_COMPOSITIONDRAWING_H
