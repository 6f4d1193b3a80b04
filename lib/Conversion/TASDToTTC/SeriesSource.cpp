//===- SeriesSource.cpp - Where a series comes from -----------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "AcceleratorLayer.h"

#include "tasd/Dialect/TASD/Analysis/ConstantTensor.h"

using namespace mlir;
using namespace mlir::tasd;

/// The term of a pack's series whose first component is result `number`.
static std::optional<int64_t> findTerm(PackOp pack, unsigned number) {
  int64_t begin = 0;
  for (auto [term, count] :
       llvm::enumerate(pack.getSeriesType().getNumComponents())) {
    if (begin == number)
      return term;
    begin += count;
  }
  return std::nullopt;
}

/// The source of components that are consecutive results of one pack; none of
/// any others.
static std::optional<SeriesSource> findPack(ValueRange components) {
  if (components.empty())
    return std::nullopt;
  auto pack = components.front().getDefiningOp<PackOp>();
  if (!pack)
    return std::nullopt;
  unsigned first = cast<OpResult>(components.front()).getResultNumber();
  if (components != pack.getResults().slice(first, components.size()))
    return std::nullopt;
  std::optional<int64_t> term = findTerm(pack, first);
  if (!term)
    return std::nullopt;
  return SeriesSource{{}, pack.getInput(), pack.getSeries(), *term};
}

/// The part of `source` that is term `index`.
static SeriesSource getTerm(SeriesSource source, SeriesType type,
                            int64_t index) {
  source.firstTerm += index;
  if (source.dense)
    return source;
  SmallVector<int64_t> counts = type.getNumComponents();
  auto begin = source.components.begin() +
               std::accumulate(counts.begin(), counts.begin() + index, 0);
  source.components = SmallVector<Value>(begin, begin + counts[index]);
  source.firstTerm = 0;
  return source;
}

std::optional<SeriesSource> mlir::tasd::findSeriesSource(Value series) {
  Operation *op = series.getDefiningOp();
  if (auto term = dyn_cast_if_present<TermOp>(op)) {
    std::optional<SeriesSource> source = findSeriesSource(term.getSeries());
    if (!source)
      return std::nullopt;
    return getTerm(*source, cast<SeriesType>(term.getSeries().getType()),
                   term.getIndex());
  }
  if (auto decompose = dyn_cast_if_present<DecomposeOp>(op)) {
    if (ConstantTensor::isConstant(decompose.getInput()))
      return std::nullopt;
    return SeriesSource{
        {}, decompose.getInput(), decompose.getSelectedSeries(), 0};
  }
  auto assemble = dyn_cast_if_present<AssembleOp>(op);
  if (!assemble)
    return std::nullopt;
  if (std::optional<SeriesSource> source = findPack(assemble.getComponents()))
    return source;
  return SeriesSource{llvm::to_vector(assemble.getComponents()), {}, {}, 0};
}
