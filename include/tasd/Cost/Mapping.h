//===- Mapping.h - How a layer runs on a machine -------------- -*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A mapping is a nest of loops cut into the levels of a machine, the outermost
// level first. The tile of a level is what its own loops and all further inside
// run over. Its text has a line for each level:
//
//   DRAM: for N in [0:8)
//   SMEM keep a,b: for M in [0:2) / for M in [0:4) (Spatial-Y)
//   RF: for K in [0:36) / for M in [0:16) (Spatial-Y) / for K in [0:32)
//   (Spatial-X) LRF: for N in [0:128)
//
// What a level keeps is named where it differs from the machine's default, and
// "none" for nothing. Empty lines, and what follows a "#", say nothing.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_COST_MAPPING_H
#define TASD_COST_MAPPING_H

#include "tasd/Cost/Work.h"

#include "llvm/ADT/SmallVector.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/raw_ostream.h"

#include <optional>
#include <string>
#include <vector>

namespace tasd::cost {

/// Where the iterations of a loop run: one after the other, or beside each
/// other along an axis of the array.
enum class LoopKind : uint8_t { Temporal, SpatialX, SpatialY };

/// A place in a file; line 0 stands for none.
struct Position {
  unsigned line = 0, column = 0;
};

/// One loop over [0, bound).
struct Loop {
  Dim dim = Dim::M;
  int64_t bound = 1;
  LoopKind kind = LoopKind::Temporal;
  Position position = {};

  bool isSpatial() const { return kind != LoopKind::Temporal; }
};

/// The loops of one level, the outermost first.
struct LevelNest {
  std::string level;
  /// The operands the level keeps; none stands for the machine's default.
  std::optional<OperandSet> keeps;
  llvm::SmallVector<Loop, 4> loops;
  Position position = {};
};

struct Mapping {
  std::vector<LevelNest> levels;
  /// The file it was read from, for messages.
  std::string file;

  /// The product of all loops of each dimension.
  Extents getExtents() const;
  /// What level `level` and those inside it run over.
  Extents getTile(size_t level) const;
};

/// What level `level` keeps: as the mapping says, else by the machine's
/// default.
OperandSet getKeeps(const Mapping &mapping, const machine::Machine &machine,
                    size_t level);

/// Reads the text of a mapping. Errors are "file:line:column: what".
llvm::Expected<Mapping> parseMapping(llvm::StringRef text,
                                     llvm::StringRef file);
/// Reads a mapping file.
llvm::Expected<Mapping> readMappingFile(llvm::StringRef path);
/// Writes the text, which parseMapping reads.
void printMapping(const Mapping &mapping, llvm::raw_ostream &os);

/// An error at a place of the mapping's file, or without one where it has none.
llvm::Error createMappingError(const Mapping &mapping, Position position,
                               const llvm::Twine &message);

} // namespace tasd::cost

#endif // TASD_COST_MAPPING_H
