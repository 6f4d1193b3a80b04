//===- Machine.h - The description of a machine -----------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What cost model, search and simulator know of hardware, as plain structs.
// Every number is in the units words of 8 bits, pJ, cycles and um^2; a word
// holds an element of 8 bits, and wider elements count as their width.
//
// A machine computes Z[M,N] = A[M,K] * B[K,N]; A is the operand that may be a
// series.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_MACHINE_MACHINE_H
#define TASD_MACHINE_MACHINE_H

#include "tasd/Machine/MeasuredCosts.h"
#include "tasd/Sparsity/Pattern.h"

#include <limits>

namespace tasd::machine {

/// No bound on a capacity or a rate; written `unlimited`.
constexpr int64_t kUnlimitedCapacity = std::numeric_limits<int64_t>::max();
constexpr double kUnlimitedRate = std::numeric_limits<double>::infinity();

enum class Operand : uint8_t { A, B, Z };

/// A set of operands.
struct OperandSet {
  bool a = false, b = false, z = false;

  bool contains(Operand operand) const;
  bool operator==(const OperandSet &other) const;
};

/// Numbers of units, or of loop iterations, along the dimensions of a product.
struct Extents {
  int64_t m = 1, n = 1, k = 1;

  int64_t getNumElements() const { return m * n * k; }
  bool operator==(const Extents &other) const;
};

/// Of what there is one instance each.
enum class Placement : uint8_t { Machine, SubPartition, Lane };

/// What a capacity counts: words of 8 bits, or elements of any width.
enum class CapacityUnit : uint8_t { Words, Elements };

/// The store for metadata beside a level's words. Its traffic shares the rates
/// of the level, as words of 8 bits.
struct MetadataStore {
  /// Bits of one access; 0 where the level holds no metadata.
  int64_t widthBits = 0;
  /// Accesses of `widthBits` that one instance holds.
  int64_t capacity = 0;
};

/// A level of the memory hierarchy. Capacity and rates are of one instance.
struct MemoryLevel {
  std::string name;
  Placement placement = Placement::Machine;
  int64_t capacity = kUnlimitedCapacity;
  CapacityUnit capacityUnit = CapacityUnit::Words;
  /// Words that one access moves and pays for.
  int64_t lineWords = 1;
  int64_t banks = 1;
  double readWordsPerCycle = kUnlimitedRate;
  double writeWordsPerCycle = kUnlimitedRate;
  /// The operands that the level holds unless a mapping says otherwise.
  OperandSet keep;
  /// Those among them that a mapping may leave out.
  OperandSet mayBypass;
  /// Whether moves into the level overlap with work on it. The capacity is what
  /// a mapping may use at one time, either way.
  bool doubleBuffered = true;
  MetadataStore metadata;
  /// Of one instance.
  double areaUm2 = 0;
};

/// How operands reach the lanes: all at once, or skewed from lane to lane, so
/// that each pass pays for filling and draining the array.
enum class Dataflow : uint8_t { Broadcast, Systolic };

/// The multiply-add units: sub-partitions of lanes, one unit a lane.
struct MacArray {
  Extents subPartitions;
  /// Of one sub-partition.
  Extents lanes;
  Dataflow dataflow = Dataflow::Broadcast;
  /// Of one unit.
  double areaUm2 = 0;

