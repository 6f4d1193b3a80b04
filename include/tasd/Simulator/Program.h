//===- Program.h - Programs of the accelerator ---------------- -*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A program computes one layer, Z[G,M,N] += A[G,M,K] * B[G,K,N], on one
// machine. It is one nest of counted loops with instructions on tiles in it.
// Every unit walks the whole program for itself, and executes the instructions
// that are its own: a load channel for each ring, one store channel, and the
// array with its accumulators and TASD units. Rings hold the tiles that pass
// from unit to unit. docs/TTC.md says what each instruction does, and when.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_SIMULATOR_PROGRAM_H
#define TASD_SIMULATOR_PROGRAM_H

#include "tasd/Machine/Machine.h"
#include "tasd/Sparsity/ElementType.h"

#include "llvm/ADT/SmallVector.h"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace tasd::simulator {

using machine::Operand;

/// Indices into the lists of a program.
using ArgumentId = uint32_t;
using RingId = uint32_t;
using TokenId = uint32_t;
using LoopId = uint32_t;

/// One digit of a coordinate, in a mixed radix: a step of it moves the index of
/// a dimension of the tensor by `scale`.
struct Digit {
  int64_t extent = 1;
  uint32_t dimension = 0;
  int64_t scale = 1;
};

/// How a coordinate becomes indices of a tensor; the first digit is the most
/// significant. Without digits the only coordinate is 0.
struct Axis {
  llvm::SmallVector<Digit, 3> digits;
  /// Where coordinates are gathered: what stands at a coordinate's place takes
  /// its place. In ascending order; empty where every coordinate is itself.
  std::vector<int64_t> gathered;

  /// The number of coordinates.
  int64_t getExtent() const;
  /// The number of coordinates that digits tell apart.
  int64_t getNumDigitValues() const;
};

/// A tensor that comes with the launch. Rows and columns are M and K of A, N
/// and K of B, M and N of Z; the batch counts products.
struct TensorArgument {
  std::string name;
  sparsity::ElementType type = sparsity::ElementType::SI8;
  llvm::SmallVector<int64_t, 4> shape;
  Axis batch, rows, columns;
  /// The share of its elements that is not zero, as expected: what a machine
  /// that stores no zeros moves of it.
  double density = 1;
};

/// The packed terms of A that come with the launch, two tensors a term: values
/// [rows, slots], whose rows are all coordinates (batch, row) in order, and
/// metadata as Sparsity packs it.
struct PackedArgument {
  std::string name;
  sparsity::ElementType type = sparsity::ElementType::SI8;
  /// The series in text, as in "2:8+1:8".
  std::string series;
  int64_t batch = 1, rows = 1, columns = 1;
};

/// Tensors of the launch stand in the order of the arguments; a packed one
/// stands for two a term.
using Argument = std::variant<TensorArgument, PackedArgument>;

/// A sum of loop counters, each times a stride.
struct Offset {
  struct Summand {
    LoopId loop = 0;
    int64_t stride = 1;
  };
  llvm::SmallVector<Summand, 3> summands;
};

/// A queue of tiles. Its load channel, or for the accumulators the array, fills
/// slots in turn; who consumes them acquires and releases them in turn.
struct Ring {
  std::string name;
  /// The level of the machine that holds it.
  uint32_t level = 0;
  Operand operand = Operand::A;
  uint32_t numSlots = 2;
  /// Of a tile: M and K of A, N and K of B, M and N of Z.
  int64_t rows = 1, columns = 1;
};

struct LoopBegin {
  int64_t bound = 1;
};
struct LoopEnd {};

/// Where a tile stands in an argument, in coordinates.
struct TileOrigin {
  Offset batch, row, column;
};

/// Load channel of `ring`: the next slot gets a tile of `argument`, or of the
/// oldest tile of the ring `source`. What lies past the argument's extents is
/// zero. Of the accumulators' ring: partial sums, where a counter of
/// `revisits` is not 0.
struct Load {
  RingId ring = 0;
  ArgumentId argument = 0;
  std::optional<RingId> source;
  TileOrigin origin;
  llvm::SmallVector<LoopId, 2> revisits;
};

