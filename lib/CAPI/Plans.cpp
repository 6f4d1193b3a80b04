//===- Plans.cpp - C API of layers and their plans ------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd-c/Plans.h"

#include "mlir/CAPI/IR.h"
#include "mlir/CAPI/Support.h"
#include "tasd/Dialect/TASD/Analysis/Layer.h"

using namespace mlir;
using namespace mlir::tasd;

//===----------------------------------------------------------------------===//
// Plans of operands
//===----------------------------------------------------------------------===//

static_assert(TasdDecomposeAtCompileTime ==
                      static_cast<int>(DecomposeTime::CompileTime) &&
                  TasdDecomposeAtRunTime ==
                      static_cast<int>(DecomposeTime::RunTime),
              "expected the same values in C");

bool tasdAttributeIsAOperandPlan(MlirAttribute attr) {
  return isa_and_present<OperandPlanAttr>(unwrap(attr));
}

MlirAttribute tasdOperandPlanAttrGet(MlirLocation loc, MlirAttribute series,
                                     intptr_t numAlong, const int64_t *along,
                                     TasdDecomposeTime time) {
  Location location = unwrap(loc);
  auto attr = dyn_cast_if_present<SeriesAttr>(unwrap(series));
  std::optional<DecomposeTime> decomposeTime = symbolizeDecomposeTime(time);
  if (!attr) {
    emitError(location) << "expected a #tasd.series but got " << unwrap(series);
    return wrap(Attribute());
  }
  if (!decomposeTime) {
    emitError(location) << "expected a time to decompose of 0 or 1 but got "
                        << static_cast<int64_t>(time);
    return wrap(Attribute());
  }
  return wrap(OperandPlanAttr::getChecked(
      [&] { return emitError(location); }, location->getContext(), attr,
      ArrayRef(along, numAlong), *decomposeTime));
}

MlirAttribute tasdOperandPlanAttrGetSeries(MlirAttribute attr) {
  return wrap(cast<OperandPlanAttr>(unwrap(attr)).getSeries());
}

intptr_t tasdOperandPlanAttrGetNumAlong(MlirAttribute attr) {
  return cast<OperandPlanAttr>(unwrap(attr)).getAlong().size();
}

int64_t tasdOperandPlanAttrGetAlong(MlirAttribute attr, intptr_t pos) {
  return cast<OperandPlanAttr>(unwrap(attr)).getAlong()[pos];
}

TasdDecomposeTime tasdOperandPlanAttrGetTime(MlirAttribute attr) {
  return static_cast<TasdDecomposeTime>(
      cast<OperandPlanAttr>(unwrap(attr)).getTime());
}

//===----------------------------------------------------------------------===//
// Mappings
//===----------------------------------------------------------------------===//

bool tasdAttributeIsAMapping(MlirAttribute attr) {
  return isa_and_present<MappingAttr>(unwrap(attr));
}

MlirAttribute tasdMappingAttrGet(MlirLocation loc, MlirStringRef machine,
                                 int64_t a, MlirStringRef text) {
  Location location = unwrap(loc);
  MLIRContext *context = location->getContext();
  context->getOrLoadDialect<TASDDialect>();
  FailureOr<MappingAttr> mapping =
      MappingAttr::parseText(StringAttr::get(context, unwrap(machine)), a,
                             unwrap(text), [&] { return emitError(location); });
  return wrap(succeeded(mapping) ? Attribute(*mapping) : Attribute());
}

MlirStringRef tasdMappingAttrGetMachine(MlirAttribute attr) {
  return wrap(cast<MappingAttr>(unwrap(attr)).getMachine().getValue());
}

int64_t tasdMappingAttrGetA(MlirAttribute attr) {
  return cast<MappingAttr>(unwrap(attr)).getA();
}

intptr_t tasdMappingAttrGetNumLevels(MlirAttribute attr) {
  return cast<MappingAttr>(unwrap(attr)).getLevels().size();
}

MlirStringRef tasdMappingAttrGetLevel(MlirAttribute attr, intptr_t pos) {
  return wrap(cast<MappingAttr>(unwrap(attr)).getLevels()[pos].getValue());
}

//===----------------------------------------------------------------------===//
// Plans of layers
//===----------------------------------------------------------------------===//

