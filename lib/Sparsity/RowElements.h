//===- RowElements.h - A row of floats as numbers ---------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_SPARSITY_ROWELEMENTS_H
#define TASD_LIB_SPARSITY_ROWELEMENTS_H

#include "tasd/Sparsity/TensorView.h"

#include <vector>

namespace tasd::sparsity {

/// A copy of one row of a tensor of floats, which is read and set in double and
/// stored as the tensor stores it.
class RowElements {
public:
  RowElements(const TensorView &tensor, int64_t row);

  /// A view of the copy, one row.
  TensorView getView() const;
  std::vector<double> getValues() const;
  /// Rounds to the nearest value that can be stored, of two to the even one.
  void set(int64_t column, double value);
  void write(const MutableTensorView &tensor, int64_t row) const;

private:
  ElementType type;
  int64_t width;
  std::vector<char> bytes;
};

} // namespace tasd::sparsity

#endif // TASD_LIB_SPARSITY_ROWELEMENTS_H
