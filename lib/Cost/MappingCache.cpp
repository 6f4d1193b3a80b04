//===- MappingCache.cpp - Equal layers are searched once ------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Cost/MappingCache.h"

#include "tasd/Machine/MachineFile.h"

#include "llvm/ADT/bit.h"

using namespace tasd::cost;

/// The outcome of one search.
struct MappingCache::Entry {
  std::once_flag once;
  /// Empty where an error was found.
  std::optional<MappedCost> found;
  std::string error;
};

MappingCache::MappingCache() = default;
MappingCache::~MappingCache() = default;

static void print(const Input &input, llvm::raw_ostream &os) {
  // Every density has a text of its own.
  os << input.type << " " << llvm::bit_cast<uint64_t>(input.density) << " "
     << input.series.getText() << " " << input.decomposedAtRunTime << " "
     << input.getBlocks().getText() << "\n";
}

static void print(const Window &window, llvm::raw_ostream &os) {
  os << getName(window.image) << " " << window.channels;
  for (const WindowDim &dim : window.dims)
    os << " " << dim.input << "," << dim.output << "," << dim.kernel << ","
       << dim.stride << "," << dim.dilation;
  os << "\n";
}

static void print(const Work &work, llvm::raw_ostream &os) {
  for (Dim dim : kDims)
    os << getExtent(work.extents, dim) << " ";
  os << work.numProducts << " " << work.resultType << " " << work.accumulates
     << work.gathersB << work.scattersZ << "\n";
  print(work.a, os);
  print(work.b, os);
  if (work.window)
    print(*work.window, os);
}

static std::string getKey(const Work &work,
                          const tasd::machine::Machine &machine,
                          Objective objective, const CostLimits &limits) {
  std::string key;
  llvm::raw_string_ostream os(key);
  os << getName(objective) << " " << llvm::bit_cast<uint64_t>(limits.cycles)
     << " " << llvm::bit_cast<uint64_t>(limits.energyPj) << " "
     << llvm::bit_cast<uint64_t>(limits.words) << "\n";
  print(work, os);
  printMachine(machine, os);
  return key;
}

llvm::Expected<MappedCost> MappingCache::find(const Work &work,
                                              const machine::Machine &machine,
                                              Objective objective,
                                              const Cost *known,
                                              const CostLimits &limits) {
  std::shared_ptr<Entry> entry;
  {
    std::lock_guard<std::mutex> lock(mutex);
    auto &slot = entries[getKey(work, machine, objective, limits)];
    if (!slot)
      slot = std::make_shared<Entry>();
    entry = slot;
  }
  std::call_once(entry->once, [&] {
    auto found = findBestMapping(work, machine, objective, known, limits);
    if (found)
      entry->found = std::move(*found);
    else
      entry->error = llvm::toString(found.takeError());
  });
  if (!entry->found)
    return llvm::createStringError(entry->error);
  return *entry->found;
}

size_t MappingCache::getNumSearches() const {
  std::lock_guard<std::mutex> lock(mutex);
  return entries.size();
}
