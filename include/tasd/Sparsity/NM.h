//===- NM.h - The N:M pattern -----------------------------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// N:M keeps at most N non-zeros, those of largest magnitude, in each block of M
// consecutive columns.
//
// Packed form: per block N slots with the kept entries by ascending index;
// empty slots hold +0 at the lowest free indices, so that the indices of a
// block are distinct and ascending. Indices take ceil(log2 M) bits each, lowest
// bit first, and every row starts at a byte.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_SPARSITY_NM_H
#define TASD_SPARSITY_NM_H

#include "tasd/Sparsity/Pattern.h"

namespace tasd::sparsity {

/// The largest block size.
constexpr int64_t kMaxBlockSize = 64;

/// The N:M pattern, 1 <= N <= M <= kMaxBlockSize.
class NMPattern final : public Pattern {
public:
  /// Errors: N or M out of range.
  static llvm::Expected<PatternRef> get(int64_t n, int64_t m);

  int64_t getN() const { return n; }
  int64_t getM() const { return m; }
  /// Bits of an index within a block: ceil(log2 M).
  unsigned getIndexBits() const;
  /// Bytes of the metadata of a row of `numColumns` columns.
  int64_t getMetadataBytesPerRow(int64_t numColumns) const;

  llvm::StringRef getFamilyKeyword() const override;
  std::string getText() const override;
  std::optional<double> getMaxDensity() const override;
  std::optional<int64_t> getBlockSize() const override { return m; }
  bool keepsEverything() const override { return n == m; }
  std::vector<PackedComponent>
  getPackedComponents(const BlockedShape &blocked) const override;
  bool obeys(const TensorView &tensor) const override;
  void select(const TensorView &tensor, Ownership &ownership,
              uint8_t term) const override;
  void
  pack(const TensorView &tensor, const Ownership &ownership, uint8_t term,
       llvm::ArrayRef<llvm::MutableArrayRef<char>> components) const override;
  void unpack(llvm::ArrayRef<llvm::ArrayRef<char>> components,
              const MutableTensorView &tensor) const override;
  std::unique_ptr<FusedPacker>
  createFusedPacker(const Series &series, ElementType type) const override;
  std::unique_ptr<FusedMeter> createFusedMeter(llvm::ArrayRef<Series> series,
                                               ElementType type) const override;

private:
  NMPattern(int64_t n, int64_t m) : n(n), m(m) {}
  int64_t n, m;
};

/// The family of N:M patterns, keyword "nm", text "N:M".
std::shared_ptr<const PatternFamily> createNMFamily();

} // namespace tasd::sparsity

#endif // TASD_SPARSITY_NM_H
