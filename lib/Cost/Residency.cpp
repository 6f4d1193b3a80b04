//===- Residency.cpp - What the tiles of a level take in it ---------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Residency.h"

#include "Lanes.h"

using namespace tasd::cost;
using namespace tasd::machine;

double tasd::cost::getPacking(int64_t places, const Storage &storage) {
  return static_cast<double>(places) / countLanes(places, storage.laneShare);
}

Demand tasd::cost::getDemand(const Work &work, Operand operand, double elements,
                             const Storage &storage,
                             const MemoryLevel &memory) {
  double words = memory.capacityUnit == CapacityUnit::Elements
                     ? 1
                     : work.getElementWords(operand);
  return {elements * storage.keptShare * words,
          elements * storage.metadataBits};
}

OperandSet tasd::cost::getMayBypass(const Work &work,
                                    const MemoryLevel &memory) {
  OperandSet operands = memory.mayBypass;
  operands.b &= !work.gathersB;
  operands.z &= !work.scattersZ;
  return operands;
}

double tasd::cost::getMetadataCapacity(const MemoryLevel &memory) {
  double bits =
      static_cast<double>(memory.metadata.capacity) * memory.metadata.widthBits;
  bool isBounded = memory.capacity != kUnlimitedCapacity && bits > 0;
  return isBounded ? bits : std::numeric_limits<double>::infinity();
}

bool tasd::cost::fitsCapacity(const Demand &demand, const MemoryLevel &memory) {
  return memory.capacity == kUnlimitedCapacity ||
         demand.capacity <= memory.capacity * (1 + kSlack);
}

bool tasd::cost::fitsMetadata(const Demand &demand, const MemoryLevel &memory) {
  return demand.metadataBits <= getMetadataCapacity(memory) * (1 + kSlack);
}
