//===- CostModel.cpp - What one layer costs -------------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Cost/RunSum.h"
#include "tasd/Dialect/TASD/Analysis/LayerCost.h"

using namespace mlir;
using namespace mlir::tasd;

MappingAttr MappedLayer::getMapping(MLIRContext *context,
                                    const machine::Machine &machine) const {
  if (mapped.mapping.levels.empty())
    return nullptr;
  std::string text;
  llvm::raw_string_ostream os(text);
  printMapping(mapped.mapping, os);
  auto parsed = MappingAttr::parseText(
      StringAttr::get(context, machine.name), a, text,
      [&] { return emitError(UnknownLoc::get(context)); });
  assert(succeeded(parsed) && "expected a mapping for each level");
  return *parsed;
}

llvm::Expected<std::shared_ptr<const CostModel>>
CostModel::create(machine::Machine machine, cost::Objective asked,
                  int64_t dynamicExtent) {
  auto objective = cost::getObjective(machine, asked);
  if (!objective)
    return objective.takeError();
  return std::make_shared<const CostModel>(std::move(machine), *objective,
                                           dynamicExtent);
}

/// The cost by the mapping that the layer brings.
static llvm::Expected<MappedLayer>
computeAsMapped(const LayerWork &layer, const machine::Machine &machine) {
  MappingAttr attr = layer.mapping;
  auto mapping = cost::parseMapping(attr.getText(), "mapping");
  if (!mapping)
    return mapping.takeError();
  unsigned a = attr.getA();
  cost::Work work = layer.getWork(a);
  auto cost = cost::computeCost(work, *mapping, machine);
  if (!cost)
    return cost.takeError();
  return MappedLayer{
      createMappedRun(work, machine, {std::move(*mapping), std::move(*cost)}),
      a,
      {}};
}

static llvm::Expected<MappedLayer>
search(const LayerWork &layer, unsigned a, const machine::Machine &machine,
       cost::Objective objective, cost::MappingCache &cache,
       const MappedLayer *known, const cost::CostLimits &limits) {
  cost::Work work = layer.getWork(a);
  if (work.b.decomposedAtRunTime)
    return llvm::createStringError(
        "a machine decomposes one input at run time, its operand a");
  if (!layer.part)
    if (llvm::Error error = checkPlannedSeries(machine, work.a.series))
      return std::move(error);
  bool isKnown = known && known->a == a;
  auto best = cache.find(work, machine, objective,
                         isKnown ? &known->mapped.cost : nullptr, limits);
  if (!best)
    return best.takeError();
  return MappedLayer{createMappedRun(work, machine, std::move(*best)), a, {}};
}

bool CostModel::bringsMapping(const LayerWork &layer) const {
  return layer.mapping && layer.mapping.getMachine() == machine.name;
}

static cost::CostLimits scale(const cost::CostLimits &limits, double share) {
  return {limits.cycles * share, limits.energyPj * share, limits.words * share};
}

llvm::Expected<MappedLayer>
CostModel::computeParts(const LayerWork &layer, cost::Objective objective,
                        const cost::CostLimits &limits) const {
  const WorkParts &parts = *layer.parts;
  if (!parts.obstacle.empty())
    return llvm::createStringError(parts.obstacle);
  if (bringsMapping(layer))
    return llvm::createStringError("expected no mapping of a layer that runs "
                                   "in parts, each by its own");
  if (machine.measured && static_cast<int64_t>(parts.list.size()) >
                              machine.measured->parts.maxCount)
    return llvm::createStringError(
        "expected at most " + std::to_string(machine.measured->parts.maxCount) +
        " parts on machine '" + machine.name + "' but got " +
        std::to_string(parts.list.size()));
  double numElements = 0;
  for (const WorkPart &part : parts.list)
    numElements += static_cast<double>(part.numRows) * part.numColumns;
  MappedLayer result;
  result.a = layer.getOperandA();
  for (const WorkPart &part : parts.list) {
    double share =
        static_cast<double>(part.numRows) * part.numColumns / numElements;
    auto run = search(layer.getPart(part), result.a, machine, objective, *cache,
                      /*known=*/nullptr, scale(limits, share));
    if (!run)
      return run.takeError();
    result.parts.push_back(std::move(*run));
  }
  static_cast<cost::MappedRun &>(result) = cost::addRuns(result.parts);
  return result;
}

llvm::Expected<MappedLayer>
CostModel::compute(const LayerWork &layer, cost::Objective objective,
                   const MappedLayer *known,
                   const cost::CostLimits &limits) const {
  if (!layer.obstacle.empty())
    return llvm::createStringError(layer.obstacle);
  if (layer.parts)
    return computeParts(layer, objective, limits);
  if (bringsMapping(layer))
    return computeAsMapped(layer, machine);
  unsigned a = layer.getOperandA();
  auto best = search(layer, a, machine, objective, *cache, known, limits);
  // What was measured are the kernels that are compiled, which are not turned.
  if (!best || !layer.isDense() || layer.hasZeroPoint[1 - a] ||
      machine.measured)
    return best;
  // Without a series either input may take the place of operand A.
  auto turned = search(layer, 1 - a, machine, objective, *cache, known, limits);
  if (!turned)
    return turned.takeError();
  bool gains =
      cost::isBetter(objective, turned->mapped.cost, best->mapped.cost);
  return gains ? std::move(turned) : std::move(best);
}

std::optional<MappedLayer>
CostModel::findGain(const LayerWork &layer, const MappedLayer &other,
                    cost::Objective objective) const {
  MappedLayer last;
  auto search =
      [&](const cost::CostLimits &limits) -> llvm::Expected<cost::MappedRun> {
    auto mapped = compute(layer, objective, /*known=*/nullptr, limits);
    if (!mapped)
      return mapped.takeError();
    last = std::move(*mapped);
    return cost::MappedRun(last);
  };
  // The run that gains is the last that was searched.
  if (!cost::findGain(search, other, objective))
    return std::nullopt;
  return last;
}

llvm::Expected<MappedLayer>
CostModel::computeAsRun(const LayerWork &layer) const {
  auto best = compute(layer);
  if (!best || layer.isDense() || bringsMapping(layer))
    return best;
  auto dense = compute(layer.getDense());
  if (!dense) {
    llvm::consumeError(dense.takeError());
    return best;
  }
  if (gainsOver(*best, *dense, objective))
    return best;
  if (auto gain = findGain(layer, *dense, objective))
    return std::move(*gain);
  for (cost::Objective other : cost::kObjectives) {
    auto mapped = compute(layer, other);
    if (!mapped)
      return mapped.takeError();
    if (gainsOver(*mapped, *dense, objective))
      return mapped;
  }
  return best;
}
