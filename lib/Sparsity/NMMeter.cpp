//===- NMMeter.cpp - The fused meter of N:M series ------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Nested series are measured together by programs; others are selected, segment
// by segment, and what is left is added up. Weights need the selection anyway.
//
//===----------------------------------------------------------------------===//

#include "Fused.h"
#include "MeterProgram.h"
#include "NMFused.h"
#include "NMWeigher.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"

#include <cstring>
#include <numeric>

using namespace tasd::sparsity;
using llvm::ArrayRef;

namespace {

using Terms = llvm::SmallVector<NMShape, 4>;

/// Series that share a program, by their positions in the list.
struct ProgramGroup {
  std::vector<size_t> positions;
  std::vector<Terms> members;
  int64_t blockColumns = 1;
  MeterProgram program;
};

class NMMeter final : public FusedMeter {
public:
  NMMeter(ArrayRef<Terms> series, ElementType type, SimdLevel level);

  void measureRows(const TensorView &tensor, int64_t rowBegin, int64_t rowEnd,
                   ArrayRef<double> columnWeights,
                   llvm::MutableArrayRef<DroppedSums> sums) const override;

private:
  void addToGroup(size_t position, const Terms &terms);

  std::vector<ProgramGroup> groups;
  /// Series that are not nested, by their positions.
  std::vector<std::pair<size_t, Terms>> others;
  NMWeigher weigher;
  SimdLevel level;
  Kernels kernels;
};

/// Collects keys of blocks and runs a program whenever it has a batch.
class ProgramRunner {
public:
  ProgramRunner(const MeterProgram &program, ElementType type,
                const Kernels &kernels)
      : program(program), kernels(kernels), elementBytes(getByteWidth(type)),
        keyBytes(elementBytes == 8 ? 8 : 4),
        batchColumns(program.blockColumns * meterLanes),
        keys(batchColumns * keyBytes),
        slots(program.numSlots * meterLanes * keyBytes),
        sums(program.seriesOfSum.size()) {}

  /// Adds elements; zeros follow them up to a whole number of blocks.
  void add(const char *elements, int64_t numColumns) {
    numColumns = llvm::alignTo(numColumns, program.blockColumns);
    while (numColumns > 0) {
      int64_t step = std::min(numColumns, batchColumns - numPending);
      kernels.loadKeys(elements, step, keys.data() + numPending * keyBytes);
      elements += step * elementBytes;
      numColumns -= step;
      numPending += step;
      if (numPending == batchColumns)
        run();
    }
  }

  /// Runs what is pending, with zeros for the blocks that are not there.
  void finish() {
    if (numPending == 0)
      return;
    std::memset(keys.data() + numPending * keyBytes, 0,
                (batchColumns - numPending) * keyBytes);
    run();
  }

  ArrayRef<LaneSums> getSums() const { return sums; }

private:
  void run() {
    kernels.runMeter({program.steps.data(), int64_t(program.steps.size()),
                      program.blockColumns, keys.data(), slots.data(),
                      sums.data()});
    numPending = 0;
  }

  const MeterProgram &program;
  const Kernels &kernels;
  int64_t elementBytes, keyBytes, batchColumns;
  int64_t numPending = 0;
  std::vector<char> keys, slots;
  std::vector<LaneSums> sums;
};

} // namespace

NMMeter::NMMeter(ArrayRef<Terms> series, ElementType type, SimdLevel level)
    : weigher(series, type, level), level(level),
      kernels(getKernels(level, type, 0)) {
  for (auto [position, terms] : llvm::enumerate(series))
    if (isNested(terms))
      addToGroup(position, terms);
    else
      others.push_back({position, terms});
  for (ProgramGroup &group : groups)
    group.program = compileMeterProgram(group.members, group.blockColumns);
}

/// Series go together while their common blocks are no longer than a block may
/// be: programs grow faster than their blocks.
void NMMeter::addToGroup(size_t position, const Terms &terms) {
  for (ProgramGroup &group : groups) {
    int64_t columns = std::lcm(group.blockColumns, terms.back().m);
    if (columns > 64)
      continue;
    group.blockColumns = columns;
    group.positions.push_back(position);
    group.members.push_back(terms);
    return;
  }
  groups.push_back({{position}, {terms}, terms.back().m, {}});
}

static void runProgram(const ProgramGroup &group, const TensorView &tensor,
                       int64_t rowBegin, int64_t rowEnd, const Kernels &kernels,
                       llvm::MutableArrayRef<DroppedSums> sums) {
  ProgramRunner runner(group.program, tensor.elementType, kernels);
  NMShape block{group.blockColumns, group.blockColumns};
  forEachSegment(tensor, rowBegin, rowEnd,
                 getSegmentShape(block, tensor.elementType),
                 [&](const Segment &segment) {
                   runner.add(segment.elements, segment.numColumns);
                 });
  runner.finish();
  for (auto [sum, members] :
       llvm::zip(runner.getSums(), group.program.seriesOfSum))
    for (size_t member : members)
      sums[group.positions[member]] += getTotal(sum);
}

/// Selects one series and adds what is left.
static void runSelection(ArrayRef<NMShape> terms, const TensorView &tensor,
                         int64_t rowBegin, int64_t rowEnd, SimdLevel level,
                         DroppedSums &dropped) {
  ElementType type = tensor.elementType;
  NMSelector selector(terms, type, level);
  Kernels kernels = getKernels(level, type, 0);
  int64_t width = getByteWidth(type);
  std::vector<char> rest;
  LaneSums sums;
  forEachSegment(
      tensor, rowBegin, rowEnd, getSegmentShape(terms, type),
      [&](const Segment &segment) {
        selector.select(segment);
        rest.assign(llvm::alignTo(segment.numColumns, 64) * width, 0);
        for (int64_t i = 0; i < segment.numColumns; ++i)
          if (!(selector.getOwned()[i / 64] >> (i % 64) & 1))
            std::memcpy(rest.data() + i * width, segment.elements + i * width,
                        width);
        kernels.addElements(rest.data(), llvm::alignTo(segment.numColumns, 64),
                            sums);
      });
  dropped += getTotal(sums);
}

void NMMeter::measureRows(const TensorView &tensor, int64_t rowBegin,
                          int64_t rowEnd, ArrayRef<double> columnWeights,
                          llvm::MutableArrayRef<DroppedSums> sums) const {
  for (const ProgramGroup &group : groups)
    runProgram(group, tensor, rowBegin, rowEnd, kernels, sums);
  for (const auto &[position, terms] : others)
    runSelection(terms, tensor, rowBegin, rowEnd, level, sums[position]);
  if (!columnWeights.empty())
    weigher.measureRows(tensor, rowBegin, rowEnd, columnWeights, sums);
}

std::unique_ptr<FusedMeter>
tasd::sparsity::createNMMeter(ArrayRef<Terms> series, ElementType type,
                              SimdLevel level) {
  return std::make_unique<NMMeter>(series, type, level);
}
