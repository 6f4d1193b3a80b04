//===- Program.cpp - Programs of the accelerator --------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Simulator/Program.h"

using namespace tasd::simulator;

int64_t Axis::getExtent() const {
  return gathered.empty() ? getNumDigitValues() : gathered.size();
}

int64_t Axis::getNumDigitValues() const {
  int64_t extent = 1;
  for (const Digit &digit : digits)
    extent *= digit.extent;
  return extent;
}
