//===- ProgramGenerator.cpp - Random programs -----------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CompositionDrawing.h"
#include "ProgramDrawing.h"

using namespace tasd::differential;

/// Whether ops of the group come in types of the family.
static bool exists(OpGroup group, TypeFamily family) {
  return group != OpGroup::Quantized || family == TypeFamily::Integer;
}

/// All cells, those of depthwise convolutions included.
static const std::vector<Cell> &getCells() {
  static const std::vector<Cell> cells = [] {
    std::vector<Cell> result;
    for (int group = 0; group <= int(kLastOpGroup); ++group)
      for (int family = 0; family <= int(kLastTypeFamily); ++family)
        for (int side = 0; side <= int(kLastSide); ++side)
          if (exists(OpGroup(group), TypeFamily(family)))
            // Quantized ops are many and come in one family only.
            result.insert(result.end(),
                          OpGroup(group) == OpGroup::Quantized ? 3 : 1,
                          {OpGroup(group), TypeFamily(family), Side(side)});
    return result;
  }();
  return cells;
}

llvm::ArrayRef<Cell> tasd::differential::getSupportedCells() {
  static const std::vector<Cell> supported = [] {
    std::vector<Cell> result;
    for (const Cell &cell : getCells())
      if (cell.group < OpGroup::Depthwise)
        result.push_back(cell);
    return result;
  }();
  return supported;
}

Program tasd::differential::generateProgram(uint64_t seed) {
  const Cell &cell = getCells()[seed % getCells().size()];
  if (cell.group == OpGroup::Composition)
    return drawComposition(seed, cell.family);
  return ProgramDrawing(seed, cell).draw();
}