bool tasdAttributeIsAPlan(MlirAttribute attr) {
  return isa_and_present<PlanAttr>(unwrap(attr));
}

MlirAttribute tasdPlanAttrGet(MlirLocation loc, intptr_t numInputs,
                              const MlirAttribute *inputs) {
  Location location = unwrap(loc);
  location->getContext()->getOrLoadDialect<TASDDialect>();
  SmallVector<OperandPlanAttr> plans;
  for (MlirAttribute attr : ArrayRef(inputs, numInputs)) {
    auto plan = dyn_cast_if_present<OperandPlanAttr>(unwrap(attr));
    if (!plan && unwrap(attr)) {
      emitError(location) << "expected a #tasd.operand_plan but got "
                          << unwrap(attr);
      return wrap(Attribute());
    }
    plans.push_back(plan);
  }
  return wrap(
      PlanAttr::get(location->getContext(), plans, /*mapping=*/nullptr));
}

intptr_t tasdPlanAttrGetNumInputs(MlirAttribute attr) {
  return cast<PlanAttr>(unwrap(attr)).getInputs().size();
}

MlirAttribute tasdPlanAttrGetInput(MlirAttribute attr, intptr_t pos) {
  return wrap(cast<PlanAttr>(unwrap(attr)).getInputs()[pos]);
}

MlirAttribute tasdPlanAttrGetMapping(MlirAttribute attr) {
  return wrap(cast<PlanAttr>(unwrap(attr)).getMapping());
}

MlirAttribute tasdPlanAttrWithMapping(MlirLocation loc, MlirAttribute attr,
                                      MlirAttribute mapping) {
  Location location = unwrap(loc);
  if (unwrap(mapping) && !isa<MappingAttr>(unwrap(mapping))) {
    emitError(location) << "expected a #tasd.mapping but got "
                        << unwrap(mapping);
    return wrap(Attribute());
  }
  return wrap(PlanAttr::getChecked(
      [&] { return emitError(location); }, location->getContext(),
      cast<PlanAttr>(unwrap(attr)).getInputs(),
      cast_if_present<MappingAttr>(unwrap(mapping))));
}

bool tasdPlanAttrIsDense(MlirAttribute attr) {
  return cast<PlanAttr>(unwrap(attr)).isDense();
}

//===----------------------------------------------------------------------===//
// Layers
//===----------------------------------------------------------------------===//

void tasdForEachLayer(MlirOperation root, TasdLayerCallback callback,
                      void *userData) {
  for (const NamedLayer &named : collectLayers(unwrap(root)))
    callback(wrap(StringRef(named.name)), wrap(named.layer.getOp()),
             wrap(named.layer.getObstacle()), userData);
}

/// Checks what may be wrong with the plan of an op.
static LogicalResult verifyPlan(Operation *op, Attribute attr) {
  auto *dialect = op->getContext()->getOrLoadDialect<TASDDialect>();
  StringAttr name =
      StringAttr::get(op->getContext(), TASDDialect::kPlanAttrName);
  if (failed(dialect->verifyOperationAttribute(op, {name, attr})))
    return failure();
  return mlir::tasd::verifyPlan(cast<linalg::LinalgOp>(op),
                                cast<PlanAttr>(attr));
}

MlirAttribute tasdLayerGetPlan(MlirOperation op) {
  return wrap(unwrap(op)->getAttr(TASDDialect::kPlanAttrName));
}

MlirLogicalResult tasdLayerSetPlan(MlirOperation op, MlirAttribute plan) {
  Operation *layer = unwrap(op);
  if (!unwrap(plan))
    return wrap(layer->emitOpError("expected a plan but got none"));
  if (failed(verifyPlan(layer, unwrap(plan))))
    return wrap(failure());
  layer->setAttr(TASDDialect::kPlanAttrName, unwrap(plan));
  return wrap(success());
}

MlirLogicalResult tasdLayerVerifyPlan(MlirOperation op) {
  Attribute plan = unwrap(op)->getAttr(TASDDialect::kPlanAttrName);
  return wrap(plan ? verifyPlan(unwrap(op), plan) : success());
}

void tasdLayerRemovePlan(MlirOperation op) {
  unwrap(op)->removeAttr(TASDDialect::kPlanAttrName);
}

void tasdModuleStampPlanCount(MlirModule module) {
  stampPlanCount(unwrap(module));
}
