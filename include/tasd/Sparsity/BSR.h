//===- BSR.h - Patterns of blocks and of single elements --------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// "bsr(RxC, above = T)" keeps blocks of R outputs (rows of the tensor) and C ks
// (columns) whose L2 norm, divided by sqrt(R * C), is greater than T; without a
// threshold, those with a non-zero. "csr(above = T)" is its 1x1 form and keeps
// elements whose magnitude is greater than T. Blocks never span two indices of
// an outer row dimension; those at the end count as padded with zeros. Sums are
// taken in double, of ascending indices, over what earlier terms left. A norm
// that is NaN is kept, as is an infinite one, and a square too small for double
// counts as the smallest double. There are fewer than 2^31 ks.
//
// Packed form, a component each, of blocks by ascending row, then column:
//   values   the blocks, each no higher than an outer row dimension has outputs
//            and no wider than there are ks; +0 where the term has no element
//   columns  the column of each block, in blocks
//   begins   where each row of blocks begins in `columns`; then the end
//
//===----------------------------------------------------------------------===//

#ifndef TASD_SPARSITY_BSR_H
#define TASD_SPARSITY_BSR_H

#include "tasd/Sparsity/Scoring.h"

namespace tasd::sparsity {

/// The parameters of a block pattern.
struct BSRRule {
  /// R and C, 1 to kMaxBSRExtent each.
  int64_t numRows = 1, numColumns = 1;
  /// What the root of the mean square of a block has to exceed: finite, at
  /// least 0.
  double threshold = 0;
};

/// The most rows or columns of a block.
constexpr int64_t kMaxBSRExtent = 65536;

/// Blocks of R x C elements.
class BSRPattern final : public Pattern, public Scoring {
public:
  /// Errors: a parameter out of range.
  static llvm::Expected<PatternRef> get(const BSRRule &rule);

  const BSRRule &getRule() const { return rule; }

  llvm::StringRef getFamilyKeyword() const override;
  std::string getText() const override;
  std::optional<double> getMaxDensity() const override { return std::nullopt; }
  /// None: rows of blocks have no common length, so nothing is cut at blocks.
  std::optional<int64_t> getBlockSize() const override { return std::nullopt; }
  bool keepsEverything() const override { return rule.threshold == 0; }
  PatternRef getStored() const override;
  std::vector<PackedComponent>
  getPackedComponents(const BlockedShape &blocked) const override;
  std::vector<PackedComponent> getSizedComponents(const TensorView &tensor,
                                                  const Ownership &ownership,
                                                  uint8_t term) const override;
  /// True: any tensor is made of blocks.
  bool obeys(const TensorView &tensor) const override;
  void select(const TensorView &tensor, Ownership &ownership,
              uint8_t term) const override;
  void
  pack(const TensorView &tensor, const Ownership &ownership, uint8_t term,
       llvm::ArrayRef<llvm::MutableArrayRef<char>> components) const override;
  llvm::Error
  verifyPacked(const BlockedShape &blocked, ElementType type,
               llvm::ArrayRef<llvm::ArrayRef<char>> components) const override;
  void unpack(llvm::ArrayRef<llvm::ArrayRef<char>> components,
              const MutableTensorView &tensor) const override;

  /// Blocks, row by row.
  const Scoring *getScoring() const override { return this; }
  unsigned getNumThresholds() const override { return 1; }
  void appendScores(const TensorView &tensor, const Ownership &ownership,
                    unsigned position,
                    std::vector<double> &scores) const override;
  double getThreshold(unsigned) const override { return rule.threshold; }
  PatternRef withThreshold(unsigned position, double threshold) const override;

private:
  explicit BSRPattern(const BSRRule &rule) : rule(rule) {}
  BSRRule rule;
};

/// The family "bsr(RxC[, above = T])" with "csr[(above = T)]".
std::shared_ptr<const PatternFamily> createBSRFamily();

} // namespace tasd::sparsity

#endif // TASD_SPARSITY_BSR_H
