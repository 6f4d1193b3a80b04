//===- Payload.cpp - What the ops share of their payload ------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Payload.h"

#include "tasd/Dialect/TASD/Analysis/Layer.h"

using namespace mlir;
using namespace mlir::tasd;

DiagnosedSilenceableFailure
mlir::tasd::failSilenceably(transform::TransformOpInterface transform,
                            Operation *target, const Twine &message) {
  DiagnosedSilenceableFailure failure = transform.emitSilenceableError()
                                        << message;
  failure.attachNote(target->getLoc()) << "when applied to this op";
  return failure;
}

bool mlir::tasd::isInPayload(Operation *op,
                             const transform::TransformState &state) {
  return state.getTopLevel()->isAncestor(op);
}

void mlir::tasd::changePlanCount(const transform::TransformState &state,
                                 int64_t change) {
  auto module = dyn_cast<ModuleOp>(state.getTopLevel());
  if (!module)
    return;
  StringRef name = TASDDialect::kPlanCountAttrName;
  if (auto stamp = module->getAttrOfType<IntegerAttr>(name)) {
    int64_t count = std::max<int64_t>(stamp.getInt() + change, 0);
    module->setAttr(name,
                    Builder(module.getContext()).getI64IntegerAttr(count));
  } else if (change > 0) {
    stampPlanCount(module);
  }
}
