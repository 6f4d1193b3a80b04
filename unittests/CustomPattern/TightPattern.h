//===- TightPattern.h - A pattern of open size ------------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// `tight(K)` keeps the first K non-zeros of every row and stores no empty slot,
// so that its packed form is as large as the tensor is full. What is stored is
// `tight`. Packed: the values and their columns as i32, row after row, and
// where each row begins, with one entry more at the end.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_UNITTESTS_CUSTOMPATTERN_TIGHTPATTERN_H
#define TASD_UNITTESTS_CUSTOMPATTERN_TIGHTPATTERN_H

#include "tasd/Sparsity/Pattern.h"

namespace tasd::test {

class TightPattern final : public sparsity::Pattern {
public:
  explicit TightPattern(std::optional<int64_t> count) : count(count) {}

  /// None of what is stored.
  std::optional<int64_t> getCount() const { return count; }

  llvm::StringRef getFamilyKeyword() const override { return "tight"; }
  std::string getText() const override;
  std::optional<double> getMaxDensity() const override { return std::nullopt; }
  std::optional<int64_t> getBlockSize() const override { return std::nullopt; }
  sparsity::PatternRef getStored() const override;
  std::vector<sparsity::PackedComponent>
  getPackedComponents(const sparsity::BlockedShape &blocked) const override;
  std::vector<sparsity::PackedComponent>
  getSizedComponents(const sparsity::TensorView &tensor,
                     const sparsity::Ownership &ownership,
                     uint8_t term) const override;
  bool obeys(const sparsity::TensorView &tensor) const override;
  void select(const sparsity::TensorView &tensor,
              sparsity::Ownership &ownership, uint8_t term) const override;
  void
  pack(const sparsity::TensorView &tensor, const sparsity::Ownership &ownership,
       uint8_t term,
       llvm::ArrayRef<llvm::MutableArrayRef<char>> components) const override;
  void unpack(llvm::ArrayRef<llvm::ArrayRef<char>> components,
              const sparsity::MutableTensorView &tensor) const override;

private:
  std::optional<int64_t> count;
};

/// The family of tight(K) and tight, keyword "tight".
std::shared_ptr<const sparsity::PatternFamily> createTightFamily();

} // namespace tasd::test

#endif // TASD_UNITTESTS_CUSTOMPATTERN_TIGHTPATTERN_H
