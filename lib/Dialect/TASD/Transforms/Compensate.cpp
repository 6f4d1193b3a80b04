//===- Compensate.cpp - Let kept weights make up for dropped ones ---------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Precondition: planned linalg, and a profile of it with second moments.
// Postcondition: weights hold what their series keep, with values that lose
// less in the layer's results, and zeros; the series cover them.
//
//===----------------------------------------------------------------------===//

#include "tasd/Dialect/TASD/Transforms/Passes.h"

#include "tasd/Dialect/TASD/Transforms/Compensation.h"
#include "tasd/Dialect/TASD/Transforms/Profiling.h"

#include "Resources.h"
#include "SeriesWeights.h"
#include "tasd/Dialect/TASD/Analysis/ConstantTensor.h"
#include "tasd/Dialect/TASD/Analysis/OperandMetrics.h"
#include "tasd/Dialect/TASD/IR/ConstantStorage.h"
#include "tasd/Pass/Remarks.h"
#include "tasd/Sparsity/Compensation.h"
#include "tasd/Sparsity/ProfileFile.h"
#include "llvm/Support/FormatVariadic.h"

#include <cmath>

namespace mlir::tasd {
#define GEN_PASS_DEF_COMPENSATE
#include "tasd/Dialect/TASD/Transforms/Passes.h.inc"
} // namespace mlir::tasd

using namespace mlir;
using namespace mlir::tasd;

StringRef mlir::tasd::findCompensationObstacle(
    const Layer &layer, unsigned input, ArrayRef<int64_t> along,
    const sparsity::OperandProfile *activations) {
  if (!activations || activations->matrixPath.empty())
    return "the profile has no second moments of its activations";
  // Columns have to be windows times the channels of the activations.
  if (along != ArrayRef(layer.getBlockedDims(input, /*isWeights=*/true)))
    return "its blocks do not run along windows and channels";
  if (layer.hasZeroPoint(0) || layer.hasZeroPoint(1))
    return "it subtracts a zero point";
  return "";
}

namespace {
struct CompensatePass : mlir::tasd::impl::CompensateBase<CompensatePass> {
  using CompensateBase::CompensateBase;

  void runOnOperation() override {
    numUnmeasured = numMeasured = 0;
    FailureOr<sparsity::Profile> profile = readProfile();
    if (failed(profile) ||
        failed(verifyProfile(getOperation(), *profile, allowOthers)))
      return signalPassFailure();
    for (const SeriesWeights &weights :
         collectSeriesWeights(getOperation(), /*unplanned=*/nullptr))
      if (failed(compensate(weights, *profile)))
        return signalPassFailure();
    warnIfUseless();
  }

private:
  FailureOr<sparsity::Profile> readProfile();
  LogicalResult compensate(const SeriesWeights &weights,
                           const sparsity::Profile &profile);
  LogicalResult replace(const SeriesWeights &weights, ArrayRef<double> moments);
  void leave(const SeriesWeights &weights, StringRef reason);
  void warnIfUseless();

  /// Layers left for want of moments, and those that have them.
  int64_t numUnmeasured = 0, numMeasured = 0;
};
} // namespace

/// A profile that fits no layer is more likely a slip than a wish.
void CompensatePass::warnIfUseless() {
  if (numUnmeasured > 0 && numMeasured == 0)
    mlir::emitWarning(getOperation().getLoc())
        << "option file: expected second moments of a planned layer's "
           "activations (second-moments=full) but '"
        << file << "' has none";
}

/// Reads the profile, and verifies the other option.
FailureOr<sparsity::Profile> CompensatePass::readProfile() {
  Location loc = getOperation().getLoc();
  if (file.empty())
    return emitError(loc) << "option file: expected a profile but got none";
  if (!(damping >= 0) || std::isinf(damping))
    return emitError(loc) << "option damping: expected a finite number of at "
                             "least 0 but got "
                          << llvm::formatv("{0}", damping.getValue()).str();
  auto *dialect = getContext().getLoadedDialect<TASDDialect>();
  llvm::Expected<sparsity::Profile> profile =
      sparsity::readProfileFile(file, dialect->getPatternRegistry());
  if (!profile)
    return emitError(loc) << "option file: "
                          << llvm::toString(profile.takeError());
  return std::move(*profile);
}

void CompensatePass::leave(const SeriesWeights &weights, StringRef reason) {
  ++numLeft;
  remarkMissed(weights.getLayer().getOp(), "tasd-compensate",
               {{"layer", weights.named.name}, {"reason", reason.str()}});
}

/// Compensates the weights of one layer, if its activations were measured.
LogicalResult CompensatePass::compensate(const SeriesWeights &weights,
                                         const sparsity::Profile &profile) {
  const sparsity::OperandProfile *activations =
      profile.find(weights.named.name, 1 - weights.input);
  bool isMeasured = activations && !activations->matrixPath.empty();
  ++(isMeasured ? numMeasured : numUnmeasured);
  StringRef obstacle = findCompensationObstacle(
      weights.getLayer(), weights.input, weights.along, activations);
  if (!obstacle.empty()) {
    leave(weights, obstacle);
    return success();
  }
  auto moments = sparsity::readSecondMoments(*activations);
  if (!moments)
    return emitError(getOperation().getLoc())
           << llvm::toString(moments.takeError());
  return replace(weights, *moments);
}

LogicalResult CompensatePass::replace(const SeriesWeights &weights,
                                      ArrayRef<double> moments) {
  Value value = weights.getValue();
  FailureOr<ConstantTensor> tensor = ConstantTensor::get(value);
  if (failed(tensor))
    return failure();
  sparsity::TensorView view =
      tensor->getView(weights.along, weights.isUnsigned());
  auto type = cast<RankedTensorType>(value.getType());
  AsmResourceBlob blob =
      HeapAsmResourceBlob::allocate(getNumBytes(type), kResourceAlignment);
  sparsity::TensorView target = sparsity::TensorView::contiguous(
      nullptr, view.elementType, view.blocked.shape, view.blocked.along);
  llvm::Expected<sparsity::Compensation> errors =
      sparsity::compensate(view, weights.series.getSeries(), moments,
                           {blob.getMutableData().data(), target.elementType,
                            target.blocked, target.strides},
                           {damping}, getThreadPool(&getContext()));
  releaseConstantData(&getContext());
  if (!errors) {
    leave(weights, llvm::toString(errors.takeError()));
    return success();
  }
  if (errors->numRows == 0) {
    leave(weights, "its error cannot be made smaller");
    return success();
  }
  linalg::LinalgOp op = weights.getLayer().getOp();
  replaceInput(op, weights.input,
               createConstantAttr(type, weights.named.name, std::move(blob)));
  eraseIfDead(value);
  ++numLayers;
  remarkPassed(
      op, "tasd-compensate",
      {{"layer", weights.named.name},
       {"series", weights.series.getText()},
       {"rows", std::to_string(errors->numRows)},
       {"error_left_share",
        llvm::formatv("{0:f6}", errors->errorAfter / errors->errorBefore)}});
  return success();
}