/// The unit waits for the ring's oldest tile, and may read it until it releases
/// it. `reader` names the ring whose load channel acquires; none is the array.
struct Acquire {
  RingId ring = 0;
  std::optional<RingId> reader;
};
struct Release {
  RingId ring = 0;
  std::optional<RingId> reader;
};

/// Array: takes the next slot of accumulators. They start from zero, or from
/// the loaded sums where a counter of `revisits` is not 0, or always if
/// `accumulates`.
struct Begin {
  RingId ring = 0;
  llvm::SmallVector<LoopId, 2> revisits;
  bool accumulates = false;
};

/// Array: passes the slot of accumulators on to the store channel.
struct End {
  RingId ring = 0;
};

/// Store channel: writes the oldest finished accumulators to an argument; what
/// lies past its extents is dropped.
struct Store {
  RingId ring = 0;
  ArgumentId argument = 0;
  TileOrigin origin;
};

/// Counting tokens between channels. `unit` names the ring whose load channel
/// it is; none is the store channel. A wait inside `revisits` loops applies
/// where one of their counters is not 0.
struct Signal {
  TokenId token = 0;
  std::optional<RingId> unit;
};
struct Wait {
  TokenId token = 0;
  std::optional<RingId> unit;
  llvm::SmallVector<LoopId, 2> revisits;
};

/// Where loops of the array run.
enum class MicroLoopKind : uint8_t { Temporal, SpatialX, SpatialY };

/// A loop that the array runs by itself.
struct MicroLoop {
  /// 0, 1, 2 for M, N, K.
  uint8_t dim = 0;
  int64_t bound = 1;
  MicroLoopKind kind = MicroLoopKind::Temporal;
  /// The level of the machine inside which it runs.
  uint32_t level = 0;
};

/// From where an input of the array comes: a ring whose tile it has acquired,
/// from an offset in it; or, where the mapping passes the buffers by, an
/// argument at a place in it.
struct InputSource {
  std::optional<RingId> ring;
  ArgumentId argument = 0;
  TileOrigin origin;
};

/// Array: the TASD units extract all terms of a dense tile of A for the
/// multiplications that follow.
struct Decompose {
  InputSource a;
  int64_t rows = 1, columns = 1;
  std::string series;
};

/// Array: multiplies a term of A with B and adds to the accumulators.
struct Multiply {
  InputSource a, b;
  RingId accumulators = 0;
  /// Of the tile of accumulators.
  Offset row, column;
  /// The pattern in text; empty for dense.
  std::string pattern;
  /// The position in the series.
  uint32_t term = 0;
  /// Whether A comes out of the TASD units, all of it. Its source is then that
  /// of the last Decompose.
  bool decomposed = false;
  /// Subtracted from every element of B that is read.
  int64_t zeroPointB = 0;
  /// The outermost first. Their extents along K are those of this term, filled
  /// into the lanes.
  llvm::SmallVector<MicroLoop, 8> nest;
  /// What the nest covers.
  int64_t m = 1, n = 1, k = 1;
};

using Instruction =
    std::variant<LoopBegin, LoopEnd, Load, Acquire, Release, Begin, End, Store,
                 Signal, Wait, Decompose, Multiply>;

/// A program. Loops are numbered in the order in which they begin.
struct Program {
  /// The layer's name.
  std::string name;
  /// The machine that it was compiled for, by name and by a hash of what
  /// programs depend on.
  std::string machine;
  uint64_t machineHash = 0;
  std::vector<Argument> arguments;
  std::vector<Ring> rings;
  uint32_t numTokens = 0;
  /// The type of the sums.
  sparsity::ElementType sumType = sparsity::ElementType::SI32;
  std::vector<Instruction> instructions;
};

} // namespace tasd::simulator

#endif // TASD_SIMULATOR_PROGRAM_H
