//===- MappingSpace.cpp - The mappings that are searched ------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "MappingSpace.h"

#include "Lanes.h"
#include "Residency.h"
#include "Storage.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/Support/MathExtras.h"

using namespace tasd::cost;
using namespace tasd::machine;

/// The share of its steps by which the padding of a dimension may add to them.
static constexpr int64_t kPaddingShare = 16;

int64_t Spread::getPadded() const {
  int64_t padded = steps;
  for (int64_t count : instances)
    padded *= count;
  return padded;
}

Operand tasd::cost::getReused(Dim dim) {
  return dim == Dim::M ? Operand::B : dim == Dim::N ? Operand::A : Operand::Z;
}

/// The numbers of instances of one level to choose from.
static std::vector<int64_t> listInstances(const Machine &machine, size_t level,
                                          Dim dim, int64_t extent,
                                          llvm::ArrayRef<Storage> terms) {
  std::vector<int64_t> counts;
  if (dim == Dim::K && terms.size() > 1 && getLaneLevel(machine) == level) {
    counts.push_back(1);
    for (const Storage &term : terms)
      counts.push_back(
          std::min(getReach(machine, level, dim, term.laneShare), extent));
  } else {
    int64_t reach = getReach(machine, level, dim, terms.front().laneShare);
    for (int64_t count = 1; count <= std::min(reach, extent); ++count)
      counts.push_back(count);
  }
  llvm::sort(counts);
  counts.erase(llvm::unique(counts), counts.end());
  return counts;
}

static int64_t divideCeil(int64_t numerator, int64_t denominator) {
  return llvm::divideCeil(numerator, denominator);
}

/// Whether one instance less at any level would take more steps.
static bool isLeast(const PerLevel<int64_t> &instances, int64_t extent,
                    int64_t product) {
  int64_t steps = divideCeil(extent, product);
  return llvm::all_of(instances, [&](int64_t count) {
    return count == 1 ||
           divideCeil(extent, product / count * (count - 1)) > steps;
  });
}

static void addPadded(std::vector<Spread> &spreads, Spread spread) {
  int64_t least = spread.steps;
  spreads.push_back(spread);
  for (int64_t power = 2; power <= least; power *= 2) {
    int64_t steps = llvm::alignTo(least, power);
    if (steps - least > least / kPaddingShare)
      return;
    if (steps == spread.steps)
      continue;
    spread.steps = steps;
    spreads.push_back(spread);
  }
}

std::vector<Spread> tasd::cost::listSpreads(const Work &work,
                                            const Machine &machine, Dim dim) {
  int64_t extent = getExtent(work.extents, dim);
  std::vector<Storage> terms = getStorages(machine, Operand::A, work);
  // Along K one instance more may make blocks whole.
  bool mayWaste = dim == Dim::K && work.a.series.getBlockSize();
  std::vector<Spread> spreads;
  PerLevel<int64_t> instances(machine.levels.size(), 1);
  auto visit = [&](auto &visit, size_t level, int64_t product) -> void {
    if (level == machine.levels.size()) {
      if (mayWaste || isLeast(instances, extent, product))
        addPadded(spreads, {instances, divideCeil(extent, product)});
      return;
    }
    for (int64_t count : listInstances(machine, level, dim,
                                       divideCeil(extent, product), terms)) {
      instances[level] = count;
      visit(visit, level + 1, product * count);
    }
    instances[level] = 1;
  };
  visit(visit, 0, 1);
  return spreads;
}

static bool &getMember(OperandSet &operands, Operand operand) {
  return operand == Operand::A   ? operands.a
         : operand == Operand::B ? operands.b
                                 : operands.z;
}

std::vector<Residency> tasd::cost::listResidencies(const Work &work,
                                                   const Machine &machine) {
  std::vector<Residency> residencies(1);
  for (const MemoryLevel &level : machine.levels)
    residencies.front().push_back(level.keep);
  for (size_t level = 0; level != machine.levels.size(); ++level)
    for (Operand operand : kOperands) {
      if (!getMayBypass(work, machine.levels[level]).contains(operand))
        continue;
      for (size_t index = 0, size = residencies.size(); index != size;
           ++index) {
        Residency residency = residencies[index];
        getMember(residency[level], operand) = false;
        residencies.push_back(std::move(residency));
      }
    }
  return residencies;
}

/// Whether a level inside `level`, or the lanes of a systolic array, keep the
/// operand that loops over `dim` leave in place.
static bool isReusedInside(const Machine &machine, const Residency &residency,
                           size_t level, Dim dim) {
  if (machine.array.dataflow == Dataflow::Systolic && dim == Dim::N)
    return true;
  return llvm::any_of(
      llvm::ArrayRef(residency).drop_front(level + 1),
      [&](const OperandSet &keeps) { return keeps.contains(getReused(dim)); });
}

/// The orders of one level inside one of which `outside` stands innermost.
static llvm::SmallVector<LevelOrder, 4>
listLevelOrders(const Machine &machine, const Residency &residency,
                size_t level, std::optional<Dim> outside) {
  llvm::SmallVector<LevelOrder, 4> orders;
  for (Dim dim : kDims)
    if (isReusedInside(machine, residency, level, dim)) {
      orders.push_back({dim});
      if (outside == dim)
        orders.push_back({dim, /*alone=*/true});
    }
  if (orders.empty())
    orders.push_back({});
  return orders;
}

std::vector<Order> tasd::cost::listOrders(const Machine &machine,
                                          const Residency &residency,
                                          llvm::ArrayRef<size_t> mayHoldLoops) {
  std::vector<Order> orders;
  Order order;
  auto visit = [&](auto &visit, std::optional<Dim> outside) -> void {
    size_t level = order.size();
    if (level == residency.size()) {
      orders.push_back(order);
      return;
    }
    bool keepsNothing = residency[level] == OperandSet{};
    if (level && keepsNothing && !llvm::is_contained(mayHoldLoops, level)) {
      order.push_back({Dim::M, /*alone=*/false, /*empty=*/true});
      visit(visit, outside);
      order.pop_back();
      return;
    }
    for (const LevelOrder &each :
         listLevelOrders(machine, residency, level, outside)) {
      order.push_back(each);
      visit(visit, each.innermost);
      order.pop_back();
    }
  };
  visit(visit, std::nullopt);
  return orders;
}

static LoopKind getSpatialKind(Dim dim) {
  return dim == Dim::M ? LoopKind::SpatialY : LoopKind::SpatialX;
}

Mapping tasd::cost::createMapping(
    const Machine &machine, const std::array<const Spread *, 3> &spreads,
    const std::array<PerLevel<int64_t>, 3> &splits, const Residency &residency,
    const Order &order, std::optional<size_t> termLevel) {
  Mapping mapping;
  for (auto [level, memory] : llvm::enumerate(machine.levels)) {
    LevelNest &nest = mapping.levels.emplace_back();
    nest.level = memory.name;
    if (!(residency[level] == memory.keep))
      nest.keeps = residency[level];
    llvm::SmallVector<Dim, 3> dims(kDims.begin(), kDims.end());
    llvm::erase(dims, order[level].innermost);
    dims.push_back(order[level].innermost);
    for (Dim dim : dims)
      if (int64_t steps = splits[static_cast<size_t>(dim)][level]; steps > 1)
        nest.loops.push_back({dim, steps});
    for (Dim dim : kDims)
      if (int64_t count = spreads[static_cast<size_t>(dim)]->instances[level];
          count > 1 || (dim == Dim::K && termLevel == level))
        nest.loops.push_back({dim, count, getSpatialKind(dim)});
  }
  return mapping;
}
