//===- LaunchTensors.h - The tensors of a launch as tiles ----- -*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_SIMULATOR_LAUNCHTENSORS_H
#define TASD_LIB_SIMULATOR_LAUNCHTENSORS_H

#include "Elements.h"

#include "tasd/Simulator/Simulator.h"

#include <limits>

namespace tasd::simulator {

/// A tile of elements, row by row.
template <typename Element> struct TileData {
  int64_t rows = 0, columns = 0;
  std::vector<Element> elements;

  Element *getRow(int64_t row) { return elements.data() + row * columns; }
  const Element *getRow(int64_t row) const {
    return elements.data() + row * columns;
  }
  void resize(int64_t newRows, int64_t newColumns) {
    rows = newRows;
    columns = newColumns;
    elements.resize(rows * columns);
  }
};

/// In place of an offset, which may have any sign.
constexpr int64_t kPastExtent = std::numeric_limits<int64_t>::min();

/// Where the elements of a tile stand in a tensor: offsets from its data in
/// elements, and kPastExtent past the extents.
class TilePlaces {
public:
  TilePlaces(const TensorArgument &argument, const Tensor &tensor,
             llvm::ArrayRef<int64_t> origin, int64_t numRows,
             int64_t numColumns);

  /// Calls `fn` with the place in the tile and the offset of each element.
  template <typename Fn> void forEach(Fn fn) const {
    if (base == kPastExtent)
      return;
    for (size_t row = 0; row != rows.size() && rows[row] != kPastExtent; ++row)
      for (size_t column = 0;
           column != columns.size() && columns[column] != kPastExtent; ++column)
        fn(row * columns.size() + column, base + rows[row] + columns[column]);
  }

private:
  int64_t base;
  std::vector<int64_t> rows, columns;
};

/// Errors: too few or too many tensors, other shapes.
llvm::Error verifyTensors(const Program &program,
                          llvm::ArrayRef<Tensor> tensors);
/// The position of the first tensor of each argument.
std::vector<size_t> getFirstTensors(const Program &program);
/// How many tensors an argument stands for.
size_t countTensors(const Argument &argument);

} // namespace tasd::simulator

#endif // TASD_LIB_SIMULATOR_LAUNCHTENSORS_H
