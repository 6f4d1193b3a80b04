//===- ReferenceRuns.h - Published runs to hold the cost against  -*- C++
//-*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Reads the figures in Inputs, and gives each run the machine, the work and the
// mapping that they were published for.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_UNITTESTS_COST_REFERENCERUNS_H
#define TASD_UNITTESTS_COST_REFERENCERUNS_H

#include "tasd/Cost/Cost.h"

#include <map>

namespace tasd::cost::test {

/// The published figures of a level and an operand: words of one instance, pJ
/// of all.
struct ReferenceTraffic {
  std::string level;
  Operand operand;
  double instances, reads, fills, updates, energyPj, levelCycles;
};

struct ReferenceRun {
  std::string design;
  Work work;
  Mapping mapping;
  double cycles, energyPj, macEnergyPj;
  std::vector<ReferenceTraffic> traffic;

  /// "STC 512x128x1024 0.5": design, M x K x N, density of A.
  std::string getName() const;
  /// The name of the preset that stands for the design.
  std::string getMachineName() const;
};

/// All published runs. The files have to be there and well-formed.
std::vector<ReferenceRun> readReferenceRuns();

/// A cube on `sa-128`, by the mapping that keeps its weights in place.
struct SystolicRun {
  int64_t size;
  std::string series;
  Work work;
  Mapping mapping;
  int64_t cycles;
};

/// All published runs of systolic arrays. The file has to be there and
/// well-formed.
std::vector<SystolicRun> readSystolicRuns();

/// A preset, which has to exist.
machine::Machine getPreset(llvm::StringRef name);
sparsity::Series getSeries(llvm::StringRef text);

} // namespace tasd::cost::test

#endif // TASD_UNITTESTS_COST_REFERENCERUNS_H
