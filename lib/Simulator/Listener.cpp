//===- Listener.cpp - Who follows a simulation ----------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Simulator/Listener.h"

using namespace tasd::simulator;

Listener::~Listener() = default;

Amount &Amount::operator+=(const Amount &other) {
  words += other.words;
  metadataBits += other.metadataBits;
  return *this;
}
