//===- Listener.h - Who follows a simulation ------------------ -*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Whoever wants to know what happens while a program runs is a listener: the
// counters of traffic, energy, the trace. Events say what an instruction did,
// when it is done.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_SIMULATOR_LISTENER_H
#define TASD_SIMULATOR_LISTENER_H

#include "tasd/Machine/Machine.h"

namespace tasd::simulator {

using machine::Operand;

/// Words of 8 bits, and bits of metadata beside them.
struct Amount {
  double words = 0, metadataBits = 0;

  /// Metadata share the rates of words.
  double getTotal() const { return words + metadataBits / 8; }
  Amount operator*(double factor) const {
    return {words * factor, metadataBits * factor};
  }
  Amount &operator+=(const Amount &other);
};

/// What moves at a level for an operand: out of it, into it from outside, and,
/// of sums, into it from inside. Over all instances.
struct Traffic {
  uint32_t level = 0;
  Operand operand = Operand::A;
  Amount reads, fills;
  double updates = 0;
};

/// Multiply-adds.
struct MacCount {
  /// Those done.
  double done = 0;
  /// Those of the product as if dense; of further terms none.
  double dense = 0;
};

/// What TASD units did.
struct DecomposeCount {
  double blocks = 0, keptElements = 0;
  /// Of an element.
  double words = 1;
};

/// A unit at work.
struct Span {
  llvm::StringRef unit, work;
  double beginCycle = 0, endCycle = 0;
};

class Listener {
public:
  virtual ~Listener();
  virtual void onTraffic(const Traffic &traffic) {}
  virtual void onMacs(const MacCount &count) {}
  virtual void onDecompose(const DecomposeCount &count) {}
  virtual void onSpan(const Span &span) {}
};

} // namespace tasd::simulator

#endif // TASD_SIMULATOR_LISTENER_H
