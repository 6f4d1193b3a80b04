//===- LayerPlanner.h - Choose the series of one layer ----------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// For each input of the side asked for, the first candidate within the bound;
// with a machine, the first of them that gains.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_DIALECT_TASD_TRANSFORMS_LAYERPLANNER_H
#define TASD_LIB_DIALECT_TASD_TRANSFORMS_LAYERPLANNER_H

#include "tasd/Dialect/TASD/Transforms/Planning.h"

namespace mlir::tasd {

class LayerPlanner {
public:
  LayerPlanner(const PlanRequest &request, const NamedLayer &named)
      : request(request), named(named), layer(named.layer),
        plans(linalg::LinalgOp(layer.getOp()).getNumDpsInputs()) {}

  /// Decides for a layer that has no plan. Errors are emitted at the op whose
  /// data is at fault.
  FailureOr<PlanDecision> decide();

private:
  LogicalResult decideSeries();
  LogicalResult decideInput(unsigned input);
  FailureOr<bool> accept(unsigned input, OperandPlanAttr candidate);
  bool gains(const LayerWork &work, cost::Objective objective);
  FailureOr<bool> gains(PlanAttr plan);
  LogicalResult mapDense();
  PlanAttr getPlan() const;
  /// Says why an input stays dense; of several reasons the first counts, which
  /// is that of the candidate most wanted.
  void reject(const Twine &reason);

  const PlanRequest &request;
  const NamedLayer &named;
  const Layer &layer;
  /// Of each input; null where dense.
  SmallVector<OperandPlanAttr> plans;
  std::string inputReason;
  /// The layer without series, with a machine.
  LayerWork dense;
  PlanDecision decision;
};

} // namespace mlir::tasd

#endif // TASD_LIB_DIALECT_TASD_TRANSFORMS_LAYERPLANNER_H