  int64_t getNumMacs() const {
    return subPartitions.getNumElements() * lanes.getNumElements();
  }
};

/// How the places of kept elements are told.
enum class MetadataFormat : uint8_t { None, Coordinate, RunLength, Bitmask };

/// What becomes of zeros outside any pattern.
enum class ZeroSupport : uint8_t {
  /// They are stored and multiplied.
  Stored,
  /// They are not stored, and are multiplied.
  Compressed,
  /// They are neither stored nor multiplied.
  Skipped,
};

/// What the machine can do with the sparsity of an operand. It runs any operand
/// dense.
struct OperandSupport {
  /// The patterns that terms may have.
  std::vector<sparsity::PatternRef> patterns;
  /// How terms, or compressed zeros, are stored.
  MetadataFormat format = MetadataFormat::None;
  ZeroSupport zeros = ZeroSupport::Stored;
};

/// The series of operand A.
struct SeriesSupport {
  /// The most terms of a series.
  int64_t maxTerms = 1;
  /// Whether a series may drop non-zeros; if not, it serves a tensor that obeys
  /// it already.
  bool lossy = false;
};

/// The units that extract the terms of A at run time.
struct TasdUnits {
  /// Over the whole machine.
  int64_t count = 0;
  /// Cycles of one unit for one block, all terms of the series together.
  int64_t cyclesPerBlock = 1;
  /// Of one unit.
  double areaUm2 = 0;
  bool areaAssumed = false;
};

/// Energies of one instance of a level, in pJ an access: of a line, and of
/// `MetadataStore::widthBits`.
struct LevelEnergy {
  std::string level;
  double readPj = 0;
  double writePj = 0;
  double metadataReadPj = 0;
  double metadataWritePj = 0;
  /// Whether the figures are derived rather than published.
  bool assumed = false;
};

/// The energy of a multiply-add of elements of a type.
struct MacEnergy {
  /// As in MLIR: "i8", "bf16". Integers have no sign here.
  std::string type;
  double energyPj = 0;
  bool assumed = false;
};

/// The energy of one TASD unit, for elements of 8 bits; wider ones pay in
/// proportion.
struct TasdEnergy {
  /// To load a block.
  double blockPj = 0;
  /// To find and write one kept element.
  double keptPj = 0;
  bool assumed = false;
};

/// Energies that belong together: one technology, one source.
struct EnergyProfile {
  std::string name;
  std::string source;
  /// In the order of the machine's levels.
  std::vector<LevelEnergy> levels;
  std::vector<MacEnergy> macs;
  /// Of a multiply-add that is skipped.
  double skippedMacPj = 0;
  TasdEnergy tasd;
};

/// A machine. One that was loaded is valid.
struct Machine {
  std::string name;
  std::string description;
  double clockGHz = 1;
  /// Cycles from the request of a move from the outermost level to its first
  /// word.
  int64_t dmaLatencyCycles = 0;
  /// Whether the bits of a kept element's place are rounded up to a power of 2.
  bool metadataPowerOfTwo = true;
  /// Outermost first.
  std::vector<MemoryLevel> levels;
  MacArray array;
  OperandSupport a;
  OperandSupport b;
  SeriesSupport series;
  TasdUnits tasdUnits;
  /// The name of the profile in use. Energies of different profiles are never
  /// compared: see checkComparable.
  std::string energyProfile;
  std::vector<EnergyProfile> energyProfiles;
  /// Set where costs were measured: of time alone.
  std::optional<MeasuredCosts> measured;

  /// Whether energies, and words that are moved, are known.
  bool knowsEnergies() const { return !measured; }
  /// The profile in use.
  const EnergyProfile &getEnergy() const;
  /// The energy of a multiply-add; null if the machine has none of that type.
  const MacEnergy *getMacEnergy(llvm::StringRef type) const;
  const OperandSupport &getSupport(Operand operand) const;
  /// The instances of a level over the whole machine.
  int64_t getNumInstances(size_t level) const;
  /// The spatial loops between one instance of `level` and the instances of the
  /// next one (the lanes, below the last) that it feeds.
  Extents getFanout(size_t level) const;
  /// The innermost level that keeps Z: the accumulators.
  size_t getAccumulatorLevel() const;
  std::optional<size_t> findLevel(llvm::StringRef name) const;
  /// All of it, TASD units included.
  double getAreaUm2() const;
};

/// Words of 8 bits that an element of an MLIR type takes ("i8", "f32"); none if
/// the type is not known.
std::optional<double> getElementWords(llvm::StringRef type);

/// A mistake in a machine, at the path of a key ("levels.SMEM.capacity").
struct Problem {
  std::string path;
  std::string message;
};

/// All mistakes in a machine, in the order of the keys; none if it is valid.
std::vector<Problem> validate(const Machine &machine);

/// Chooses an energy profile. Errors: the machine has none of that name.
llvm::Error selectEnergyProfile(Machine &machine, llvm::StringRef name);

/// Errors: the machines use different energy profiles.
llvm::Error checkComparable(const Machine &first, const Machine &second);

/// Whether the machine runs `operand` as `series`. Errors: a pattern it does
/// not have, too many terms.
llvm::Error checkSeries(const Machine &machine, Operand operand,
                        const sparsity::Series &series);

/// Whether `series` is run part by part, by whatever runs the parts: a term of
/// its own, which consists of small tensors.
bool runsInParts(const sparsity::Series &series);

/// Whether `series` may drop non-zeros on `machine`. What is left out of terms
/// that run in parts, no machine gets to see.
bool mayDrop(const Machine &machine, const sparsity::Series &series);

/// As checkSeries for operand A, where `series` may also be one that is run
/// part by part: then the machine has to run the parts. Errors: also a term
/// with parts beside others.
llvm::Error checkPlannedSeries(const Machine &machine,
                               const sparsity::Series &series);

} // namespace tasd::machine

#endif // TASD_MACHINE_MACHINE_H
