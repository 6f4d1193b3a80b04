//===- MeterProgram.cpp - Many N:M series measured at once ----------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A term merges the sorted leftovers of its sub-blocks and drops the first N of
// them. Comparisons are numbered by value, so that equal ones exist once; those
// that reach no sum are removed; then values get slots by their life times.
//
//===----------------------------------------------------------------------===//

#include "MeterProgram.h"

#include "SortingNetwork.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"

#include <map>

using namespace tasd::sparsity;
using llvm::ArrayRef;

bool tasd::sparsity::isNested(ArrayRef<NMShape> terms) {
  for (size_t i = 1; i < terms.size(); ++i)
    if (terms[i].m % terms[i - 1].m != 0)
      return false;
  return true;
}

namespace {

/// A value of the program; values below blockColumns are the elements.
using Value = int;
constexpr Value zero = -1;

/// Compares two values and gives the larger and the smaller.
struct Comparison {
  Value first, second, larger, smaller;
};

using Values = std::vector<Value>;

/// Builds the comparisons of all series, each once.
class ProgramBuilder {
public:
  explicit ProgramBuilder(int64_t blockColumns) : numValues(blockColumns) {
    for (Value value = 0; value < blockColumns; ++value)
      elements.push_back({value});
  }

  /// The values of a block that the series drops.
  Values getDropped(ArrayRef<NMShape> terms);

  ArrayRef<Comparison> getComparisons() const { return comparisons; }
  int getNumValues() const { return numValues; }

private:
  void compare(Value &first, Value &second);
  Values merge(Values first, Values second);
  Values mergeAll(ArrayRef<Values> lists);

  int numValues;
  std::vector<Values> elements;
  std::vector<Comparison> comparisons;
  std::map<std::pair<Value, Value>, size_t> comparisonOf;
};

} // namespace

/// Brings the larger of two values first. Zero is smaller than anything.
void ProgramBuilder::compare(Value &first, Value &second) {
  if (second == zero)
    return;
  if (first == zero)
    return std::swap(first, second);
  auto [it, isNew] =
      comparisonOf.try_emplace(std::minmax(first, second), comparisons.size());
  if (isNew) {
    comparisons.push_back({first, second, numValues, numValues + 1});
    numValues += 2;
  }
  first = comparisons[it->second].larger;
  second = comparisons[it->second].smaller;
}

/// Merges two descending lists.
Values ProgramBuilder::merge(Values first, Values second) {
  size_t numMerged = first.size() + second.size();
  size_t run = llvm::PowerOf2Ceil(std::max(first.size(), second.size()));
  first.resize(run, zero);
  second.resize(run, zero);
  llvm::append_range(first, second);
  forEachMergeComparator(first.size(), run, [&](int low, int high) {
    compare(first[low], first[high]);
  });
  first.resize(numMerged);
  return first;
}

Values ProgramBuilder::mergeAll(ArrayRef<Values> lists) {
  if (lists.size() == 1)
    return lists.front();
  // Halves of a power of two, so that sub-blocks of other series are met.
  size_t half = llvm::PowerOf2Ceil(lists.size()) / 2;
  return merge(mergeAll(lists.take_front(half)),
               mergeAll(lists.drop_front(half)));
}

Values ProgramBuilder::getDropped(ArrayRef<NMShape> terms) {
  std::vector<Values> left = elements;
  int64_t m = 1;
  for (NMShape term : terms) {
    std::vector<Values> merged;
    for (size_t i = 0; i < left.size(); i += term.m / m) {
      Values values = mergeAll(ArrayRef(left).slice(i, term.m / m));
      values.erase(values.begin(),
                   values.begin() + std::min<size_t>(term.n, values.size()));
      merged.push_back(std::move(values));
    }
    left = std::move(merged);
    m = term.m;
  }
  Values dropped;
  for (const Values &values : left)
    llvm::append_range(dropped, values);
  return dropped;
}

