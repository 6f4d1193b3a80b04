//===- Work.h - What a layer asks of a machine ---------------- -*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The work of one layer, as a matrix product: Z[M,N] = A[M,K] * B[K,N]. For
// weights A, M counts output channels and N pixels or tokens. A convolution is
// the same product, in which one input is read from an image through a window.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_COST_WORK_H
#define TASD_COST_WORK_H

#include "tasd/Machine/Machine.h"

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"

#include <array>
#include <cstdint>
#include <optional>

namespace tasd::cost {

/// The dimensions of a matrix product.
enum class Dim : uint8_t { M, N, K };
constexpr std::array<Dim, 3> kDims = {Dim::M, Dim::N, Dim::K};

/// Extents of works and mappings stay within this: no product of two of them
/// overflows, and that of three is exact enough in a double.
constexpr int64_t kMaxExtent = int64_t(1) << 31;

using machine::Extents;
using machine::Operand;
using machine::OperandSet;

constexpr std::array<Operand, 3> kOperands = {Operand::A, Operand::B,
                                              Operand::Z};

/// "M", "N" or "K".
llvm::StringRef getName(Dim dim);
/// "a", "b" or "z".
llvm::StringRef getName(Operand operand);
/// Whether the elements of `operand` differ along `dim`.
bool isIndexedBy(Operand operand, Dim dim);

int64_t &getExtent(Extents &extents, Dim dim);
int64_t getExtent(const Extents &extents, Dim dim);

/// One dimension of the window of a convolution.
struct WindowDim {
  /// Pixels of the image, without padding, which is not stored.
  int64_t input = 1;
  /// Pixels of the result, and taps of the kernel.
  int64_t output = 1, kernel = 1;
  /// Pixels of the image between those of the result, and between taps.
  int64_t stride = 1, dilation = 1;
};

/// The window of a convolution, through which one input is read from images:
/// along K its taps, then channels; along the image's other dimension images,
/// then the pixels of the result. Row-major, any number of dimensions.
struct Window {
  int64_t channels = 1;
  llvm::SmallVector<WindowDim, 3> dims;
  /// The input that is the image: B where A holds the weights, else A.
  Operand image = Operand::B;
};

/// How the elements of an input are given.
struct Input {
  /// The name of the element type in MLIR.
  std::string type = "i8";
  /// The share of elements that are not zero.
  double density = 1;
  /// The terms it is stored as; none stands for dense.
  sparsity::Series series;
  /// Whether TASD units extract the terms while the layer runs.
  bool decomposedAtRunTime = false;
  /// What they extract, where `series` is only a part of it.
  std::optional<sparsity::Series> extracted;

  /// The series whose blocks the input has.
  const sparsity::Series &getBlocks() const {
    return extracted ? *extracted : series;
  }
};

/// One layer.
struct Work {
  Extents extents;
  Input a, b;
  /// The name of the element type of the result in MLIR.
  std::string resultType = "i8";
  /// Set for a convolution.
  std::optional<Window> window;
  /// Whether sums start from what the result's memory holds, rather than from
  /// zeros.
  bool accumulates = false;
  /// Whether the places of B along K, and those of Z along M, are told by
  /// lists, which move with their tiles: what a tile-wise pattern keeps of
  /// each.
  bool gathersB = false, scattersZ = false;
  /// How many equal, independent products of these extents run one after the
  /// other: batches in which both inputs differ, groups of a convolution.
  int64_t numProducts = 1;

  /// `operand` is A or B.
  const Input &getInput(Operand operand) const;
  const std::string &getType(Operand operand) const;
  /// Words of 8 bits of an element, whose type has to be known.
  double getElementWords(Operand operand) const;
};

/// The product that a convolution is.
Extents getProduct(const Window &window, int64_t images, int64_t filters);

/// Elements of `operand` that a tile of the given extents touches. Of an image,
/// the pixels that neighbouring windows share count once; a tile of more pixels
/// than a row has counts as whole rows.
double countElements(const Work &work, Operand operand, const Extents &tile);

/// No tile of an image of so many pixels of the result has a smaller share of
/// distinct elements among those that its products take, as long as it reaches
/// no further along K than the window.
double getLeastImageShare(const Window &window, int64_t pixels);

} // namespace tasd::cost

#endif // TASD_COST_WORK_H
