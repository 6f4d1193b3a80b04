//===- LayerCandidates.cpp - All ways to run a layer ----------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LayerCandidates.h"

#include "Gains.h"
#include "PlannedWork.h"

using namespace mlir;
using namespace mlir::tasd;
using search::Candidate;

/// Of several reasons the first counts.
void LayerCandidates::reject(const Twine &text) {
  if (reason.empty())
    reason = text.str();
}

//===----------------------------------------------------------------------===//
// Series
//===----------------------------------------------------------------------===//

/// The series of an input that may be taken.
std::vector<LayerCandidates::Choice>
LayerCandidates::getChoices(const OperandCandidates &operand) {
  std::vector<Choice> choices;
  for (const OperandCandidate &candidate : operand.list)
    if (candidate.isAllowed())
      choices.push_back({&operand, &candidate});
  if (choices.empty())
    reject(operand.getReason());
  return choices;
}

/// What the inputs of the choices become.
LayerCandidates::Pair
LayerCandidates::makePair(ArrayRef<Choice> choices) const {
  linalg::LinalgOp op = named.layer.getOp();
  SmallVector<OperandPlanAttr> plans(op.getNumDpsInputs());
  Pair pair;
  for (const Choice &choice : choices) {
    OperandPlanAttr plan = choice.candidate->plan;
    plans[choice.operand->input] = plan;
    (choice.operand->isWeights ? pair.weights : pair.activations) =
        plan.getSeries().getSeries();
    pair.metrics[choice.operand->input] = choice.candidate->metrics;
    search::ErrorFigures errors = search::getErrorFigures(
        *choice.candidate->metrics, choice.candidate->outputError);
    pair.errors += errors;
    pair.outputErrors[choice.operand->input] = errors.squaredOutput;
  }
  pair.plan = PlanAttr::get(op->getContext(), plans, /*mapping=*/nullptr);
  return pair;
}

/// Adds a pair, if it can be carried out. Errors are emitted at the op whose
/// data is at fault.
LogicalResult LayerCandidates::addPair(ArrayRef<Choice> choices) {
  Pair pair = makePair(choices);
  std::string violation = named.layer.findViolation(pair.plan);
  if (!violation.empty()) {
    reject(violation);
    return success();
  }
  auto work = getPlannedWork(request, named, pair.plan, dense);
  if (failed(work))
    return failure();
  pair.work = std::move(*work);
  pairs.push_back(std::move(pair));
  return success();
}

/// Adds every series of each input, then every pair of them.
LogicalResult LayerCandidates::addSeries() {
  SmallVector<unsigned, 2> inputs = getInputs(named.layer, request.side);
  if (inputs.empty())
    reject(getNoInputReason(request.side));
  SmallVector<OperandCandidates, 2> operands;
  for (unsigned input : inputs) {
    auto operand = findOperandCandidates(request, named.layer, input,
                                         /*needsMetrics=*/true);
    if (failed(operand))
      return failure();
    (operand->isWeights ? weightDensity : activationDensity) = operand->density;
    operands.push_back(std::move(*operand));
  }
  std::vector<std::vector<Choice>> choices;
  for (const OperandCandidates &operand : operands)
    for (const Choice &choice : choices.emplace_back(getChoices(operand)))
      if (failed(addPair(choice)))
        return failure();
  if (choices.size() == 2)
    for (const Choice &first : choices[0])
      for (const Choice &second : choices[1])
        if (failed(addPair({first, second})))
          return failure();
  return success();
}

LogicalResult LayerCandidates::find() {
  const CostModel &model = *request.model;
  dense = LayerWork::get(named, /*plan=*/nullptr, model.getDynamicExtent());
  if (failed(measureDensities(dense, model.getMachine())))
    return failure();
  pairs.push_back(makePair({}));
  if (!request.isChosen(named.name))
    reject("the options leave it out");
  else if (!named.layer.getObstacle().empty())
    reject(named.layer.getObstacle());
  else if (request.candidates.empty())
    reject("none of the series to choose from runs on machine '" +
           model.getMachine().name + "'");
  else if (dense.obstacle.empty())
    return addSeries();
  return success();
}

//===----------------------------------------------------------------------===//
// Mappings
//===----------------------------------------------------------------------===//

/// Whether one of two mappings costs the least of both in cycles and energy.
static bool isBestForAll(const cost::Cost &latency, const cost::Cost &energy) {
  return latency.energyPj <= energy.energyPj || energy.cycles <= latency.cycles;
}

/// Adds the mappings that are the best for each objective. What one costs makes
/// the search of the next one faster.
llvm::Error LayerCandidates::mapForAll(Pair &pair,
                                       const LayerWork &work) const {
  for (cost::Objective objective : cost::kObjectives) {
    const MappedLayer *known = nullptr;
    for (const MappedLayer &mapped : pair.mapped)
      if (!known ||
          cost::isBetter(objective, mapped.mapped.cost, known->mapped.cost))
        known = &mapped;
    if (objective == cost::Objective::Edp &&
        isBestForAll(pair.mapped[0].mapped.cost, pair.mapped[1].mapped.cost))
      break;
    auto mapped = request.model->compute(work, objective, known);
    if (!mapped)
      return mapped.takeError();
    pair.mapped.push_back(std::move(*mapped));
  }
  return llvm::Error::success();
}

