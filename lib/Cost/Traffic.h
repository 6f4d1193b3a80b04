//===- Traffic.h - What a layer moves between the levels ------ -*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Words and bits of metadata for each level and operand, and the work of lanes
// and TASD units, of one work by one mapping. Energies are left at 0.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_COST_TRAFFIC_H
#define TASD_LIB_COST_TRAFFIC_H

#include "tasd/Cost/Cost.h"
#include "tasd/Cost/TermPasses.h"

#include "LoopNest.h"
#include "RoundTrips.h"
#include "Storage.h"

#include "llvm/ADT/STLFunctionalExtras.h"

namespace tasd::cost {

/// How the zeros that the lanes skip in one input make work uneven.
struct SkipEffect {
  /// The share of lanes at work.
  double utilization = 1;
  /// The share of the other input's reads that are left.
  double readShare = 1;
};

/// The effect in an input of `density` of whose tile `group` elements share
/// `lanes`.
SkipEffect getSkipEffect(int64_t group, int64_t lanes, double density);

/// The share of sums of `summands` products, of which the share `products` is
/// not left out, that have anything to add.
double getUpdateShare(double products, double summands);

/// Adds what it takes to read, or to fill in, elements as if dense of an input.
void addReads(OperandTraffic &traffic, double elements, const Storage &storage,
              double elementWords);
void addFills(OperandTraffic &traffic, double elements, const Storage &storage,
              double elementWords);

/// Words each way. Metadata shares the rates of the words beside it.
double getWordsRead(const OperandTraffic &traffic);
double getWordsWritten(const OperandTraffic &traffic);

/// The cycles of `steps`, of which A stays in the lanes for `streamed` at a
/// time.
double countCycles(const machine::MacArray &array, double steps,
                   double streamed);

/// The cycles of the lanes, of `cycles` summed over the terms.
double finishCycles(const machine::MacArray &array, double cycles);

/// The blocks that TASD units decompose for `elements` of A that pass them; 0
/// where none do.
double countBlocks(const Work &work, double elements);
/// The cycles that all TASD units together take for `blocks`.
double countCyclesOfUnits(const machine::Machine &machine, double blocks);

class Flow {
public:
  /// All three outlive this object.
  Flow(const Work &work, const Mapping &mapping,
       const machine::Machine &machine);
  Flow(const Flow &) = delete;

  std::vector<LevelCost> countTraffic() const;
  ComputeCost countCompute() const;
  DecomposeCost countDecompose() const;
  /// Of the tiles of a product that takes what is in `cost` otherwise.
  RoundTripCycles countRoundTrips(const Cost &cost) const;
  /// The share of the elements of A that its terms keep.
  double getKeptShare() const;

private:
  using Count = llvm::function_ref<double(const LoopNest &)>;
  using Add = llvm::function_ref<void(double elements, const Storage &)>;

  SkipEffect findSkipEffect(Dim dim, double density) const;
  size_t findNextKeeper(Operand operand, size_t level) const;
  bool staysDense(Operand operand, size_t level) const;
  void forEachPass(Operand operand, size_t level, Count count, Add add) const;
  OperandTraffic countInput(Operand operand, size_t level) const;
  OperandTraffic countResult(size_t level) const;
  double findUpdateShare(size_t level) const;
  double countPlaceWords(Operand operand, Dim dim) const;
  void addPlaces(OperandTraffic &sums) const;
  void countLevelCycles(LevelCost &cost, size_t level) const;
  void addSums(RoundTrips &trips, size_t level, double words) const;

  const Work &work;
  const Mapping &mapping;
  const machine::Machine &machine;
  size_t accumulators;
  std::vector<TermPass> passes;
  Storage storageB;
  /// The level outside whose loops the terms pass, if there are several.
  std::optional<size_t> termLevel;
  /// The loops as given, and those of each pass.
  LoopNest whole;
  std::vector<LoopNest> nests;
  SkipEffect skipA, skipB;
};

} // namespace tasd::cost

#endif // TASD_LIB_COST_TRAFFIC_H
