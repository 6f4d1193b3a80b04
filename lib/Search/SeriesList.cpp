//===- SeriesList.cpp - The series that a machine runs --------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What a series keeps is asked of its patterns, on a tensor without zeros or
// ties: no rule for any family of patterns is needed here. Series grow term by
// term; one that keeps what another keeps does not grow on, since that one's
// extensions are seen anyway.
//
//===----------------------------------------------------------------------===//

#include "tasd/Search/SeriesList.h"

#include "tasd/Sparsity/Packing.h"

#include "llvm/ADT/STLExtras.h"

#include <cmath>
#include <random>
#include <set>

using namespace tasd;
using sparsity::PatternRef;
using sparsity::Series;

/// Columns of a tensor that shows several blocks of every pattern.
static int64_t getNumColumns(llvm::ArrayRef<PatternRef> patterns) {
  int64_t columns = 128;
  for (const PatternRef &pattern : patterns)
    columns = std::max(columns, 2 * pattern->getBlockSize().value_or(0));
  return columns;
}

namespace {
/// Tells series apart by the elements of a random tensor that they keep.
class Probe {
public:
  explicit Probe(llvm::ArrayRef<PatternRef> patterns)
      : numColumns(getNumColumns(patterns)), elements(kNumRows * numColumns) {
    std::mt19937 rng(1);
    for (float &element : elements)
      element = 1 + std::ldexp(static_cast<float>(rng() >> 9), -23);
  }

  std::vector<bool> getKept(const Series &series) const {
    auto view = sparsity::TensorView::contiguous(elements.data(),
                                                 sparsity::ElementType::F32,
                                                 {kNumRows, numColumns}, {1});
    sparsity::Ownership ownership = llvm::cantFail(select(view, series));
    std::vector<bool> kept;
    for (uint8_t owner : ownership.owner)
      kept.push_back(owner != sparsity::Ownership::unowned);
    return kept;
  }

private:
  static constexpr int64_t kNumRows = 32;
  int64_t numColumns;
  std::vector<float> elements;
};
} // namespace

/// Finest blocks first, those without blocks last; of equal blocks the denser
/// pattern first.
static std::vector<PatternRef> getSorted(std::vector<PatternRef> patterns) {
  auto getKey = [](const PatternRef &pattern) {
    int64_t block =
        pattern->getBlockSize().value_or(std::numeric_limits<int64_t>::max());
    return std::tuple(block, -pattern->getMaxDensity().value_or(1),
                      pattern->getText());
  };
  llvm::sort(patterns, [&](const PatternRef &a, const PatternRef &b) {
    return getKey(a) < getKey(b);
  });
  return patterns;
}

/// A series as positions of its patterns in their order.
using Positions = std::vector<size_t>;

static Series getSeries(llvm::ArrayRef<PatternRef> patterns,
                        const Positions &positions) {
  std::vector<PatternRef> terms;
  for (size_t position : positions)
    terms.push_back(patterns[position]);
  return Series(std::move(terms));
}

/// The series by one term longer.
static std::vector<Positions> extend(llvm::ArrayRef<Positions> series,
                                     size_t numPatterns) {
  std::vector<Positions> longer;
  for (const Positions &positions : series)
    for (size_t next = positions.empty() ? 0 : positions.back();
         next < numPatterns; ++next) {
      longer.push_back(positions);
      longer.back().push_back(next);
    }
  return longer;
}

std::vector<Series> search::listSeries(const machine::Machine &machine,
                                       int64_t maxTerms) {
  std::vector<PatternRef> patterns = getSorted(machine.a.patterns);
  Probe probe(patterns);
  if (maxTerms == 0 || maxTerms > machine.series.maxTerms)
    maxTerms = machine.series.maxTerms;
  std::vector<Series> list;
  std::set<std::vector<bool>> known;
  std::vector<Positions> growing = {{}};
  for (int64_t term = 0; term < maxTerms && !growing.empty(); ++term) {
    std::vector<Positions> longer = extend(growing, patterns.size());
    growing.clear();
    for (Positions &positions : longer) {
      Series series = getSeries(patterns, positions);
      std::vector<bool> kept = probe.getKept(series);
      if (!llvm::is_contained(kept, false) || !known.insert(kept).second)
        continue;
      list.push_back(std::move(series));
      growing.push_back(std::move(positions));
    }
  }
  return list;
}
