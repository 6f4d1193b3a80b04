//===- LayerDrawing.h - A layer in random shapes ----------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The extents of one layer, its strides and dilations, and how it is written.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_UNITTESTS_DIFFERENTIAL_LAYERDRAWING_H
#define TASD_UNITTESTS_DIFFERENTIAL_LAYERDRAWING_H

#include "Numbers.h"
#include "OpKinds.h"
#include "Random.h"

#include <map>

namespace tasd::differential {

/// Draws a contraction with random dimensions, in random orders.
OpKind drawContraction(OpGroup group, Random &random);

class LayerDrawing {
public:
  LayerDrawing(OpKind kind, bool isGeneric, Random &random);

  const OpKind &getKind() const { return kind; }
  Shape getShape(llvm::StringRef letters) const;
  /// As getShape, with negative extents for the letters that are dynamic.
  Shape getType(llvm::StringRef letters) const;
  bool isDynamic(char letter) const {
    return dynamicLetters.find(letter) != std::string::npos;
  }
  bool isStrided() const;
  bool isDilated() const;
  bool isDynamic() const { return !dynamicLetters.empty(); }
  int64_t getNumProducts() const;

  /// Hides the extents of some dimensions; `constant` is spared.
  void drawDynamic(Random &random);

  /// The dimensions of an operand to block, windows before channels; of an
  /// activation channels alone.
  Shape getBlockedDims(llvm::StringRef letters, bool isWeights) const;

  /// The op up to `ins`.
  std::string getOpText(const ElementTypes &types) const;
  /// What follows `outs`, up to the arrow.
  std::string getBodyText(const ElementTypes &types, Random &random) const;

private:
  int64_t getExtent(char letter) const;
  int64_t getNumSteps() const;
  void drawExtents(Random &random);
  void drawWindows(Random &random);
  std::string getMaps() const;
  std::string getIndex(char letter) const;

  OpKind kind;
  bool isGeneric;
  std::string loops, dynamicLetters;
  std::map<char, int64_t> extents;
  /// By the letter of the window.
  std::map<char, int64_t> strides, dilations;
  /// Elements of the input past the last window.
  int64_t slack = 0;
};

} // namespace tasd::differential

#endif // TASD_UNITTESTS_DIFFERENTIAL_LAYERDRAWING_H
