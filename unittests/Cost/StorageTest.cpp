//===- StorageTest.cpp - What machines store of inputs --------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Cost/Storage.h"

#include "ReferenceRuns.h"

#include "gtest/gtest.h"

using namespace tasd::cost;
using namespace tasd::cost::test;
using tasd::machine::MetadataFormat;

/// Bits of metadata of a kept element.
static double getBits(llvm::StringRef series, MetadataFormat format,
                      bool powerOfTwo) {
  tasd::machine::Machine machine = getPreset("stc-flexible");
  machine.a.format = format;
  machine.metadataPowerOfTwo = powerOfTwo;
  Work work;
  work.a.series = getSeries(series);
  Storage storage = getStorages(machine, Operand::A, work).front();
  return storage.metadataBits / storage.keptShare;
}

TEST(Storage, CoordinatesArePlacesInTheBlock) {
  EXPECT_DOUBLE_EQ(getBits("2:4", MetadataFormat::Coordinate, false), 2);
  EXPECT_DOUBLE_EQ(getBits("2:6", MetadataFormat::Coordinate, false), 3);
  EXPECT_DOUBLE_EQ(getBits("2:8", MetadataFormat::Coordinate, false), 3);
  EXPECT_DOUBLE_EQ(getBits("2:6", MetadataFormat::Coordinate, true), 4);
}

TEST(Storage, RunLengthsAreAsPublished) {
  EXPECT_DOUBLE_EQ(getBits("2:4", MetadataFormat::RunLength, false), 2);
  EXPECT_DOUBLE_EQ(getBits("2:6", MetadataFormat::RunLength, false), 2);
  EXPECT_DOUBLE_EQ(getBits("2:8", MetadataFormat::RunLength, false), 3);
  EXPECT_DOUBLE_EQ(getBits("2:8", MetadataFormat::RunLength, true), 4);
}

TEST(Storage, BitmasksHaveABitForEachElement) {
  EXPECT_DOUBLE_EQ(getBits("2:8", MetadataFormat::Bitmask, true), 4);
}

TEST(Storage, DenseInputsAreStoredWhole) {
  Storage storage = getStorages(getPreset("stc"), Operand::A, Work()).front();
  EXPECT_EQ(storage.keptShare, 1);
  EXPECT_EQ(storage.metadataBits, 0);
  EXPECT_EQ(storage.getMacShare(), 1);
}

TEST(Storage, SkippedZerosAreNeitherStoredNorMultiplied) {
  Work work;
  work.b.density = 0.3;
  Storage compressed =
      getStorages(getPreset("stc-flexible-dual"), Operand::B, work).front();
  EXPECT_EQ(compressed.keptShare, 0.3);
  EXPECT_EQ(compressed.getMacShare(), 1);
  Storage skipped = getStorages(getPreset("dstc"), Operand::B, work).front();
  EXPECT_EQ(skipped.keptShare, 0.3);
  EXPECT_EQ(skipped.getMacShare(), 0.3);
}
