//===- SplitCost.h - The cost of a mapping by its dimensions -- -*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The cost of a mapping as a sum over operands, each of which depends on the
// split of one dimension alone: the one that does not index it.
//
// Of an operand, tile times turnover times the spatial loops that index it is
// its size as padded, times its reloads: the temporal loops outside over the
// dimension that does not index it, less those that leave the tile in place.
// So what moves along an edge, from one keeper to the next or the lanes, is
//
//   size of the operand (of the other two dimensions) * reloads (of this one).
//
// Of an image, tiles overlap: an edge moves the share of its products' elements
// that are distinct, which depends on the tile.
//
// Words, energies and cycles of what moves are those of Traffic and Energy.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_COST_SPLITCOST_H
#define TASD_LIB_COST_SPLITCOST_H

#include "MappingSpace.h"
#include "Residency.h"
#include "RoundTrips.h"
#include "Traffic.h"

namespace tasd::cost {

/// What an element of an operand takes between two keepers. `inner` is the
/// number of levels for the lanes.
struct Edge {
  size_t outer = 0, inner = 0;
  /// At `outer`, for each element that leaves: stored words, and metadata.
  double readWords = 0, readPj = 0;
  double metadataWords = 0, metadataPj = 0;
  /// At `outer`, for each element of the result that comes back.
  double updateWords = 0, updatePj = 0;
  /// At `inner`, for each element that arrives.
  double fillWords = 0, fillPj = 0;
  /// Of TASD units, for each element that leaves.
  double blocks = 0, blockPj = 0;
};

/// What moves between levels for each element of the operand.
struct Moves {
  /// Words by level; one entry more for the lanes, which is of no account.
  PerLevel<double> reads, writes;
  double pj = 0, blocks = 0;
};

/// The loops of one term along K.
struct TermTile {
  /// By how much a ragged last step makes the tiles longer that hold it.
  double stretch = 1;
  /// How many places share a lane, of all lanes outside each level.
  PerLevel<double> packing;
};

/// What the split of one dimension adds to a cost: what moves of the operand
/// that the dimension does not index.
struct SplitCost {
  PerLevel<int64_t> steps;
  PerLevel<int64_t> tile;
  /// One over the number of instances of each level along the dimension.
  PerLevel<double> instanceShare;
  /// The temporal loops outside each level.
  PerLevel<double> outside;
  /// How often the outermost level's edge of the operand moves, and whether
  /// that is less than all loops outside ask for.
  double reloads = 1;
  bool staysInPlace = true;
  /// The share of the reloads that are the first; 0 if it is not known.
  double firstShare = 0;
  double padded = 1;
  /// The factor in the cycles of the lanes.
  double cycles = 1;
  /// For each element, and for each distinct one of the tiles of an image: of
  /// one entry for each level that gets them.
  Moves moves;
  llvm::SmallVector<Moves, 1> tileMoves;
  /// Of the dimension of the pixels, by level: the least share of distinct
  /// elements that a tile of the image has, whatever its length along K, up to
  /// K.
  PerLevel<double> imageShares;
  /// Of K.
  llvm::SmallVector<TermTile, 1> terms;
};

/// Of each part the lesser: neither split costs less.
void takeLeast(SplitCost &cost, const SplitCost &other);

/// No tile of an image has a smaller share of distinct elements among those
/// that its products take. Along a dimension, a window of as many taps as a
/// stride is long shares none of its pixels with others, as long as the image
/// has so many.
double getLeastImageShare(const Window &window);

/// The dimension that has the pixels of an image.
Dim getPixelDim(const Window &window);

/// The totals of a mapping of one product.
struct Totals {
  double cycles = 0, energyPj = 0;
  /// That the outermost level moves.
  double words = 0;
};

/// What is known of the tiles of an image.
enum class ImageTiles {
  /// Nothing: they have the least share that any has.
  Unknown,
  /// Their pixels.
  Pixels,
  Known
};

/// The costs of mappings of one residency.
class ResidencyCost {
public:
  /// All outlive this object. `work` is one that `machine` runs, of one
  /// product.
  ResidencyCost(const Work &work, const machine::Machine &machine,
                const Residency &residency);

  /// The cost of a split in an order. It may be less where a level has no loop
  /// over the dimension that stands innermost in the order: then another order
  /// has it.
  SplitCost compute(Dim dim, const Spread &spread,
                    const PerLevel<int64_t> &steps, const Order &order) const;

  /// No split of the spread costs less in any order. Has no tiles.
  SplitCost computeLeast(Dim dim, const Spread &spread) const;

  /// How often each edge of the operand moves that `dim` does not index.
  llvm::SmallVector<double, 3> countReloads(Dim dim, const Spread &spread,
                                            const PerLevel<int64_t> &steps,
                                            const Order &order) const;

  /// The factor of the dimension in the cycles of the lanes, none skipped.
  double countCycleFactor(Dim dim, const Spread &spread,
                          const PerLevel<int64_t> &steps,
                          const Order &order) const;

  /// Costs of splits, by dimension.
  using Costs = std::array<const SplitCost *, 3>;

  /// Whether the totals are exact: with a series they are no more than that
  /// where terms have tiles of an image of their own, or loops over lanes
  /// outside the accumulators.
  bool isExact() const;

