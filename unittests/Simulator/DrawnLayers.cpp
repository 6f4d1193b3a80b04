//===- DrawnLayers.cpp - Layers and mappings drawn at random --------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "DrawnLayers.h"

#include "Cost/ReferenceRuns.h"

#include "llvm/ADT/STLExtras.h"

using namespace tasd;
using namespace tasd::simulator::test;

std::string DrawnLayer::describe() const {
  std::string text;
  llvm::raw_string_ostream os(text);
  auto [m, n, k] = work.extents;
  os << machineName << " " << m << "x" << n << "x" << k << " "
     << work.a.series.getText()
     << (work.a.decomposedAtRunTime ? " at run time" : "") << " " << work.a.type
     << " " << work.resultType << "\n";
  printMapping(mapping, os);
  return text;
}

namespace {
/// A machine, and the series that are drawn for it.
struct Choice {
  const char *machine;
  std::vector<const char *> series;
};
} // namespace

static const std::vector<Choice> &getChoices() {
  static const std::vector<Choice> choices = {
      {"tc", {""}},
      {"stc", {"", "2:4"}},
      {"stc-flexible", {"2:4", "2:6", "2:8"}},
      {"vegeta-m8", {"1:8", "4:8", "8:8"}},
      {"ttc-stc-m4", {"", "2:4", "2:4+2:4"}},
      {"ttc-stc-m8", {"4:8", "8:8"}},
      {"ttc-vegeta-m4", {"1:4", "1:4+1:4", "2:4+1:4"}},
      {"ttc-vegeta-m8", {"2:8", "2:8+1:8", "4:8+1:8", "2:8+2:8+1:8"}},
  };
  return choices;
}

static int64_t drawBetween(std::mt19937 &random, int64_t low, int64_t high) {
  return low + int64_t(random() % uint64_t(high - low + 1));
}

static void drawTypes(std::mt19937 &random, cost::Work &work) {
  constexpr const char *types[][2] = {
      {"i8", "i32"}, {"i8", "i8"}, {"f16", "f32"}, {"f32", "f32"}};
  auto &type = types[random() % std::size(types)];
  work.a.type = work.b.type = type[0];
  work.resultType = type[1];
}

/// Temporal loops in a random order, of up to `maxFactor` iterations each.
static void drawLoops(std::mt19937 &random, cost::LevelNest &nest,
                      int64_t maxFactor) {
  std::vector<cost::Dim> dims(cost::kDims.begin(), cost::kDims.end());
  for (size_t i = dims.size(); i > 1; --i)
    std::swap(dims[i - 1], dims[random() % i]);
  for (cost::Dim dim : dims)
    if (random() % 2)
      nest.loops.push_back(
          {dim, drawBetween(random, 2, maxFactor), cost::LoopKind::Temporal});
}

/// The lanes of these machines: 4 x 16 along M, 16 kept elements along K.
static cost::Mapping drawMapping(std::mt19937 &random, const DrawnSize &size,
                                 const machine::Machine &machine,
                                 double laneShare) {
  using cost::Dim;
  using cost::LoopKind;
  cost::Mapping mapping;
  for (const machine::MemoryLevel &level : machine.levels)
    mapping.levels.push_back({level.name, std::nullopt, {}, {}});
  drawLoops(random, mapping.levels[0], size.maxFactor);
  drawLoops(random, mapping.levels[1], size.maxFactor);
  mapping.levels[1].loops.push_back({Dim::M, 4, LoopKind::SpatialY});
  int64_t steps = drawBetween(random, 1, 2 * size.maxFactor);
  int64_t lanes = int64_t(16 / laneShare);
  mapping.levels[2].loops = {{Dim::K, steps, LoopKind::Temporal},
                             {Dim::M, 16, LoopKind::SpatialY},
                             {Dim::K, lanes, LoopKind::SpatialX}};
  int64_t streamed = size.maxStreamed >> (random() % 3);
  mapping.levels[3].loops = {{Dim::N, streamed, LoopKind::Temporal}};
  return mapping;
}

static DrawnLayer drawOnce(std::mt19937 &random, const DrawnSize &size) {
  const Choice &choice = getChoices()[random() % getChoices().size()];
  DrawnLayer layer;
  layer.machineName = choice.machine;
  layer.machine = cost::test::getPreset(choice.machine);
  drawTypes(random, layer.work);
  llvm::StringRef series = choice.series[random() % choice.series.size()];
  double laneShare = 1;
  if (!series.empty()) {
    layer.work.a.series = cost::test::getSeries(series);
    for (const auto &pattern : layer.work.a.series.getPatterns())
      laneShare = std::min(laneShare, pattern->getMaxDensity().value_or(1));
    layer.work.a.decomposedAtRunTime =
        layer.machine.tasdUnits.count && random() % 3 == 0;
    if (layer.work.a.series.size() > 1)
      laneShare = 1;
  }
  layer.mapping = drawMapping(random, size, layer.machine, laneShare);
  layer.work.extents = layer.mapping.getExtents();
  return layer;
}

DrawnLayer tasd::simulator::test::drawLayer(std::mt19937 &random,
                                            const DrawnSize &size) {
  while (true) {
    DrawnLayer layer = drawOnce(random, size);
    auto [m, n, k] = layer.work.extents;
    double macs = double(m) * n * k;
    if (macs < size.minMacs || macs > size.maxMacs)
      continue;
    llvm::Error error = verifyMapping(layer.work, layer.mapping, layer.machine);
    if (!error)
      return layer;
    llvm::consumeError(std::move(error));
  }
}
