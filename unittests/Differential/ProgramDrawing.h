//===- ProgramDrawing.h - One random program ------------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_UNITTESTS_DIFFERENTIAL_PROGRAMDRAWING_H
#define TASD_UNITTESTS_DIFFERENTIAL_PROGRAMDRAWING_H

#include "LayerDrawing.h"
#include "ProgramWriter.h"

namespace tasd::differential {

/// Draws the program of a seed: a layer of a cell, its operands, and at times
/// what stands behind it.
class ProgramDrawing {
public:
  ProgramDrawing(uint64_t seed, const Cell &cell)
      : random(seed), writer(program), cell(cell), kind(drawKind()),
        layer(kind, isGeneric, random) {
    program.seed = seed;
    program.name = "p" + std::to_string(seed);
  }

  Program draw();

private:
  OpKind drawKind();
  void drawTypes();
  void drawSides();
  void drawLimits();
  bool isTypePossible(const ElementTypes &types) const;

  llvm::StringRef getLetters(int input) const {
    return input ? kind.rhs : kind.lhs;
  }
  llvm::StringRef getElement(int input) const {
    return input ? types.rhs : types.lhs;
  }

  Tensor drawInput(int input);
  Tensor drawWeights(int input);
  TypedValue addActivation(int input);
  TypedValue addInit();
  void drawZeroPoints();
  std::string getZeroPointText(std::string &typeText);

  TypedValue addLayer(llvm::ArrayRef<TypedValue> inputs);
  ExpectedLayer getExpectation() const;
  void addSecondUse(llvm::ArrayRef<TypedValue> inputs);
  bool canChain() const;
  TypedValue addChain(TypedValue value);
  TypedValue addRelu(TypedValue value);
  void collectFeatures();

  Random random;
  Program program;
  ProgramWriter writer;
  Cell cell;
  bool isGeneric = false;
  OpKind kind;
  LayerDrawing layer;
  ElementTypes types;
  bool isConstant[2] = {false, false};
  bool isSeries[2] = {false, false};
  /// The values of zero points; none where known at run time only.
  std::optional<int64_t> zeroPoints[2] = {0, 0};
  /// Largest magnitudes of the elements of inputs and of the init.
  Number limit = 0;
  static constexpr int64_t kInitLimit = 7;
};

} // namespace tasd::differential

#endif // TASD_UNITTESTS_DIFFERENTIAL_PROGRAMDRAWING_H
