//===- FirstPattern.h - A pattern that no library knows ---------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// `first(K)` keeps the first K non-zeros of every row, wherever they stand.
// Packed: the values, and their columns as i32; an empty slot names the column
// past the end.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_UNITTESTS_CUSTOMPATTERN_FIRSTPATTERN_H
#define TASD_UNITTESTS_CUSTOMPATTERN_FIRSTPATTERN_H

#include "tasd/Sparsity/Pattern.h"

namespace tasd::test {

class FirstPattern final : public sparsity::Pattern {
public:
  explicit FirstPattern(int64_t count) : count(count) {}

  int64_t getCount() const { return count; }

  llvm::StringRef getFamilyKeyword() const override { return "first"; }
  std::string getText() const override;
  std::optional<double> getMaxDensity() const override { return std::nullopt; }
  std::optional<int64_t> getBlockSize() const override { return std::nullopt; }
  std::vector<sparsity::PackedComponent>
  getPackedComponents(const sparsity::BlockedShape &blocked) const override;
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
  int64_t count;
};

/// The family of first(K), keyword "first".
std::shared_ptr<const sparsity::PatternFamily> createFirstFamily();

} // namespace tasd::test

#endif // TASD_UNITTESTS_CUSTOMPATTERN_FIRSTPATTERN_H
