//===- Bisection.h - The largest error that keeps the quality ---*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The bounds on the error that one proposer was asked for, and between which of
// them the quality is lost.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_SEARCH_BISECTION_H
#define TASD_LIB_SEARCH_BISECTION_H

#include "tasd/Search/QualitySearch.h"

namespace tasd::search {

class Bisection {
public:
  /// `problem` has passed its check. Errors: the strategy has nothing to
  /// propose, whatever the bound.
  static llvm::Expected<Bisection> create(const Problem &problem,
                                          const Proposer &proposer,
                                          const Limits &limits);

  /// Whether there is nothing more to learn.
  bool isDone() const { return isStarted && !last; }
  /// The fewest choices that getNext can be asked for: a beginning takes two.
  int64_t getLeastCount() const { return isStarted ? 1 : 2; }
  /// The choices that a beginning takes, whatever else: that of least error and
  /// the unbounded one.
  std::vector<Solution> getEnds() const;
  /// At most `most` choices that tell where to go on, and at least
  /// getLeastCount(). All have to be answered before the next.
  std::vector<Solution> getNext(int64_t most);
  /// Which of the choices of getNext keep the quality.
  void answer(llvm::ArrayRef<bool> areGood);

  /// Choices of larger errors than the first that is known to lose the quality,
  /// up to twice that.
  std::vector<Solution> getBeyond(int64_t most) const;

private:
  /// A bound and what was proposed for it.
  struct Probe {
    ErrorSum bound;
    Solution solution;
  };

  Bisection(const Problem &problem, const Proposer &proposer,
            const Limits &limits);

  std::optional<Probe> probe(ErrorSum bound) const;
  std::pair<ErrorSum, ErrorSum> getRange() const;
  void start(int64_t most);
  void goOn(int64_t most);
  void findLast();

  Problem problem;
  const Strategy *strategy;
  Limits limits;
  /// The largest bound that is known to keep the quality, and the next that is
  /// known to lose it.
  std::optional<Probe> good, bad;
  /// The last one between them; none if nothing is.
  std::optional<Probe> last;
  /// In ascending order of bounds.
  std::vector<Probe> asked;
  bool isStarted = false;
};

} // namespace tasd::search

#endif // TASD_LIB_SEARCH_BISECTION_H
