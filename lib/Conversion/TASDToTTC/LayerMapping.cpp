//===- LayerMapping.cpp - The mappings of layers --------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LayerMapping.h"

#include "mlir/IR/Threading.h"
#include "llvm/ADT/MapVector.h"

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
  for (unsigned input : {0, 1}) {
    SeriesAttr series = work.getSeries(input);
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

/// What the cost of a layer depends on.
static Attribute getKey(const LayerWork &layer) {
  Builder builder(layer.op->getContext());
  SmallVector<Attribute> parts;
  for (auto [map, type] :
       llvm::zip(layer.contraction.maps, layer.contraction.types)) {
    parts.push_back(AffineMapAttr::get(map));
    parts.push_back(TypeAttr::get(type));
  }
  for (unsigned input : {0, 1}) {
    parts.push_back(builder.getBoolAttr(layer.isDecomposedAtRunTime[input]));
    parts.push_back(builder.getBoolAttr(layer.hasZeroPoint[input]));
    parts.push_back(builder.getF64FloatAttr(layer.densities[input]));
    if (layer.extracted[input])
      parts.push_back(layer.extracted[input]);
  }
  parts.push_back(builder.getI64IntegerAttr(layer.getOperandA()));
  parts.push_back(builder.getBoolAttr(layer.accumulates));
  if (layer.mapping)
    parts.push_back(layer.mapping);
  return builder.getArrayAttr(parts);
}

/// A mapping, or why there is none.
using Answer = std::pair<MappedLayer, std::string>;

static Answer ask(const LayerWork &layer, const CostModel &model) {
  auto mapped = model.compute(layer);
  if (mapped)
    return {std::move(*mapped), ""};
  return {{}, llvm::toString(mapped.takeError())};
}

FailureOr<std::vector<MappedLayer>>
mlir::tasd::mapLayers(ArrayRef<AcceleratorLayer> layers,
                      const CostModel &model) {
  llvm::MapVector<Attribute, const LayerWork *> questions;
  for (const AcceleratorLayer &layer : layers)
    questions.insert({getKey(layer.work), &layer.work});
  std::vector<Answer> answers(questions.size());
  if (!layers.empty())
    parallelFor(layers.front().work.op->getContext(), 0, answers.size(),
                [&](size_t index) {
                  answers[index] =
                      ask(*(questions.begin() + index)->second, model);
                });
  std::vector<MappedLayer> mapped;
  for (const AcceleratorLayer &layer : layers) {
    auto question = questions.find(getKey(layer.work));
    const Answer &answer = answers[question - questions.begin()];
    if (!answer.second.empty())
      return emitError(layer.work.op->getLoc())
             << "layer '" << layer.work.name << "': " << answer.second;
    mapped.push_back(answer.first);
  }
  return mapped;
}
