//===- OpKinds.h - The linalg ops that programs are made of -----*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Operands are described by one letter for each dimension: `b` batch, `g`
// group, `m` `n` matrix dimensions, `k` channels, `h` `w` `d` output positions
// and `y` `x` `z` their windows; upper case `H`, `W`, `D` for the input extents
// that these need; other letters as linalg.contract draws them.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_UNITTESTS_DIFFERENTIAL_OPKINDS_H
#define TASD_UNITTESTS_DIFFERENTIAL_OPKINDS_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

#include <string>
#include <vector>

namespace tasd::differential {

/// Kinds of ops that the table of coverage tells apart.
enum class OpGroup {
  Matmul,
  BatchMatmul,
  Vector,
  Contract,
  Generic,
  Conv1D,
  Conv2D,
  Conv3D,
  GroupedConv,
  Quantized,
  Depthwise,
  /// No layer: a tensor is decomposed and composed again.
  Composition,
};
constexpr OpGroup kLastOpGroup = OpGroup::Composition;
llvm::StringRef getName(OpGroup group);

struct OpKind {
  OpGroup group;
  /// The name in linalg: "matmul".
  std::string op;
  std::string lhs, rhs, result;
  /// The loops summed over, in the order of the op's loops.
  std::string reductions;
  /// The loops of the op by letters, where its maps are written; else empty.
  std::string loops;

  bool isConv() const;
  bool isDepthwise() const { return group == OpGroup::Depthwise; }
  bool isComposition() const { return group == OpGroup::Composition; }
  /// Whether inputs have zero points.
  bool isQuantized() const;
  /// Strides and dilations can be written.
  bool hasStrides() const;
  /// Whether a `cast` can be written.
  bool hasCast() const;
  /// What the coverage table calls the layout: "mk,kn->mn".
  std::string getLayout() const;
};

/// All named ops. Those of the groups Contract and Generic are drawn.
llvm::ArrayRef<OpKind> getNamedKinds();

/// Input positions and the output position and window they are made of.
bool isWindowed(char letter);
char getPosition(char windowed);
char getWindow(char windowed);

/// Types of the two inputs and the result.
struct ElementTypes {
  const char *lhs, *rhs, *result;
  bool isUnsigned[2] = {false, false};

  /// "i8,ui8->i32".
  std::string getText() const;
};

enum class TypeFamily { Float, Half, Integer };
constexpr TypeFamily kLastTypeFamily = TypeFamily::Integer;
llvm::StringRef getName(TypeFamily family);
llvm::ArrayRef<ElementTypes> getTypes(TypeFamily family);

/// Which operands get a series.
enum class Side { Weights, Activations, Both };
constexpr Side kLastSide = Side::Both;
llvm::StringRef getName(Side side);

} // namespace tasd::differential

#endif // TASD_UNITTESTS_DIFFERENTIAL_OPKINDS_H
