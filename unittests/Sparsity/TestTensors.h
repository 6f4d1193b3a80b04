//===- TestTensors.h - Random tensors and a slow oracle ---------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Tensors of every element type and layout for tests, and a selection that
// follows the definition element by element and shares no code with the
// library.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_UNITTESTS_SPARSITY_TESTTENSORS_H
#define TASD_UNITTESTS_SPARSITY_TESTTENSORS_H

#include "tasd/Sparsity/NM.h"
#include "tasd/Sparsity/Packing.h"

#include "gtest/gtest.h"

#include <random>

namespace tasd::sparsity::test {

constexpr ElementType allElementTypes[] = {
    ElementType::F64,  ElementType::F32,      ElementType::F16,
    ElementType::BF16, ElementType::F8E4M3FN, ElementType::SI32,
    ElementType::UI32, ElementType::SI8,      ElementType::UI8};

/// |a| of an element given by its bits: NaN above infinity above the rest.
struct Size {
  bool isNaN;
  long double value;

  bool operator<(const Size &other) const {
    return isNaN != other.isNaN ? other.isNaN : value < other.value;
  }
  bool isZero() const { return !isNaN && value == 0; }
};
Size getSize(ElementType type, uint64_t bits);

/// What the values of a random tensor look like.
enum class Values {
  /// Any bits: NaNs and infinities of all kinds, zeros of both signs.
  AnyBits,
  /// Few distinct magnitudes, many zeros: ties everywhere.
  Ties,
  /// Finite, mostly distinct.
  Finite,
};

/// A tensor with its memory.
struct TestTensor {
  std::vector<char> memory;
  int64_t origin = 0;
  TensorView view;

  /// A row-major tensor of zeros.
  static TestTensor zeros(ElementType type, llvm::ArrayRef<int64_t> shape,
                          llvm::ArrayRef<int64_t> along);
  /// Any rank, blocked dimensions, order of strides, gaps and directions.
  static TestTensor random(ElementType type, Values values, std::mt19937 &rng);
  /// A row-major matrix blocked along its rows' columns.
  static TestTensor matrix(ElementType type, int64_t numRows,
                           int64_t numColumns, Values values,
                           std::mt19937 &rng);
  /// A row-major f32 tensor blocked along its last dimension.
  static TestTensor of(llvm::ArrayRef<float> values,
                       llvm::ArrayRef<int64_t> shape);

  void fill(Values values, std::mt19937 &rng);
  /// A writable view of memory with the same layout.
  MutableTensorView getMutable();
  int64_t getNumRows() const { return view.blocked.getNumRows(); }
  int64_t getNumColumns() const { return view.blocked.getNumColumns(); }
};

/// Bits of the element at a row and column.
uint64_t getBits(const TensorView &view, int64_t row, int64_t column);
void setBits(const MutableTensorView &view, int64_t row, int64_t column,
             uint64_t bits);

/// Random bits of an element.
uint64_t getRandomBits(ElementType type, Values values, std::mt19937 &rng);

/// N and M of the terms of a series.
using NMList = std::vector<std::pair<int64_t, int64_t>>;
std::string getText(const NMList &terms);
NMList getRandomTerms(std::mt19937 &rng, int64_t maxM);

/// The owners by definition: of the unowned non-zeros of a block the largest,
/// of equals the lowest, N times.
std::vector<uint8_t> selectByDefinition(const TensorView &view,
                                        const NMList &terms);

/// The packed form by definition; components of all terms in order.
PackedSeries packByDefinition(const TensorView &view, const NMList &terms);

/// Parses with the builtin families; fails the test on errors.
Series parseSeries(llvm::StringRef text);

/// The message of an error; empty for success.
std::string getMessage(llvm::Error error);
/// The built-in families.
const PatternRegistry &getRegistry();
/// What is wrong with the text of a series; empty if nothing is.
std::string getParseError(llvm::StringRef text);
template <typename T> std::string getMessage(llvm::Expected<T> value) {
  return getMessage(value.takeError());
}

std::vector<TermBuffers> getBuffers(PackedSeries &packed);
std::vector<ConstTermBuffers> getConstBuffers(const PackedSeries &packed);

} // namespace tasd::sparsity::test

#endif // TASD_UNITTESTS_SPARSITY_TESTTENSORS_H
