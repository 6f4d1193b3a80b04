//===- RewriteOps.cpp - Rewrite chosen ops --------------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Each op says what it asks of its target, which fails silenceably, and calls
// the function that the pass of the same purpose calls.
//
//===----------------------------------------------------------------------===//

#include "Payload.h"
#include "tasd/Conversion/LinalgToTASD/LinalgToTASD.h"
#include "tasd/Conversion/TASDToLinalg/TASDToLinalg.h"
#include "tasd/Conversion/TASDToVector/TASDToVector.h"
#include "tasd/Conversion/VectorKernels/VectorBits.h"
#include "tasd/Dialect/TASD/TransformOps/TASDTransformOps.h"
#include "tasd/Dialect/TASD/Transforms/Transforms.h"

using namespace mlir;
using namespace mlir::tasd;

DiagnosedSilenceableFailure
TransformConvertOp::applyToOne(transform::TransformRewriter &rewriter,
                               linalg::LinalgOp target,
                               transform::ApplyToEachResultList &results,
                               transform::TransformState &state) {
  auto plan = target->getAttrOfType<PlanAttr>(TASDDialect::kPlanAttrName);
  if (!plan || plan.isDense())
    return failSilenceably(*this, target, "expected a plan with a series");
  std::optional<Layer> layer = Layer::match(target);
  std::string violation = layer ? layer->findViolation(plan)
                                : "expected a contraction or a convolution";
  if (!violation.empty())
    return failSilenceably(*this, target, violation);
  results.push_back(convertLayerToTASD(rewriter, *layer, plan));
  changePlanCount(state, -1);
  return DiagnosedSilenceableFailure::success();
}

/// The payload of a handle as ops of one kind.
template <typename OpTy>
static DiagnosedSilenceableFailure
getTargetsOfKind(transform::TransformOpInterface transform, Value handle,
                 transform::TransformState &state,
                 SmallVectorImpl<OpTy> &targets) {
  for (Operation *target : state.getPayloadOps(handle)) {
    auto op = dyn_cast<OpTy>(target);
    if (!op)
      return failSilenceably(transform, target,
                             "expected '" + OpTy::getOperationName() +
                                 "' but got '" +
                                 target->getName().getStringRef() + "'");
    targets.push_back(op);
  }
  return DiagnosedSilenceableFailure::success();
}

DiagnosedSilenceableFailure
TransformPackOp::apply(transform::TransformRewriter &rewriter,
                       transform::TransformResults &results,
                       transform::TransformState &state) {
  SmallVector<DecomposeOp> targets;
  DiagnosedSilenceableFailure status =
      getTargetsOfKind(*this, getTarget(), state, targets);
  if (!status.succeeded())
    return status;
  SeriesPacker packer(rewriter);
  SmallVector<Operation *> assembled;
  for (DecomposeOp target : targets) {
    FailureOr<AssembleOp> series = packer.replace(target);
    if (failed(series))
      return DiagnosedSilenceableFailure::definiteFailure();
    assembled.push_back(*series);
  }
  results.set(cast<OpResult>(getAssembled()), assembled);
  return DiagnosedSilenceableFailure::success();
}

DiagnosedSilenceableFailure
TransformDistributeOp::apply(transform::TransformRewriter &rewriter,
                             transform::TransformResults &results,
                             transform::TransformState &state) {
  SmallVector<ContractOp> targets;
  DiagnosedSilenceableFailure status =
      getTargetsOfKind(*this, getTarget(), state, targets);
  if (!status.succeeded())
    return status;
  SmallVector<Operation *> products;
  for (ContractOp target : targets) {
    if (hasSeveralTerms(target))
      llvm::append_range(products, distributeTerms(rewriter, target));
    else
      products.push_back(target);
  }
  results.set(cast<OpResult>(getProducts()), products);
  return DiagnosedSilenceableFailure::success();
}

DiagnosedSilenceableFailure
TransformLowerToLinalgOp::applyToOne(transform::TransformRewriter &rewriter,
                                     ContractOp target,
                                     transform::ApplyToEachResultList &results,
                                     transform::TransformState &state) {
  for (Value input : {target.getLhs(), target.getRhs()})
    if (isa<SeriesType>(input.getType()) && !isPackedSeries(input))
      return failSilenceably(*this, target, "expected packed series");
  results.push_back(lowerContractToLinalg(rewriter, target));
  return DiagnosedSilenceableFailure::success();
}

LogicalResult TransformLowerToVectorOp::verify() {
  // lower_to_vector_c1
  return verifyVectorBits(getVectorBits(), [&] { return emitOpError(); });
}

DiagnosedSilenceableFailure
TransformLowerToVectorOp::applyToOne(transform::TransformRewriter &rewriter,
                                     ContractOp target,
                                     transform::ApplyToEachResultList &results,
                                     transform::TransformState &state) {
  ConvertTASDToVectorOptions options;
  options.vectorBits = getVectorBits();
  options.cacheKib = getCacheKib();
  options.hideSplats = getHideSplats();
  options.threads = getThreads();
  StringRef reason;
  if (failed(lowerContractToVector(rewriter, target, options, reason)))
    return failSilenceably(*this, target, "expected packed series: " + reason);
  return DiagnosedSilenceableFailure::success();
}

//===----------------------------------------------------------------------===//
// Effects
//===----------------------------------------------------------------------===//

/// Of a rewrite: what the handle of the targets stood for is gone.
static void
addRewriteEffects(Operation *transform,
                  SmallVectorImpl<MemoryEffects::EffectInstance> &effects) {
  transform::consumesHandle(transform->getOpOperands(), effects);
  transform::producesHandle(transform->getOpResults(), effects);
  transform::modifiesPayload(effects);
}

void TransformConvertOp::getEffects(
    SmallVectorImpl<MemoryEffects::EffectInstance> &effects) {
  addRewriteEffects(*this, effects);
}

void TransformPackOp::getEffects(
    SmallVectorImpl<MemoryEffects::EffectInstance> &effects) {
  addRewriteEffects(*this, effects);
}

void TransformDistributeOp::getEffects(
    SmallVectorImpl<MemoryEffects::EffectInstance> &effects) {
  addRewriteEffects(*this, effects);
}

void TransformLowerToLinalgOp::getEffects(
    SmallVectorImpl<MemoryEffects::EffectInstance> &effects) {
  addRewriteEffects(*this, effects);
}

void TransformLowerToVectorOp::getEffects(
    SmallVectorImpl<MemoryEffects::EffectInstance> &effects) {
  addRewriteEffects(*this, effects);
}
