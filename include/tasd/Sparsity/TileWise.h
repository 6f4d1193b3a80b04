//===- TileWise.h - Patterns of compacted tiles -----------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A tile keeps some outputs (rows of the tensor) and some ks (columns), and is
// dense inside, or obeys an inner pattern. "tw(G, columns = T, rows = T)" names
// thresholds as for a matrix whose columns are the outputs:
//
// - The score of an output is its L2 norm divided by the number of ks. Outputs
//   whose score is greater than `columns` survive, in their order.
// - Survivors are cut into tiles of G, the last one of what is left. A tile
//   never spans two indices of an outer row dimension. The original width of a
//   tile is the number of outputs from the end of the tile before it to its own
//   last survivor; of the last tile, to the last output.
// - The score of a k in a tile is the L2 norm of its elements of survivors
//   divided by the original width. The tile keeps ks whose score is greater
//   than `rows`.
//
// With "score = rms" both are root mean squares: the norms are divided by the
// roots of the numbers of ks and of survivors.
//
// "tw1(G, rows = T)" has tiles of G outputs as they come, and drops none.
// "tw(G)*P" selects by P in each tile, with blocks along the ks it keeps.
//
// Sums of squares are taken in double, of ascending indices, over what earlier
// terms left. A score that is NaN is kept, as is an infinite one, and a square
// too small for double counts as the smallest double: without thresholds, no
// non-zero is dropped. Inside a tile, zeros of the term are stored as +0. There
// are fewer than 2^31 ks.
//
// Packed form, a component each:
//   values   tile after tile: outputs x ks, or what P makes of that tensor
//   columns  the ks of the tiles, tile after tile
//   places   for each output tile * G + its position in the tile; else -1
//   tiles    for each tile where it begins in `columns`, in `values`, in the
//            further components of P, and in the outputs kept; then the same
//            for the end
//   inner_*  the further components of P, tile after tile
//
//===----------------------------------------------------------------------===//

#ifndef TASD_SPARSITY_TILEWISE_H
#define TASD_SPARSITY_TILEWISE_H

#include "tasd/Sparsity/Scoring.h"

namespace tasd::sparsity {

/// How a tile-wise pattern cuts outputs into tiles.
enum class TileCut {
  /// "tw": G outputs that survive.
  Survivors,
  /// "tw1": G consecutive outputs.
  Consecutive,
};

/// The parameters of a tile-wise pattern.
struct TileRule {
  TileCut cut = TileCut::Survivors;
  /// G, the outputs of every tile but the last: 1 to 2^31 - 1.
  int64_t height = 1;
  /// Scores that outputs, and ks of a tile, have to exceed: finite, at least
  /// 0. Consecutive tiles have none for outputs.
  double outputThreshold = 0, kThreshold = 0;
  ScoreKind score = ScoreKind::Norm;
};

/// Tiles that are dense inside, or obey an inner pattern.
class TileWisePattern final : public Pattern, public Scoring {
public:
  /// Errors: a parameter out of range; an inner pattern without blocks, or
  /// whose packed form has no fixed size. Null for no inner pattern.
  static llvm::Expected<PatternRef> get(const TileRule &rule,
                                        PatternRef inner = nullptr);

  const TileRule &getRule() const { return rule; }
  const PatternRef &getInner() const { return inner; }

  llvm::StringRef getFamilyKeyword() const override;
  std::string getText() const override;
  /// That of the inner pattern, since a tile is no larger than what it spans.
  std::optional<double> getMaxDensity() const override;
  std::optional<int64_t> getBlockSize() const override { return std::nullopt; }
  bool keepsEverything() const override;
  PatternRef getStored() const override;
  llvm::Expected<PatternRef> withInner(PatternRef inner) const override;
  std::vector<PackedComponent>
  getPackedComponents(const BlockedShape &blocked) const override;
  std::vector<PackedComponent> getSizedComponents(const TensorView &tensor,
                                                  const Ownership &ownership,
                                                  uint8_t term) const override;
  /// Whether the stored pattern keeps every non-zero. A term of an inner
  /// pattern that has lost whole outputs or ks may not: its tiles shift.
  bool obeys(const TensorView &tensor) const override;
  void select(const TensorView &tensor, Ownership &ownership,
              uint8_t term) const override;
  void
  pack(const TensorView &tensor, const Ownership &ownership, uint8_t term,
       llvm::ArrayRef<llvm::MutableArrayRef<char>> components) const override;
  llvm::Error
  verifyPacked(const BlockedShape &blocked, ElementType type,
               llvm::ArrayRef<llvm::ArrayRef<char>> components) const override;
  std::vector<PackedPart>
  getParts(const BlockedShape &blocked,
           llvm::ArrayRef<llvm::ArrayRef<char>> components) const override;
  /// The inner pattern, as it is stored.
  std::optional<PatternRef> getPartPattern() const override;
  void unpack(llvm::ArrayRef<llvm::ArrayRef<char>> components,
              const MutableTensorView &tensor) const override;

  /// Outputs, if there is a threshold for them, then the ks of every tile.
  const Scoring *getScoring() const override { return this; }
  unsigned getNumThresholds() const override;
  void appendScores(const TensorView &tensor, const Ownership &ownership,
                    unsigned position,
                    std::vector<double> &scores) const override;
  double getThreshold(unsigned position) const override;
  PatternRef withThreshold(unsigned position, double threshold) const override;

private:
  TileWisePattern(const TileRule &rule, PatternRef inner)
      : rule(rule), inner(std::move(inner)) {}
  TileRule rule;
  PatternRef inner;
};

/// The families "tw(G[, columns = T][, rows = T][, score = rms])" and
/// "tw1(G[, rows = T][, score = rms])".
std::shared_ptr<const PatternFamily> createTileWiseFamily(TileCut cut);

} // namespace tasd::sparsity

#endif // TASD_SPARSITY_TILEWISE_H
