//===- BSR.cpp - Patterns of blocks and of single elements ----------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Parameters and their text, the family, and selection: several rows of blocks
// at a time, so that tensors whose rows are not contiguous are read by whole
// cache lines.
//
//===----------------------------------------------------------------------===//

#include "tasd/Sparsity/BSR.h"

#include "Available.h"
#include "BlockGrid.h"
#include "PatternText.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

#include <cmath>

using namespace tasd::sparsity;
using llvm::ArrayRef;
using llvm::createStringError;
using llvm::Error;
using llvm::Expected;
using llvm::StringRef;
using llvm::Twine;

static Error createRangeError(const Twine &text) {
  return createStringError("expected 1 <= R, C <= " + Twine(kMaxBSRExtent) +
                           " but got " + text);
}

static Threshold getParameter(BSRRule &rule) {
  return {"above", rule.threshold};
}

Expected<PatternRef> BSRPattern::get(const BSRRule &given) {
  BSRRule rule = given;
  auto isExtent = [](int64_t extent) {
    return extent >= 1 && extent <= kMaxBSRExtent;
  };
  if (!isExtent(rule.numRows) || !isExtent(rule.numColumns))
    return createRangeError(Twine(rule.numRows) + "x" + Twine(rule.numColumns));
  if (Error error = verifyThresholds(getParameter(rule)))
    return std::move(error);
  return PatternRef(new BSRPattern(rule));
}

StringRef BSRPattern::getFamilyKeyword() const { return "bsr"; }

std::string BSRPattern::getText() const {
  BSRRule copy = rule;
  std::string threshold = getThresholdText(getParameter(copy));
  if (rule.numRows != 1 || rule.numColumns != 1)
    return ("bsr(" + Twine(rule.numRows) + "x" + Twine(rule.numColumns) +
            threshold + ")")
        .str();
  // A threshold comes with the comma after a size.
  return threshold.empty()
             ? "csr"
             : "csr(" + StringRef(threshold).drop_front(2).str() + ")";
}

PatternRef BSRPattern::getStored() const {
  if (rule.threshold == 0)
    return nullptr;
  return PatternRef(new BSRPattern({rule.numRows, rule.numColumns}));
}

namespace {

/// The scores of a few rows of blocks: of what is free the norm over the root
/// of the number of elements, of a single element its magnitude.
class BlockScores {
public:
  BlockScores(const BlockGrid &grid, const BSRRule &rule)
      : grid(grid), numElements(rule.numRows * rule.numColumns),
        blockColumns(grid.getColumnsOfBlocks()) {}

  /// Scores rows of blocks [first, end), which are these rows.
  void compute(const TensorView &tensor, const Ownership &ownership,
               int64_t first, int64_t end, IndexRange rows) {
    scores.assign((end - first) * grid.getWidth(), 0);
    scoresOfRow.clear();
    rowBegin = rows.begin;
    for (int64_t row = rows.begin; row < rows.end; ++row)
      scoresOfRow.push_back(scores.data() +
                            (grid.getBlockRow(row) - first) * grid.getWidth());
    auto add = [&](int64_t row, int64_t begin, ArrayRef<double> magnitudes) {
      double *sums = scoresOfRow[row - rowBegin];
      for (auto [i, magnitude] : llvm::enumerate(magnitudes))
        sums[blockColumns[begin + i]] +=
            numElements == 1 ? magnitude : getSquare(magnitude);
    };
    forEachAvailable(tensor, ownership, Ownership::unowned, rows, add);
    if (numElements != 1)
      for (double &score : scores)
        score = std::sqrt(score) / std::sqrt(double(numElements));
  }

  /// The score of the block of an element.
  double get(int64_t row, int64_t column) const {
    return scoresOfRow[row - rowBegin][blockColumns[column]];
  }
  /// Of all blocks, row by row.
  const std::vector<double> &getAll() const { return scores; }

private:
  const BlockGrid &grid;
  int64_t numElements, rowBegin = 0;
  std::vector<int64_t> blockColumns;
  std::vector<double> scores;
  std::vector<double *> scoresOfRow;
};

} // namespace

void BSRPattern::select(const TensorView &tensor, Ownership &ownership,
                        uint8_t term) const {
  BlockGrid grid(tensor.blocked, rule);
  BlockScores scores(grid, rule);
  auto take = [&](int64_t row, int64_t begin, ArrayRef<double> magnitudes) {
    uint8_t *owners =
        ownership.owner.data() + row * ownership.numColumns + begin;
    for (auto [i, magnitude] : llvm::enumerate(magnitudes))
      if (magnitude != 0 && exceeds(scores.get(row, begin + i), rule.threshold))
        owners[i] = term;
  };
  grid.forEachBatch([&](int64_t first, int64_t end, IndexRange rows) {
    scores.compute(tensor, ownership, first, end, rows);
    forEachAvailable(tensor, ownership, Ownership::unowned, rows, take);
  });
}

void BSRPattern::appendScores(const TensorView &tensor,
                              const Ownership &ownership, unsigned,
                              std::vector<double> &all) const {
  BlockGrid grid(tensor.blocked, rule);
  BlockScores scores(grid, rule);
  grid.forEachBatch([&](int64_t first, int64_t end, IndexRange rows) {
    scores.compute(tensor, ownership, first, end, rows);
    llvm::append_range(all, scores.getAll());
  });
}

PatternRef BSRPattern::withThreshold(unsigned, double threshold) const {
  return PatternRef(new BSRPattern({rule.numRows, rule.numColumns, threshold}));
}

bool BSRPattern::obeys(const TensorView &) const { return true; }

namespace {

class BSRFamily final : public PatternFamily {
public:
  StringRef getKeyword() const override { return "bsr"; }
  StringRef getSyntax() const override {
    return "bsr(RxC[, above = T]), csr[(above = T)]";
  }

  bool claims(StringRef text) const override {
    return isPatternCall(text, "bsr") || isPatternCall(text, "csr");
  }

  Expected<PatternRef> parse(StringRef text) const override {
    BSRRule rule;
    bool isBlock = text.starts_with("bsr");
    Expected<StringRef> size = parsePatternCall(
        text, isBlock ? "bsr(RxC[, above = T])" : "csr[(above = T)]", isBlock,
        getParameter(rule));
    if (!size)
      return size.takeError();
    if (Error error = isBlock ? parseSize(*size, text, rule) : Error::success())
      return std::move(error);
    return BSRPattern::get(rule);
  }

private:
  static Error parseSize(StringRef size, StringRef text, BSRRule &rule) {
    auto isNumber = [](StringRef digits) {
      return !digits.empty() && llvm::all_of(digits, llvm::isDigit);
    };
    auto [rows, columns] = size.split('x');
    if (!isNumber(rows) || !isNumber(columns))
      return createStringError("expected bsr(RxC[, above = T]) but got '" +
                               text + "'");
    // A number that does not fit is out of range, too.
    if (rows.getAsInteger(10, rule.numRows) ||
        columns.getAsInteger(10, rule.numColumns))
      return createRangeError(size);
    return Error::success();
  }
};

} // namespace

std::shared_ptr<const PatternFamily> tasd::sparsity::createBSRFamily() {
  return std::make_shared<BSRFamily>();
}
