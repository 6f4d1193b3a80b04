//===- Elements.h - Elements of a tensor, one by one ------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_UNITTESTS_CUSTOMPATTERN_ELEMENTS_H
#define TASD_UNITTESTS_CUSTOMPATTERN_ELEMENTS_H

#include "tasd/Sparsity/TensorView.h"

namespace tasd::test {

/// The byte at which an element stands; rows and columns are flattened.
int64_t getOffset(const sparsity::TensorView &tensor, int64_t row,
                  int64_t column);

/// Where an element stands.
const char *getElement(const sparsity::TensorView &tensor, int64_t row,
                       int64_t column);

/// Whether an element is 0 or -0.
bool isZero(sparsity::ElementType type, const char *element);

} // namespace tasd::test

#endif // TASD_UNITTESTS_CUSTOMPATTERN_ELEMENTS_H
