//===- LayerMapping.cpp - The mappings of layers --------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LayerMapping.h"

#include "mlir/IR/Threading.h"

using namespace mlir;
using namespace mlir::tasd;

LogicalResult mlir::tasd::verifySeries(const AcceleratorLayer &layer,
                                       const machine::Machine &machine) {
  const LayerWork &work = layer.work;
  auto fail = [&] {
    return emitError(work.op->getLoc())
           << "layer '" << work.name << "': machine '" << machine.name << "' ";
  };
  if (work.getSeries(0) && work.getSeries(1))
    return fail() << "takes a series as one input, not as both";
  if (work.part && work.part->series)
    if (llvm::Error error = checkSeries(machine, cost::Operand::A,
                                        work.part->series.getSeries()))
      return fail() << "cannot run " << work.getSeriesText() << ": "
                    << llvm::toString(std::move(error));
  for (unsigned input : {0, 1}) {
    SeriesAttr series = work.part ? SeriesAttr() : work.getSeries(input);
    if (!series)
      continue;
    if (!layer.getSource(input))
      return emitError(work.op->getLoc())
             << "layer '" << work.name
             << "': expected its series to be packed: run tasd-pack first";
    if (llvm::Error error =
            checkSeries(machine, cost::Operand::A, series.getSeries()))
      return fail() << "cannot run " << series.getText() << ": "
                    << llvm::toString(std::move(error));
  }
  return success();
}

FailureOr<std::vector<MappedLayer>>
mlir::tasd::mapLayers(ArrayRef<AcceleratorLayer> layers,
                      const CostModel &model) {
  std::vector<MappedLayer> mapped(layers.size());
  std::vector<std::string> reasons(layers.size());
  if (!layers.empty())
    parallelFor(layers.front().work.op->getContext(), 0, layers.size(),
                [&](size_t index) {
                  auto answer = model.computeAsRun(layers[index].work);
                  if (answer)
                    mapped[index] = std::move(*answer);
                  else
                    reasons[index] = llvm::toString(answer.takeError());
                });
  for (auto [layer, reason] : llvm::zip_equal(layers, reasons))
    if (!reason.empty())
      return emitError(layer.work.op->getLoc())
             << "layer '" << layer.work.name << "': " << reason;
  return mapped;
}
