//===- Program.h - A random program and what is expected of it --*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One function of linalg on tensors with one or two layers, its arguments, and
// which operands of its layers the design says can be series.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_UNITTESTS_DIFFERENTIAL_PROGRAM_H
#define TASD_UNITTESTS_DIFFERENTIAL_PROGRAM_H

#include "Composition.h"
#include "OpKinds.h"

#include <array>
#include <optional>
#include <set>

namespace tasd::differential {

/// What the tables of coverage count.
struct Traits {
  OpKind kind;
  /// "named" or "generic".
  std::string form;
  TypeFamily family;
  ElementTypes types;
  Side side;
  /// "ragged", "strided", "dense_resource", ...: whatever else is special.
  std::set<std::string> features;
};

/// The operands of a layer that must become series; none for one left dense.
struct ExpectedLayer {
  std::array<std::optional<Decomposition>, 2> inputs;

  bool isPlanned() const { return inputs[0] || inputs[1]; }
};

struct Program {
  uint64_t seed = 0;
  Traits traits;
  /// The series asked for, and the name of the function.
  std::string series, name;
  /// The function and the globals it uses.
  std::string text;
  /// Names and hexadecimal text of the resources it uses.
  std::vector<std::pair<std::string, std::string>> resources;
  std::vector<Tensor> inputs;
  std::vector<ExpectedLayer> layers;
  /// Whether every partial sum is exact in the type that it is held in.
  bool isExact = false;
  /// The products summed up in one element of a result.
  int64_t numProducts = 1;

  /// Whether results are compared bit for bit, signs of zeros included.
  bool isComposition() const { return traits.kind.isComposition(); }
  /// Whether some layer must be planned.
  bool isEligible() const;
  /// The module that consists of this program.
  std::string getModuleText() const;
};

/// The program of a seed. Seeds that follow each other go round the cells of
/// the table of coverage.
Program generateProgram(uint64_t seed);

/// A cell of the table of coverage.
struct Cell {
  OpGroup group;
  TypeFamily family;
  Side side;

  bool operator<(const Cell &other) const {
    return std::tie(group, family, side) <
           std::tie(other.group, other.family, other.side);
  }
};

/// The cells in which programs must be rewritten.
llvm::ArrayRef<Cell> getSupportedCells();

} // namespace tasd::differential

#endif // TASD_UNITTESTS_DIFFERENTIAL_PROGRAM_H
