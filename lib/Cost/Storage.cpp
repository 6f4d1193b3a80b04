//===- Storage.cpp - How the inputs of a work are stored ------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Storage.h"

using namespace tasd::cost;

std::vector<Storage> tasd::cost::getStorages(const machine::Machine &machine,
                                             Operand operand,
                                             const Work &work) {
  const Input &input = work.getInput(operand);
  std::vector<Storage> storages;
  for (const sparsity::PatternRef &pattern : input.series.getPatterns())
    storages.push_back(machine::getTermStorage(machine, operand, *pattern));
  if (storages.empty())
    storages.push_back(machine::getUnstructuredStorage(
        machine, operand, input.density, work.extents.k));
  return storages;
}

bool tasd::cost::hasWholeBlocks(const Work &work, int64_t length) {
  std::optional<int64_t> blockSize = work.a.getBlocks().getBlockSize();
  return !blockSize || length % *blockSize == 0;
}
