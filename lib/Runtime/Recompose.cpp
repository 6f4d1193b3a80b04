//===- Recompose.cpp - Series tried on tensors of a run -------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Runtime/Recompose.h"

#include "RecordReader.h"

#include "tasd/Runtime/ABI.h"
#include "tasd/Sparsity/Packing.h"

using namespace tasd;
using namespace tasd::runtime;

/// Those of the innermost scope of this thread.
static llvm::ArrayRef<Recomposition> &getSlots() {
  thread_local llvm::ArrayRef<Recomposition> slots;
  return slots;
}

RecompositionScope::RecompositionScope(llvm::ArrayRef<Recomposition> slots)
    : previous(std::exchange(getSlots(), slots)) {}

RecompositionScope::~RecompositionScope() { getSlots() = previous; }

/// Reads what comes after the slot.
static sparsity::MutableTensorView readTensor(RecordReader &reader) {
  sparsity::MutableTensorView tensor;
  tensor.elementType = static_cast<sparsity::ElementType>(
      reader.readCount("an element type", TASD_RUNTIME_UI8));
  int64_t rank = reader.readCount("a rank", kMaxRank);
  tensor.data = reader.readAddress<void>();
  tensor.blocked.shape = llvm::to_vector<4>(reader.readWords(rank));
  tensor.strides = llvm::to_vector<4>(reader.readWords(rank));
  return tensor;
}

extern "C" void tasd_runtime_recompose(const int64_t *record) {
  RecordReader reader(record, "tasd_runtime_recompose");
  llvm::ArrayRef<Recomposition> slots = getSlots();
  auto slot = static_cast<size_t>(reader.readCount("a slot", INT64_MAX));
  if (slot >= slots.size() || slots[slot].series.size() == 0)
    return;
  sparsity::MutableTensorView tensor = readTensor(reader);
  tensor.blocked.along = slots[slot].along;
  // Runs on several threads already keep the processors busy.
  if (llvm::Error error = sparsity::recompose(tensor, slots[slot].series))
    reader.fail(llvm::toString(std::move(error)));
}
