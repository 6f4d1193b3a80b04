//===- OperandCandidates.cpp - The series that an input could have --------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "OperandCandidates.h"

#include "tasd/Dialect/TASD/Analysis/ConstantTensor.h"
#include "tasd/Dialect/TASD/Analysis/OperandMetrics.h"
#include "tasd/Dialect/TASD/Transforms/PrunedWeights.h"

using namespace mlir;
using namespace mlir::tasd;

SmallVector<unsigned, 2> mlir::tasd::getInputs(const Layer &layer,
                                               PlanSide side) {
  bool constant[2];
  for (unsigned input : {0, 1})
    constant[input] = ConstantTensor::isConstant(layer.getInput(input));
  SmallVector<unsigned, 2> inputs;
  if (side != PlanSide::Activations && constant[1])
    inputs.push_back(1);
  if (side != PlanSide::Weights && !constant[0])
    inputs.push_back(0);
  else if (side != PlanSide::Activations && constant[0] && !constant[1])
    inputs.push_back(0);
  if (side != PlanSide::Weights && !constant[1] && constant[0])
    inputs.push_back(1);
  return inputs;
}

StringRef mlir::tasd::getNoInputReason(PlanSide side) {
  return side == PlanSide::Weights ? "it has no constant input"
                                   : "both inputs are constant";
}

std::string OperandCandidates::getReason() const {
  if (!obstacle.empty())
    return obstacle;
  for (const OperandCandidate &candidate : list)
    if (!candidate.obstacle.empty())
      return candidate.obstacle;
  return "every candidate drops more magnitude than the bound";
}

std::string mlir::tasd::findInputObstacle(ShapedType type,
                                          ArrayRef<int64_t> along) {
  if (along.empty())
    return "no dimension to block is summed over";
  if (llvm::any_of(along, [&](int64_t dim) { return type.isDynamicDim(dim); }))
    return "a dimension to block is dynamic";
  std::string reason;
  if (!getSparsityElementType(type.getElementType(), /*isUnsigned=*/false))
    llvm::raw_string_ostream(reason)
        << "series cannot have elements of '" << type.getElementType() << "'";
  return reason;
}

/// Whether a series drops at most a share of `bound`. One that drops nothing
/// does, whatever the magnitude; a bound of 0 allows no other, not even where
/// the share rounds to 0 or the magnitude is infinite. A share that is not a
/// number is within no bound.
static bool isWithin(const sparsity::SeriesMetrics &metrics, double bound) {
  if (metrics.isLossless())
    return true;
  return bound > 0 && metrics.getDroppedMagnitudeShare() <= bound;
}

/// Whether only series that drop nothing may be taken.
static bool mustBeLossless(const PlanRequest &request, SeriesAttr series) {
  return request.model &&
         !mayDrop(request.model->getMachine(), series.getSeries());
}

static std::string getLossyReason(const PlanRequest &request) {
  return "machine '" + request.model->getMachine().name +
         "' runs no series that drops non-zeros";
}

static double getSquaredFrobenius(const sparsity::SeriesMetrics &metrics) {
  double norm = metrics.getRelativeFrobeniusError();
  return norm * norm;
}

static std::vector<sparsity::Series> getSeries(const PlanRequest &request) {
  std::vector<sparsity::Series> series;
  for (SeriesAttr candidate : request.candidates)
    series.push_back(candidate.getSeries());
  return series;
}

/// What pruning measured of an input; none where it was not pruned by scores.
static std::optional<sparsity::Metrics>
findPruned(const PlanRequest &request, const Layer &layer, unsigned input) {
  if (!request.pruned)
    return std::nullopt;
  sparsity::Metrics metrics;
  for (SeriesAttr series : request.candidates) {
    const PrunedWeights::Input *pruned =
        request.pruned->find(layer.getOp(), input, series);
    if (!pruned)
      return std::nullopt;
    metrics.tensor = pruned->metrics.tensor;
    metrics.series.push_back(pruned->metrics.series.front());
  }
  return metrics;
}

/// What each series drops of constant data, or of what its scores are.
static FailureOr<sparsity::Metrics>
measure(const PlanRequest &request, const Layer &layer,
        const OperandCandidates &candidates) {
  if (auto metrics = findPruned(request, layer, candidates.input))
    return std::move(*metrics);
  return measureWeights(layer, candidates.input, candidates.along,
                        getSeries(request));
}

/// Says of constant data what each series drops of it.
static LogicalResult judgeWeights(const PlanRequest &request,
                                  const Layer &layer,
                                  OperandCandidates &candidates) {
  FailureOr<sparsity::Metrics> metrics = measure(request, layer, candidates);
  if (failed(metrics))
    return failure();
  candidates.density = metrics->tensor.getDensity();
  for (auto [candidate, kept] : llvm::zip(candidates.list, metrics->series)) {
    candidate.metrics = kept;
    candidate.isWithinBound = !request.bound || isWithin(kept, *request.bound);
    if (candidate.isWithinBound &&
        mustBeLossless(request, candidate.plan.getSeries()) &&
        !kept.isLossless())
      candidate.obstacle = getLossyReason(request);
    if (request.isPruning && kept.keptNonZeros == metrics->tensor.numElements)
      candidate.obstacle = "pruning leaves out none of its elements";
  }
  return success();
}

