//===- OutputErrors.cpp - What series change of a layer's output ----------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What is dropped of a column of weights counts by the second moment of the
// activations that the column meets. Activations are measured along their
// channels: every tap of a window meets the same.
//
//===----------------------------------------------------------------------===//

#include "tasd/Dialect/TASD/Analysis/OperandMetrics.h"

#include "tasd/Dialect/TASD/Analysis/ConstantTensor.h"
#include "tasd/Dialect/TASD/IR/ConstantStorage.h"
#include "tasd/Sparsity/WeightedNorms.h"

using namespace mlir;
using namespace mlir::tasd;

static OperandProfileAttr getProfile(const Layer &layer, unsigned input) {
  auto profile =
      linalg::LinalgOp(layer.getOp())
          ->getAttrOfType<ProfileAttr>(TASDDialect::kProfileAttrName);
  return profile ? profile.getInputs()[input] : nullptr;
}

OperandProfileAttr mlir::tasd::findProfile(const Layer &layer, unsigned input,
                                           ArrayRef<int64_t> along) {
  OperandProfileAttr profile = getProfile(layer, input);
  return profile && profile.getAlong() == along ? profile : nullptr;
}

/// The loop that indexes each of the dimensions; none if one is no loop alone.
static std::optional<SmallVector<unsigned>>
getLoops(const Contraction &contraction, unsigned input,
         ArrayRef<int64_t> dims) {
  SmallVector<unsigned> loops;
  for (int64_t dim : dims) {
    auto loop = matchLoop(contraction.maps[input].getResult(dim));
    if (!loop)
      return std::nullopt;
    loops.push_back(*loop);
  }
  return loops;
}

/// The second moments that the columns of an input meet: of each its position
/// along the loops of the moments, whatever the others. None if the moments
/// have a loop that the columns have not.
static std::optional<std::vector<double>>
spreadMoments(ArrayRef<double> moments, ArrayRef<unsigned> momentLoops,
              ArrayRef<unsigned> loops, ArrayRef<int64_t> extents) {
  // How far each loop of the columns moves among the moments.
  SmallVector<int64_t> strides(loops.size(), 0);
  int64_t stride = 1;
  for (unsigned loop : llvm::reverse(momentLoops)) {
    auto it = llvm::find(loops, loop);
    if (it == loops.end())
      return std::nullopt;
    size_t position = it - loops.begin();
    strides[position] = stride;
    stride *= extents[position];
  }
  if (stride != static_cast<int64_t>(moments.size()))
    return std::nullopt;
  std::vector<int64_t> positions = {0};
  for (auto [extent, step] : llvm::zip_equal(extents, strides)) {
    std::vector<int64_t> next;
    for (int64_t position : positions)
      for (int64_t i = 0; i < extent; ++i)
        next.push_back(position + i * step);
    positions = std::move(next);
  }
  std::vector<double> result;
  for (int64_t position : positions)
    result.push_back(moments[position]);
  return result;
}

/// By the profile of the other input.
static std::optional<std::vector<double>>
getColumnMoments(const Layer &layer, unsigned input, ArrayRef<int64_t> along) {
  OperandProfileAttr other = getProfile(layer, 1 - input);
  if (!other || other.getSecondMoments().empty())
    return std::nullopt;
  const Contraction &contraction = layer.getContraction();
  auto loops = getLoops(contraction, input, along);
  auto momentLoops = getLoops(contraction, 1 - input, other.getAlong());
  if (!loops || !momentLoops)
    return std::nullopt;
  SmallVector<int64_t> extents;
  for (int64_t dim : along)
    extents.push_back(contraction.types[input].getDimSize(dim));
  return spreadMoments(other.getSecondMoments(), *momentLoops, *loops, extents);
}

/// The norms of a constant input that count columns by what they meet; none
/// where that is not known.
static FailureOr<std::optional<sparsity::WeightedNorms>>
measureNorms(const Layer &layer, unsigned input, ArrayRef<int64_t> along,
             ArrayRef<sparsity::Series> series) {
  std::optional<sparsity::WeightedNorms> none;
  auto moments = getColumnMoments(layer, input, along);
  if (!moments)
    return none;
  FailureOr<ConstantTensor> tensor = ConstantTensor::get(layer.getInput(input));
  if (failed(tensor))
    return failure();
  MLIRContext *context = layer.getOp()->getContext();
  auto norms = sparsity::measureWeightedNorms(
      tensor->getView(along, layer.getContraction().isUnsigned[input]), series,
      *moments, getThreadPool(context));
  releaseConstantData(context);
  if (!norms)
    return layer.getOp()->emitError(llvm::toString(norms.takeError()));
  return std::optional(std::move(*norms));
}

FailureOr<std::optional<std::vector<double>>>
mlir::tasd::measureOutputErrors(const Layer &layer, unsigned input,
                                ArrayRef<int64_t> along,
                                ArrayRef<sparsity::Series> series) {
  std::optional<std::vector<double>> errors;
  auto norms = measureNorms(layer, input, along, series);
  if (failed(norms))
    return failure();
  if (!*norms)
    return errors;
  errors.emplace();
  for (size_t i = 0; i < series.size(); ++i)
    errors->push_back((*norms)->getDroppedShare(i));
  return errors;
}

FailureOr<std::optional<double>>
mlir::tasd::measureOutputNorm(const Layer &layer, unsigned input,
                              ArrayRef<int64_t> along) {
  std::optional<double> norm;
  auto norms = measureNorms(layer, input, along, {});
  if (failed(norms))
    return failure();
  if (*norms)
    norm = (*norms)->whole;
  return norm;
}
