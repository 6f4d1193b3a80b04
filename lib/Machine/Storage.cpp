//===- Storage.cpp - What a machine stores of an input --------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Machine/Storage.h"

#include "llvm/Support/MathExtras.h"

using namespace tasd::machine;

/// Bits that place one kept element in its block.
static int64_t getPlaceBits(MetadataFormat format, int64_t blockSize) {
  // A run-length word is as long as the largest power of two within the block.
  return format == MetadataFormat::RunLength ? llvm::Log2_64(blockSize)
                                             : llvm::Log2_64_Ceil(blockSize);
}

static int64_t bill(const Machine &machine, int64_t bits) {
  return machine.metadataPowerOfTwo && bits ? llvm::PowerOf2Ceil(bits) : bits;
}

/// Bits of metadata for each element as if dense.
static double getMetadataBits(const Machine &machine, MetadataFormat format,
                              double keptShare, int64_t blockSize) {
  switch (format) {
  case MetadataFormat::None:
    return 0;
  case MetadataFormat::Bitmask:
    return 1;
  case MetadataFormat::Coordinate:
  case MetadataFormat::RunLength:
    return keptShare * bill(machine, getPlaceBits(format, blockSize));
  }
  llvm_unreachable("all formats handled");
}

Storage tasd::machine::getTermStorage(const Machine &machine, Operand operand,
                                      const sparsity::Pattern &pattern) {
  Storage storage;
  if (pattern.keepsEverything())
    return storage;
  storage.keptShare = pattern.getMaxDensity().value_or(1);
  storage.metadataBits =
      getMetadataBits(machine, machine.getSupport(operand).format,
                      storage.keptShare, pattern.getBlockSize().value_or(1));
  // The lanes are built for the terms of A alone.
  if (operand == Operand::A)
    storage.laneShare = storage.keptShare;
  return storage;
}

Storage tasd::machine::getUnstructuredStorage(const Machine &machine,
                                              Operand operand, double density,
                                              int64_t rowLength) {
  Storage storage;
  const auto &support = machine.getSupport(operand);
  if (support.zeros == ZeroSupport::Stored)
    return storage;
  storage.keptShare = density;
  storage.metadataBits =
      getMetadataBits(machine, support.format, density, rowLength);
  if (support.zeros == ZeroSupport::Skipped)
    storage.skipDensity = density;
  return storage;
}

Storage tasd::machine::sumStorages(llvm::ArrayRef<Storage> storages) {
  Storage sum = storages.front();
  for (const Storage &storage : storages.drop_front()) {
    sum.keptShare += storage.keptShare;
    sum.metadataBits += storage.metadataBits;
  }
  return sum;
}