/// Adds the best mapping that is worse than dense in nothing, where the best
/// one of all is.
llvm::Error LayerCandidates::mapWithinDense(Pair &pair,
                                            const LayerWork &work) const {
  const CostModel &model = *request.model;
  auto other = model.compute(dense);
  if (!other)
    return other.takeError();
  auto best = llvm::min_element(pair.mapped, [&](const auto &a, const auto &b) {
    return cost::isBetter(model.getObjective(), a.mapped.cost, b.mapped.cost);
  });
  if (gainsOver(*best, *other, model.getObjective()))
    return llvm::Error::success();
  if (auto gain = model.findGain(work, *other, model.getObjective()))
    pair.mapped.push_back(std::move(*gain));
  return llvm::Error::success();
}

llvm::Error LayerCandidates::mapPair(Pair &pair) const {
  const CostModel &model = *request.model;
  // Dense is what the others are compared with: one mapping is enough.
  if (pair.plan.isDense()) {
    auto mapped = model.compute(dense);
    if (!mapped)
      return mapped.takeError();
    pair.mapped.push_back(std::move(*mapped));
    return llvm::Error::success();
  }
  // Of parts the plan says no mappings: they are found again when it is run.
  if (pair.work.parts) {
    auto mapped = model.computeAsRun(pair.work);
    if (!mapped)
      return mapped.takeError();
    pair.mapped.push_back(std::move(*mapped));
    return llvm::Error::success();
  }
  if (llvm::Error error = mapForAll(pair, pair.work))
    return error;
  return mapWithinDense(pair, pair.work);
}

void LayerCandidates::map(size_t index) {
  if (llvm::Error error = mapPair(pairs[index]))
    pairs[index].obstacle = llvm::toString(std::move(error));
}

//===----------------------------------------------------------------------===//
// Candidates
//===----------------------------------------------------------------------===//

/// Whether a mapping is no better than another one of the same series.
static bool isNoBetter(const Candidate &candidate, const Candidate &other) {
  return candidate.cycles >= other.cycles &&
         candidate.runCycles >= other.runCycles &&
         candidate.energyFj >= other.energyFj && candidate.words >= other.words;
}

/// What a pair costs by a mapping. Errors: it is out of range.
llvm::Expected<Candidate>
LayerCandidates::makeCandidate(const Pair &pair,
                               const MappedLayer &mapped) const {
  Candidate candidate;
  candidate.weights = pair.weights;
  candidate.activations = pair.activations;
  candidate.errors = pair.errors;
  const cost::Cost &cost = mapped.mapped.cost;
  if (llvm::Error error = search::setCost(candidate, cost, mapped.runCycles))
    return std::move(error);
  // Where dense takes a fraction of a fJ less, no plan may look as good.
  const cost::Cost &denseCost = pairs.front().mapped.front().mapped.cost;
  if (cost.energyPj > denseCost.energyPj &&
      candidate.energyFj == std::round(denseCost.energyPj * 1000))
    ++candidate.energyFj;
  return candidate;
}

/// Appends a pair by its mappings, without those that are no better than
/// another one.
llvm::Error LayerCandidates::append(const Pair &pair, search::Layer &layer,
                                    PlanLayer &planLayer) const {
  size_t first = layer.candidates.size();
  std::vector<Candidate> all;
  for (const MappedLayer &mapped : pair.mapped) {
    auto candidate = makeCandidate(pair, mapped);
    if (!candidate)
      return candidate.takeError();
    all.push_back(std::move(*candidate));
  }
  for (auto [position, candidate] : llvm::enumerate(all)) {
    auto isWorseThan = [&, position = position](size_t other) {
      return isNoBetter(all[position], all[other]) &&
             (other < position || !isNoBetter(all[other], all[position]));
    };
    if (llvm::any_of(llvm::seq<size_t>(0, all.size()), isWorseThan))
      continue;
    const MappedLayer &mapped = pair.mapped[position];
    candidate.mapping = layer.candidates.size() - first;
    layer.candidates.push_back(candidate);
    planLayer.candidates.push_back(
        {pair.plan.withMapping(mapped.getMapping(pair.plan.getContext(),
                                                 request.model->getMachine())),
         mapped, pair.metrics, pair.outputErrors});
  }
  return llvm::Error::success();
}

/// Why the first pair that is not run is not; empty if all are.
StringRef LayerCandidates::findObstacle() const {
  for (const Pair &pair : pairs)
    if (!pair.obstacle.empty())
      return pair.obstacle;
  return {};
}

llvm::Error LayerCandidates::append(search::Layer &layer,
                                    PlanLayer &planLayer) const {
  layer.name = named.name;
  layer.weightDensity = weightDensity.value_or(1);
  layer.activationDensity = activationDensity.value_or(1);
  planLayer.weightDensity = weightDensity;
  planLayer.activationDensity = activationDensity;
  // Known too where only the weights may have series.
  for (unsigned input : getInputs(named.layer, PlanSide::Activations))
    if (!planLayer.activationDensity)
      planLayer.activationDensity = findProfiledDensity(named.layer, input);
  planLayer.dense = pairs.front().mapped.front();
  planLayer.isLeftOut = !request.isChosen(named.name);
  planLayer.reason = reason;
  for (const Pair &pair : pairs)
    if (llvm::Error error = append(pair, layer, planLayer))
      return error;
  if (planLayer.reason.empty() && layer.candidates.size() == 1)
    planLayer.reason = findObstacle();
  return llvm::Error::success();
}
