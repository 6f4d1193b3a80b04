//===- TileWise.cpp - Patterns of compacted tiles -------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Parameters and their text, and the families.
//
//===----------------------------------------------------------------------===//

#include "tasd/Sparsity/TileWise.h"

#include "PackedTiles.h"
#include "PatternText.h"
#include "Tiles.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace tasd::sparsity;
using llvm::ArrayRef;
using llvm::createStringError;
using llvm::Error;
using llvm::Expected;
using llvm::StringLiteral;
using llvm::StringRef;
using llvm::Twine;

static constexpr int64_t maxHeight = std::numeric_limits<int32_t>::max();

static StringRef getKeyword(TileCut cut) {
  return cut == TileCut::Survivors ? "tw" : "tw1";
}

/// The parameters that the text of a rule may have.
static llvm::SmallVector<Threshold, 2> getThresholds(TileRule &rule) {
  if (rule.cut == TileCut::Survivors)
    return {{"columns", rule.outputThreshold}, {"rows", rule.kThreshold}};
  return {{"rows", rule.kThreshold}};
}

/// The names of scores, in the order of ScoreKind.
static constexpr StringLiteral kScores[] = {"norm", "rms"};

/// The parameter of a rule that is a word.
static Choice getScore(unsigned &score) { return {"score", kScores, score}; }

static Error verifyHeight(int64_t height, const Twine &text) {
  if (height < 1 || height > maxHeight)
    return createStringError("expected 1 <= G <= " + Twine(maxHeight) +
                             " but got " + text);
  return Error::success();
}

Expected<PatternRef> TileWisePattern::get(const TileRule &given,
                                          PatternRef inner) {
  TileRule rule = given;
  if (Error error = verifyHeight(rule.height, Twine(rule.height)))
    return std::move(error);
  if (Error error = verifyThresholds(getThresholds(rule)))
    return std::move(error);
  PatternRef outer(new TileWisePattern(rule, nullptr));
  if (!inner)
    return outer;
  if (!inner->getBlockSize() || !inner->hasFixedSize())
    return createStringError("expected a pattern of blocks inside '" +
                             outer->getText() + "' but got '" +
                             inner->getText() + "'");
  return PatternRef(new TileWisePattern(rule, std::move(inner)));
}

StringRef TileWisePattern::getFamilyKeyword() const {
  return getKeyword(rule.cut);
}

std::string TileWisePattern::getText() const {
  TileRule copy = rule;
  auto score = static_cast<unsigned>(rule.score);
  std::string text = (getKeyword(rule.cut) + "(" + Twine(rule.height) +
                      getThresholdText(getThresholds(copy)) +
                      getChoiceText(getScore(score)) + ")")
                         .str();
  return inner ? text + "*" + inner->getText() : text;
}

std::optional<double> TileWisePattern::getMaxDensity() const {
  return inner ? inner->getMaxDensity() : std::nullopt;
}

static bool hasThreshold(const TileRule &rule) {
  return rule.outputThreshold != 0 || rule.kThreshold != 0;
}

/// Whether anything is said of the selection alone.
static bool isStored(const TileRule &rule) {
  return !hasThreshold(rule) && rule.score == ScoreKind::Norm;
}

bool TileWisePattern::keepsEverything() const {
  return !hasThreshold(rule) && (!inner || inner->keepsEverything());
}

PatternRef TileWisePattern::getStored() const {
  if (isStored(rule) && !(inner && inner->getStored()))
    return nullptr;
  return PatternRef(
      new TileWisePattern({rule.cut, rule.height}, *getPartPattern()));
}

std::optional<PatternRef> TileWisePattern::getPartPattern() const {
  PatternRef innerStored = inner ? inner->getStored() : nullptr;
  return innerStored ? innerStored : inner;
}

Expected<PatternRef> TileWisePattern::withInner(PatternRef pattern) const {
  return inner ? Pattern::withInner(std::move(pattern))
               : get(rule, std::move(pattern));
}

unsigned TileWisePattern::getNumThresholds() const {
  TileRule copy = rule;
  return getThresholds(copy).size();
}

void TileWisePattern::appendScores(const TensorView &tensor,
                                   const Ownership &ownership,
                                   unsigned position,
                                   std::vector<double> &scores) const {
  bool isLast = position + 1 == getNumThresholds();
  if (isLast)
    appendKScores(tensor, ownership, Ownership::unowned, rule, scores);
  else
    appendOutputScores(tensor, ownership, Ownership::unowned, rule, scores);
}

double TileWisePattern::getThreshold(unsigned position) const {
  TileRule copy = rule;
  return getThresholds(copy)[position].value;
}

PatternRef TileWisePattern::withThreshold(unsigned position,
                                          double threshold) const {
  TileRule copy = rule;
  getThresholds(copy)[position].value = threshold;
  return PatternRef(new TileWisePattern(copy, inner));
}

std::vector<PackedComponent>
TileWisePattern::getPackedComponents(const BlockedShape &blocked) const {
  return PackedTiles::getComponents(blocked, inner.get());
}

namespace {

class TileWiseFamily final : public PatternFamily {
public:
  explicit TileWiseFamily(TileCut cut) : cut(cut) {}

  StringRef getKeyword() const override { return ::getKeyword(cut); }
  StringRef getSyntax() const override {
    return cut == TileCut::Survivors
               ? "tw(G[, columns = T][, rows = T][, score = rms])"
               : "tw1(G[, rows = T][, score = rms])";
  }

  bool claims(StringRef text) const override {
    return isPatternCall(text, getKeyword());
  }

  Expected<PatternRef> parse(StringRef text) const override {
    TileRule rule;
    rule.cut = cut;
    unsigned score = 0;
    Expected<StringRef> height =
        parsePatternCall(text, getSyntax(), /*hasSize=*/true,
                         getThresholds(rule), getScore(score));
    if (!height)
      return height.takeError();
    rule.score = static_cast<ScoreKind>(score);
    if (height->empty() || !llvm::all_of(*height, llvm::isDigit))
      return createStringError("expected " + getSyntax() + " but got '" + text +
                               "'");
    // A number that does not fit is out of range, too.
    if (height->getAsInteger(10, rule.height))
      return verifyHeight(0, *height);
    return TileWisePattern::get(rule);
  }

private:
  TileCut cut;
};

} // namespace

std::shared_ptr<const PatternFamily>
tasd::sparsity::createTileWiseFamily(TileCut cut) {
  return std::make_shared<TileWiseFamily>(cut);
}