/// A plan for one input of a layer.
static PlanAttr getPlan(const Layer &layer, unsigned input,
                        OperandPlanAttr operand) {
  linalg::LinalgOp op = layer.getOp();
  SmallVector<OperandPlanAttr> plans(op.getNumDpsInputs());
  plans[input] = operand;
  return PlanAttr::get(op->getContext(), plans, /*mapping=*/nullptr);
}

/// The share of a layer's expected squared output that goes with what pruning
/// leaves out of an input.
static FailureOr<double> measurePruned(const PlanRequest &request,
                                       const Layer &layer,
                                       const OperandCandidates &candidates,
                                       const OperandCandidate &candidate) {
  auto whole = measureOutputNorm(layer, candidates.input, candidates.along);
  if (failed(whole))
    return failure();
  if (!*whole)
    return getSquaredFrobenius(*candidate.metrics);
  PrunedScope scope(request.pruned.get(), layer.getOp(),
                    getPlan(layer, candidates.input, candidate.plan));
  auto rest = measureOutputNorm(layer, candidates.input, candidates.along);
  if (failed(rest))
    return failure();
  return **whole == 0 ? 0 : std::max(0.0, 1 - **rest / **whole);
}

static LogicalResult addPrunedErrors(const PlanRequest &request,
                                     const Layer &layer,
                                     OperandCandidates &candidates) {
  for (OperandCandidate &candidate : candidates.list) {
    auto error = measurePruned(request, layer, candidates, candidate);
    if (failed(error))
      return failure();
    candidate.outputError = *error;
  }
  return success();
}

/// Fills in the output errors, which take another pass over the data.
static LogicalResult addOutputErrors(const PlanRequest &request,
                                     const Layer &layer,
                                     OperandCandidates &candidates) {
  if (request.pruned)
    return addPrunedErrors(request, layer, candidates);
  auto errors = measureOutputErrors(layer, candidates.input, candidates.along,
                                    getSeries(request));
  if (failed(errors))
    return failure();
  for (auto [index, candidate] : llvm::enumerate(candidates.list))
    candidate.outputError =
        *errors ? (**errors)[index] : getSquaredFrobenius(*candidate.metrics);
  return success();
}

std::optional<double> mlir::tasd::findProfiledDensity(const Layer &layer,
                                                      unsigned input) {
  OperandProfileAttr profile = findProfile(
      layer, input, layer.getBlockedDims(input, /*isWeights=*/false));
  if (!profile)
    return std::nullopt;
  return profile.getDensity() < profile.getShare() ? profile.getDensity()
                                                   : profile.getPseudoDensity();
}

/// Why nothing is known of what a series of activations drops.
static std::string getUnknownReason(OperandProfileAttr profile,
                                    SeriesAttr series) {
  if (!profile)
    return "without a profile nothing is known of what a series of its "
           "activations drops";
  return "the profile does not say what " + series.getText() +
         " drops of its activations";
}

/// Says of data known at run time only what its profile knows of each series.
/// No machine is promised that other data obeys a series as well.
static void judgeActivations(const PlanRequest &request, const Layer &layer,
                             OperandCandidates &candidates, bool needsMetrics) {
  OperandProfileAttr profile =
      findProfile(layer, candidates.input, candidates.along);
  candidates.density = findProfiledDensity(layer, candidates.input);
  for (OperandCandidate &candidate : candidates.list) {
    SeriesAttr series = candidate.plan.getSeries();
    if (profile)
      candidate.metrics = profile.getSeriesMetrics(series);
    if (candidate.metrics) {
      candidate.outputError = getSquaredFrobenius(*candidate.metrics);
      candidate.isWithinBound =
          !request.bound || isWithin(*candidate.metrics, *request.bound);
    } else if (needsMetrics || request.bound ||
               mustBeLossless(request, series)) {
      candidate.obstacle = getUnknownReason(profile, series);
    }
    if (candidate.metrics && mustBeLossless(request, series))
      candidate.obstacle = getLossyReason(request);
  }
}

FailureOr<OperandCandidates>
mlir::tasd::findOperandCandidates(const PlanRequest &request,
                                  const Layer &layer, unsigned input,
                                  bool needsMetrics) {
  OperandCandidates candidates;
  candidates.input = input;
  candidates.isWeights = ConstantTensor::isConstant(layer.getInput(input));
  candidates.along = layer.getBlockedDims(input, candidates.isWeights);
  candidates.obstacle =
      findInputObstacle(layer.getContraction().types[input], candidates.along);
  if (!candidates.obstacle.empty())
    return candidates;
  DecomposeTime time = candidates.isWeights ? DecomposeTime::CompileTime
                                            : DecomposeTime::RunTime;
  for (SeriesAttr series : request.candidates)
    candidates.list.emplace_back().plan = OperandPlanAttr::get(
        series.getContext(), series, candidates.along, time);
  if (!candidates.isWeights)
    judgeActivations(request, layer, candidates, needsMetrics);
  else if (failed(judgeWeights(request, layer, candidates)) ||
           (needsMetrics &&
            failed(addOutputErrors(request, layer, candidates))))
    return failure();
  return candidates;
}