namespace {

/// Orders comparisons and sums into steps and gives values their slots.
class SlotAllocator {
public:
  /// `sumOf[value]` is the sum that a value is added to, or -1.
  SlotAllocator(ArrayRef<Comparison> comparisons, ArrayRef<int> sumOf,
                MeterProgram &program)
      : comparisons(comparisons), sumOf(sumOf), program(program),
        lastUse(sumOf.size(), -1), slots(sumOf.size(), 0) {}

  void run();

private:
  void findLastUses();
  void addStep(int index, const Comparison &comparison);
  void define(Value value);
  void release(Value value, int index) {
    if (lastUse[value] == index)
      freeSlots.push_back(slots[value]);
  }
  bool isUsed(Value value) const {
    return sumOf[value] >= 0 || lastUse[value] >= 0;
  }

  ArrayRef<Comparison> comparisons;
  ArrayRef<int> sumOf;
  MeterProgram &program;
  /// The last comparison that reads a value; -1 for none.
  std::vector<int> lastUse;
  std::vector<uint16_t> slots;
  std::vector<uint16_t> freeSlots;
};

} // namespace

/// From the end: operands of a comparison are used if a result is.
void SlotAllocator::findLastUses() {
  for (int index = int(comparisons.size()) - 1; index >= 0; --index) {
    const Comparison &comparison = comparisons[index];
    if (!isUsed(comparison.larger) && !isUsed(comparison.smaller))
      continue;
    for (Value operand : {comparison.first, comparison.second})
      lastUse[operand] = std::max(lastUse[operand], index);
  }
}

/// Adds a value to its sum as soon as it is there.
void SlotAllocator::define(Value value) {
  if (sumOf[value] >= 0)
    program.steps.push_back(
        {MeterStep::Add, slots[value], uint16_t(sumOf[value]), 0, 0});
  if (lastUse[value] < 0)
    freeSlots.push_back(slots[value]);
}

void SlotAllocator::addStep(int index, const Comparison &comparison) {
  auto [first, second, larger, smaller] = comparison;
  bool wantsLarger = isUsed(larger), wantsSmaller = isUsed(smaller);
  if (!wantsLarger && !wantsSmaller)
    return;
  release(first, index);
  release(second, index);
  for (Value value : {larger, smaller}) {
    if (!isUsed(value))
      continue;
    if (freeSlots.empty())
      freeSlots.push_back(program.numSlots++);
    slots[value] = freeSlots.back();
    freeSlots.pop_back();
  }
  MeterStep::Kind kind = !wantsSmaller  ? MeterStep::Larger
                         : !wantsLarger ? MeterStep::Smaller
                                        : MeterStep::Exchange;
  program.steps.push_back(
      {kind, slots[first], slots[second], slots[larger], slots[smaller]});
  for (Value value : {larger, smaller})
    if (isUsed(value))
      define(value);
}

void SlotAllocator::run() {
  findLastUses();
  program.numSlots = program.blockColumns;
  for (Value element = 0; element < program.blockColumns; ++element) {
    slots[element] = element;
    define(element);
  }
  for (auto [index, comparison] : llvm::enumerate(comparisons))
    addStep(index, comparison);
}

MeterProgram tasd::sparsity::compileMeterProgram(
    ArrayRef<llvm::SmallVector<NMShape, 4>> series, int64_t blockColumns) {
  MeterProgram program;
  program.blockColumns = blockColumns;
  ProgramBuilder builder(blockColumns);
  std::map<Value, std::vector<size_t>> seriesOfValue;
  for (auto [i, terms] : llvm::enumerate(series))
    for (Value value : builder.getDropped(terms))
      seriesOfValue[value].push_back(i);
  // Values that the same series drop share a sum.
  std::map<std::vector<size_t>, int> sums;
  std::vector<int> sumOf(builder.getNumValues(), -1);
  for (auto &[value, dropping] : seriesOfValue) {
    auto [it, isNew] = sums.try_emplace(dropping, sums.size());
    if (isNew)
      program.seriesOfSum.push_back(dropping);
    sumOf[value] = it->second;
  }
  SlotAllocator(builder.getComparisons(), sumOf, program).run();
  return program;
}
