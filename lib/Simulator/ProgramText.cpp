//===- ProgramText.cpp - How messages name parts of programs --------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Simulator/ProgramText.h"

#include "llvm/ADT/Twine.h"

#include <array>

using namespace tasd::simulator;
using llvm::StringRef;

StringRef tasd::simulator::getName(const Instruction &instruction) {
  constexpr std::array<StringRef, std::variant_size_v<Instruction>> names = {
      "loop", "loop end", "load",   "acquire", "release",   "begin",
      "end",  "store",    "signal", "wait",    "decompose", "mma"};
  return names[instruction.index()];
}

namespace {
/// The ring that an instruction is about.
struct RingOf {
  std::optional<RingId> operator()(const Load &load) { return load.ring; }
  std::optional<RingId> operator()(const Acquire &acquire) {
    return acquire.ring;
  }
  std::optional<RingId> operator()(const Release &release) {
    return release.ring;
  }
  std::optional<RingId> operator()(const Begin &begin) { return begin.ring; }
  std::optional<RingId> operator()(const End &end) { return end.ring; }
  std::optional<RingId> operator()(const Store &store) { return store.ring; }
  template <typename Other> std::optional<RingId> operator()(const Other &) {
    return std::nullopt;
  }
};
} // namespace

std::string tasd::simulator::describeInstruction(const Program &program,
                                                 size_t place) {
  const Instruction &instruction = program.instructions[place];
  std::optional<RingId> ring = std::visit(RingOf(), instruction);
  std::string text =
      ("instruction " + llvm::Twine(place) + " (" + getName(instruction)).str();
  if (ring && *ring < program.rings.size())
    text += " of '" + program.rings[*ring].name + "'";
  return text + ")";
}
