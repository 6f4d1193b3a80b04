//===- SeriesWeights.cpp - Constant weights with a series -----------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SeriesWeights.h"

#include "tasd/Dialect/TASD/Analysis/ConstantTensor.h"

using namespace mlir;
using namespace mlir::tasd;

/// The weights of a layer without a plan; none if it has none that can be a
/// series.
static std::optional<SeriesWeights> getWeights(const NamedLayer &named,
                                               SeriesAttr series) {
  if (!named.layer.getObstacle().empty())
    return std::nullopt;
  for (unsigned input : {1, 0}) {
    SmallVector<int64_t> along =
        named.layer.getBlockedDims(input, /*isWeights=*/true);
    Type elementType =
        named.layer.getContraction().types[input].getElementType();
    if (!along.empty() &&
        getSparsityElementType(elementType, /*isUnsigned=*/false) &&
        ConstantTensor::isConstant(named.layer.getInput(input)))
      return SeriesWeights{named, input, series, along};
  }
  return std::nullopt;
}

std::vector<SeriesWeights>
mlir::tasd::collectSeriesWeights(ModuleOp module, SeriesAttr unplanned) {
  std::vector<SeriesWeights> all;
  for (const NamedLayer &named : collectLayers(module)) {
    linalg::LinalgOp op = named.layer.getOp();
    auto plan = op->getAttrOfType<PlanAttr>(TASDDialect::kPlanAttrName);
    if (plan) {
      for (unsigned input : {0, 1})
        if (OperandPlanAttr operand = plan.getInputs()[input];
            operand && operand.getTime() == DecomposeTime::CompileTime)
          all.push_back({named, input, operand.getSeries(),
                         llvm::to_vector(operand.getAlong())});
    } else if (unplanned) {
      if (std::optional<SeriesWeights> weights = getWeights(named, unplanned))
        all.push_back(std::move(*weights));
    }
  }
  return all;
}
