//===- Coverage.h - What was really rewritten -------------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Counts programs by op, layout, element types, side and features, so that
// leaving everything dense does not pass for success.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_UNITTESTS_DIFFERENTIAL_COVERAGE_H
#define TASD_UNITTESTS_DIFFERENTIAL_COVERAGE_H

#include "Batch.h"

#include "llvm/Support/raw_ostream.h"

#include <map>

namespace tasd::differential {

class Coverage {
public:
  void add(const Outcome &outcome);

  /// Counts by op and layout, types, side, feature and cell.
  void print(llvm::raw_ostream &os) const;

  /// The page docs/Coverage.md: ops with what of them is rewritten.
  void printMarkdown(llvm::raw_ostream &os) const;

  /// What is too little, a line each: under 70 % of what is eligible rewritten,
  /// or a supported cell without any, once a few programs have been drawn for
  /// it.
  std::vector<std::string> findGaps() const;
  /// The same of what ran on the accelerator: under 25 % of all programs, or a
  /// group of ops without any; of those that decompose activations, under 30 %
  /// whose terms it extracted, or a group or family of types without any.
  std::vector<std::string> findAcceleratorGaps() const;

private:
  struct Count {
    int64_t generated = 0, eligible = 0, rewritten = 0, accelerated = 0,
            extracted = 0;
    void add(const Outcome &outcome);
    Count &operator+=(const Count &other);
  };
  /// What is rewritten of an op.
  struct OpCoverage {
    std::set<std::string> layouts, types, sides;
    bool isRewritten = false;
  };

  void findExtractionGaps(std::vector<std::string> &gaps) const;
  static void printTable(llvm::raw_ostream &os, llvm::StringRef title,
                         const std::map<std::string, Count> &counts);

  Count total;
  std::map<std::string, Count> byOp, byTypes, bySide, byFeature;
  std::map<Cell, Count> byCell;
  std::map<std::string, OpCoverage> ops;
};

} // namespace tasd::differential

#endif // TASD_UNITTESTS_DIFFERENTIAL_COVERAGE_H
