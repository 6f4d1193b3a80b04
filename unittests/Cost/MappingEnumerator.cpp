//===- MappingEnumerator.cpp - All mappings, one by one -------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "MappingEnumerator.h"

#include <cmath>
#include <set>

using namespace tasd::cost;
using namespace tasd::cost::test;
using namespace tasd::machine;

using Factors = std::vector<int64_t>;

namespace {
/// The temporal and the spatial loops of one dimension, by level.
struct Loops {
  Factors temporal, spatial;
};
} // namespace

/// Every way to write `product` as a product of `count` factors.
static std::vector<Factors> factorise(int64_t product, size_t count) {
  if (count == 1)
    return {{product}};
  std::vector<Factors> all;
  for (int64_t factor = 1; factor <= product; ++factor)
    if (product % factor == 0)
      for (Factors rest : factorise(product / factor, count - 1)) {
        rest.push_back(factor);
        all.push_back(rest);
      }
  return all;
}

/// The shares of places along K that the terms of A take lanes for.
static std::vector<double> getShares(const Work &work) {
  std::vector<double> shares;
  for (const auto &pattern : work.a.series.getPatterns())
    shares.push_back(*pattern->getMaxDensity());
  if (shares.empty())
    shares.push_back(1);
  return shares;
}

static bool feedsLanes(const Machine &machine, size_t level) {
  if (machine.getFanout(level).k == 1)
    return false;
  for (size_t inner = level + 1; inner < machine.levels.size(); ++inner)
    if (machine.getFanout(inner).k > 1)
      return false;
  return true;
}

static std::set<int64_t> listInstances(const Work &work, const Machine &machine,
                                       size_t level, Dim dim) {
  int64_t extent = getExtent(work.extents, dim);
  int64_t fanout = getExtent(machine.getFanout(level), dim);
  std::vector<double> shares = {1};
  if (dim == Dim::K && feedsLanes(machine, level))
    shares = getShares(work);
  std::set<int64_t> counts = {1};
  for (double share : shares) {
    int64_t reach = std::min<int64_t>(extent, fanout / share + 1e-6);
    // Of a series all places that a term can fill, of one term any.
    for (int64_t count = shares.size() > 1 ? reach : 1; count <= reach; ++count)
      counts.insert(count);
  }
  return counts;
}

static int64_t divideUp(int64_t numerator, int64_t denominator) {
  return (numerator + denominator - 1) / denominator;
}

/// Where zeros are skipped, fewer lanes may be busier: then spreads that waste
/// instances are not in the space, and elsewhere none of them is best.
static bool wastesInstances(const Factors &spatial, int64_t extent) {
  int64_t product = 1;
  for (int64_t count : spatial)
    product *= count;
  for (int64_t count : spatial)
    if (count > 1 && divideUp(extent, product / count * (count - 1)) ==
                         divideUp(extent, product))
      return true;
  return false;
}

static std::vector<Loops> listLoops(const Work &work, const Machine &machine,
                                    Dim dim) {
  size_t numLevels = machine.levels.size();
  int64_t extent = getExtent(work.extents, dim);
  std::vector<Factors> spreads = {{}};
  for (size_t level = 0; level != numLevels; ++level) {
    std::vector<Factors> longer;
    for (const Factors &spread : spreads)
      for (int64_t count : listInstances(work, machine, level, dim)) {
        longer.push_back(spread);
        longer.back().push_back(count);
      }
    spreads = longer;
  }
  bool skips = machine.a.zeros == ZeroSupport::Skipped;
  std::vector<Loops> all;
  for (const Factors &spread : spreads) {
    if (skips && wastesInstances(spread, extent))
      continue;
    int64_t product = 1;
    for (int64_t count : spread)
      product *= count;
    int64_t least = divideUp(extent, product);
    std::set<int64_t> steps;
    for (int64_t power = 1; power <= least; power *= 2)
      if (int64_t padded = divideUp(least, power) * power;
          16 * (padded - least) <= least)
        steps.insert(padded);
    for (int64_t count : steps)
      for (const Factors &temporal : factorise(count, numLevels))
        all.push_back({temporal, spread});
  }
  return all;
}

/// Every order of the loops of a level that have more than one iteration.
static std::vector<std::vector<Loop>> listOrders(const Loops *loops,
                                                 size_t level) {
  std::vector<Dim> dims;
  for (Dim dim : kDims)
    if (loops[static_cast<size_t>(dim)].temporal[level] > 1)
      dims.push_back(dim);
  std::vector<std::vector<Loop>> orders;
  do {
    std::vector<Loop> &order = orders.emplace_back();
    for (Dim dim : dims)
      order.push_back({dim, loops[static_cast<size_t>(dim)].temporal[level]});
  } while (std::next_permutation(dims.begin(), dims.end()));
  return orders;
}

static std::vector<OperandSet> listKeeps(const MemoryLevel &level) {
  std::vector<OperandSet> all;
  for (unsigned bits = 0; bits != 8; ++bits) {
    OperandSet keeps = {bool(bits & 1), bool(bits & 2), bool(bits & 4)};
    bool isPossible = true;
    for (Operand operand : kOperands) {
      bool may = level.keep.contains(operand);
      bool must = may && !level.mayBypass.contains(operand);
      bool does = keeps.contains(operand);
      isPossible &= does ? may : !must;
    }
    if (isPossible)
      all.push_back(keeps);
  }
  return all;
}

namespace {
class Enumerator {
public:
  Enumerator(const Machine &machine,
             llvm::function_ref<bool(const Mapping &)> visit)
      : machine(machine), visit(visit) {}

  /// Visits every order and residency of the loops.
  bool visitLevels(const Loops *loops, Mapping &mapping) {
    size_t level = mapping.levels.size();
    if (level == machine.levels.size())
      return visit(mapping);
    bool goesOn = true;
    for (const OperandSet &keeps : listKeeps(machine.levels[level]))
      for (const std::vector<Loop> &order : listOrders(loops, level)) {
        LevelNest nest;
        nest.level = machine.levels[level].name;
        nest.keeps = keeps;
        nest.loops.append(order.begin(), order.end());
        for (Dim dim : kDims)
          nest.loops.push_back({dim,
                                loops[static_cast<size_t>(dim)].spatial[level],
                                LoopKind::SpatialX});
        mapping.levels.push_back(nest);
        goesOn = goesOn && visitLevels(loops, mapping);
        mapping.levels.pop_back();
      }
    return goesOn;
  }

private:
  const Machine &machine;
  llvm::function_ref<bool(const Mapping &)> visit;
};
} // namespace

void tasd::cost::test::forEachMapping(
    const Work &work, const Machine &machine,
    llvm::function_ref<bool(const Mapping &)> visit) {
  Enumerator enumerator(machine, visit);
  for (const Loops &m : listLoops(work, machine, Dim::M))
    for (const Loops &n : listLoops(work, machine, Dim::N))
      for (const Loops &k : listLoops(work, machine, Dim::K)) {
        Loops loops[] = {m, n, k};
        Mapping mapping;
        if (!enumerator.visitLevels(loops, mapping))
          return;
      }
}