  /// The totals of three splits. Where the tiles of the image are not known, no
  /// more than those of any.
  Totals computeTotals(const Costs &costs,
                       ImageTiles tiles = ImageTiles::Known) const;

  /// What the operand's moves take for each element, in pJ, at least.
  double getLeastPj(const SplitCost &cost) const;

  /// Whether the tiles of all levels fit.
  bool fits(const Costs &costs) const;

  /// Whether any mapping fits: one element of each operand has to. Errors name
  /// the level, what it would have to hold and what it holds.
  llvm::Error checkRoom() const;
  /// False only if no mapping fits whose tile of `level` is so long.
  bool mayFit(size_t level, Dim dim, int64_t tile) const;
  /// Whether a level bounds its tile along `dim`.
  bool bounds(size_t level, Dim dim) const;
  /// Whether what moves depends on the tile of `level` along `dim` itself.
  bool dependsOnTile(size_t level, Dim dim) const;
  /// Whether the tile of `level` along `dim` is one of the image.
  bool hasImageTile(size_t level, Dim dim) const;
  /// Whether tiles of `level`, more of them the shorter along `dim`, take round
  /// trips.
  bool hasRoundTrips(size_t level, Dim dim) const;
  /// Tiles of the image of one class have the same share of distinct elements,
  /// whatever their length along the other dimension.
  int64_t getImageTileClass(Dim dim, int64_t tile) const;

  /// What skipped zeros along a dimension do to the tiles of a split.
  SkipEffect getSkipEffect(Dim dim, const Spread &spread,
                           int64_t innermostSteps) const;

  const Work &getWork() const { return work; }
  const Residency &getResidency() const { return residency; }
  size_t getAccumulators() const { return accumulators; }
  size_t getNumImageLevels() const { return imageLevels.size(); }
  bool skipsZeros() const { return macDensity < 1; }
  bool isSeries() const { return terms.size() > 1; }
  /// The level inside which the terms of a series fill lanes.
  std::optional<size_t> getTermLevel() const {
    return isSeries() ? laneLevel : std::nullopt;
  }

  /// The places along K on the lanes of the first term.
  int64_t getReachOfTerm() const;

private:
  /// The temporal loops over a dimension outside a level: all of them, and
  /// those that leave the tile of the operand in place that it does not index.
  struct Reuse {
    double all = 1, inPlace = 1;
  };
  /// A level that bounds tiles: what an element of each operand takes there,
  /// for each term.
  struct Limit {
    size_t level;
    llvm::SmallVector<std::array<Demand, 3>, 1> units;
  };

  void addEdges(Operand operand);
  Edge createEdge(Operand operand, size_t outer, size_t inner) const;
  void addBlocks(Edge &edge) const;
  void addLimits();
  const Storage &getStorage(Operand operand, size_t level) const;
  const Storage &getStorage(Operand operand, size_t level,
                            const Storage &term) const;

  void enterLevel(Reuse &reuse, Dim dim, size_t level, int64_t steps,
                  const LevelOrder &order) const;
  Reuse countReuse(Dim dim, const PerLevel<int64_t> &steps, const Order &order,
                   size_t level) const;
  double countStepsOfTerms(const Spread &spread, int64_t loopsOverLanes) const;
  double getSkipDensity(Dim dim) const;

  SplitCost create(Dim dim, const Spread &spread,
                   llvm::ArrayRef<double> reloads, double cycles,
                   double readShare) const;
  void addMoves(Moves &moves, Operand operand, const Edge &edge,
                const Spread &spread, double reloads, double readShare) const;
  void shareLanes(SplitCost &cost, const Spread &spread,
                  int64_t loopsOverLanes) const;
  void addTermTiles(SplitCost &cost, const Spread &spread,
                    int64_t loopsOverLanes) const;
  Extents getTile(const Costs &costs, size_t level, double stretch) const;
  double getImageShare(size_t level, const Costs &costs) const;
  double getImageShare(size_t level, const Costs &costs,
                       ImageTiles tiles) const;
  void addImage(Moves &moves, const Costs &costs, ImageTiles tiles) const;
  bool fits(const Costs &costs, const Limit &limit, size_t term) const;
  double countCyclesOfLanes(const Costs &costs) const;
  RoundTripCycles countRoundTrips(const Costs &costs, double useCycles,
                                  double wordsOfA, double wordsOfB,
                                  double wordsOfZ) const;

  const Work &work;
  const machine::Machine &machine;
  const Residency &residency;
  std::vector<Storage> terms;
  Storage allTerms, storageB, dense;
  std::optional<size_t> laneLevel;
  size_t accumulators;
  Rings rings;
  std::array<llvm::SmallVector<Edge, 3>, 3> edges;
  std::vector<Limit> limits;
  /// The levels that get tiles of an image.
  llvm::SmallVector<size_t, 2> imageLevels;
  /// By level, for one instance.
  PerLevel<double> cyclesPerWordRead, cyclesPerWordWritten;
  PerLevel<double> leastInstanceShare;
  /// For each product of two elements.
  double macPj = 0, macDensity = 1;
  double leastImageShare = 1;
};

} // namespace tasd::cost

#endif // TASD_LIB_COST_SPLITCOST_H
