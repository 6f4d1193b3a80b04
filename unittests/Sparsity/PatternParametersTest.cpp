//===- PatternParametersTest.cpp - The text of parameters -----------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Sizes and thresholds of patterns: round trips, to the bit, and messages.
//
//===----------------------------------------------------------------------===//

#include "TestTensors.h"

#include "tasd/Sparsity/BSR.h"
#include "tasd/Sparsity/TileWise.h"

#include <cmath>
#include <cstring>

using namespace tasd::sparsity;
using namespace tasd::sparsity::test;

namespace {

TEST(PatternParametersTest, TextRoundTrips) {
  for (const char *text :
       {"tw(128)", "tw(1, columns = 0.1)", "tw(64, rows = 1e-5)",
        "tw(2147483647, columns = 1e21, rows = 0.30000000000000004)", "tw1(8)",
        "tw1(8, rows = 2.5)*2:4", "bsr(32x16)", "bsr(1x2, above = 5e-324)",
        "csr", "csr(above = 1.7976931348623157e308)",
        "tw(32, rows = 0.1)*2:4+2:4+csr", "tw(8, score = rms)",
        "tw(8, columns = 0.5, score = rms)*2:4",
        "tw1(8, rows = 1, score = rms)"})
    EXPECT_EQ(parseSeries(text).getText(), text);
  auto normalise = [](llvm::StringRef text) {
    return parseSeries(text).getText();
  };
  EXPECT_EQ(normalise("tw( 08 ,rows=1E+21,columns=+0.50)"),
            "tw(8, columns = 0.5, rows = 1e21)");
  EXPECT_EQ(normalise("tw(8, columns = 0, rows = -0.0)"), "tw(8)");
  EXPECT_EQ(normalise("tw(8, score=rms, rows = 1.)"),
            "tw(8, rows = 1, score = rms)");
  EXPECT_EQ(normalise("tw1(8, score = norm)"), "tw1(8)");
  EXPECT_EQ(normalise("bsr(1x1)"), "csr");
  EXPECT_EQ(normalise("bsr(1x1, above = 00.125)"), "csr(above = 0.125)");
  EXPECT_EQ(normalise("csr(above = 1e-400)"), "csr");
}

TEST(PatternParametersTest, NumbersRoundTrip) {
  std::mt19937_64 rng(51);
  for (int round = 0; round < 2000; ++round) {
    uint64_t bits = rng() >> 1;
    double number;
    std::memcpy(&number, &bits, sizeof(number));
    if (!std::isfinite(number))
      continue;
    TileRule rule{TileCut::Survivors, 4, 0, number};
    std::string text = llvm::cantFail(TileWisePattern::get(rule))->getText();
    auto parsed = llvm::cantFail(getRegistry().parsePattern(text));
    EXPECT_EQ(
        static_cast<const TileWisePattern &>(*parsed).getRule().kThreshold,
        number)
        << text;
  }
}

/// Whether C reads the whole text as a finite decimal number.
bool isNumber(const std::string &text) {
  char *end = nullptr;
  double number = std::strtod(text.c_str(), &end);
  return end == text.c_str() + text.size() && end != text.c_str() &&
         std::isfinite(number) && number >= 0;
}

/// Texts of the characters of numbers, against the C library.
TEST(PatternParametersTest, AnyTextIsANumberOrAnError) {
  constexpr llvm::StringLiteral characters = "0123456789.eE+-";
  std::mt19937 rng(53);
  int numNumbers = 0;
  for (int round = 0; round < 200000; ++round) {
    std::string text;
    for (int length = 1 + rng() % 6; length > 0; --length)
      text += characters[rng() % 2 ? rng() % characters.size()
                                   : 9 + rng() % (characters.size() - 9)];
    auto series = getRegistry().parseSeries("csr(above = " + text + ")");
    EXPECT_EQ(bool(series), isNumber(text)) << text;
    numNumbers += bool(series);
    if (!series) {
      llvm::consumeError(series.takeError());
      continue;
    }
    const auto &pattern =
        static_cast<const BSRPattern &>(*series->getPatterns().front());
    EXPECT_EQ(pattern.getRule().threshold, std::strtod(text.c_str(), nullptr))
        << text;
  }
  EXPECT_GT(numNumbers, 10000);
}

TEST(PatternParametersTest, Errors) {
  for (const char *text : {"tw", "tw(", "tw()", "tw(8", "tw(8)x", "tw(-8)",
                           "tw(x)", "tw(, rows = 1)"})
    EXPECT_EQ(getParseError(text),
              std::string("expected tw(G[, columns = T][, rows = T][, score = "
                          "rms]) but got '") +
                  text + "'");
  EXPECT_EQ(getParseError("tw(0)"), "expected 1 <= G <= 2147483647 but got 0");
  EXPECT_EQ(getParseError("tw1(99999999999999999999)"),
            "expected 1 <= G <= 2147483647 but got 99999999999999999999");
  EXPECT_EQ(getParseError("tw(8, foo = 1)"),
            "unknown parameter 'foo' in 'tw(8, foo = 1)', expected one of: "
            "columns, rows, score");
  EXPECT_EQ(getParseError("tw1(8, columns = 1)"),
            "unknown parameter 'columns' in 'tw1(8, columns = 1)', expected "
            "one of: rows, score");
  EXPECT_EQ(getParseError("tw(8, )"),
            "unknown parameter '' in 'tw(8, )', expected one of: columns, "
            "rows, score");
  EXPECT_EQ(getParseError("tw(8, score = max)"),
            "expected norm or rms for score but got 'max'");
  EXPECT_EQ(getParseError("tw(8, score = rms, score = rms)"),
            "expected score once but got 'tw(8, score = rms, score = rms)'");
  EXPECT_EQ(getParseError("tw(8, rows = 1, rows = 1)"),
            "expected rows once but got 'tw(8, rows = 1, rows = 1)'");
  for (const char *number :
       {"", "-1", "inf", "nan", "1e400", "0x1", "1 2", "1.0e", "1e+", "e5", ".",
        "+", "1e5.5", "1.2.3", "--1", "1-", "1e--1", "+e1", "1.e"})
    EXPECT_EQ(getParseError(std::string("csr(above = ") + number + ")"),
              std::string("expected a finite number of at least 0 for above "
                          "but got '") +
                  number + "'");
  for (const char *text :
       {"bsr", "bsr(8)", "bsr(8x)", "bsr(8x4x2)", "bsr(above = 1)"})
    EXPECT_EQ(getParseError(text),
              std::string("expected bsr(RxC[, above = T]) but got '") + text +
                  "'");
  EXPECT_EQ(getParseError("bsr(0x4)"),
            "expected 1 <= R, C <= 65536 but got 0x4");
  EXPECT_EQ(getParseError("bsr(4x65537)"),
            "expected 1 <= R, C <= 65536 but got 4x65537");
  EXPECT_EQ(getParseError("csr(above = 1"),
            "expected csr[(above = T)] but got 'csr(above = 1'");
}

TEST(PatternParametersTest, RejectsRulesOutOfRange) {
  TileRule rule{TileCut::Survivors, 0};
  EXPECT_EQ(getMessage(TileWisePattern::get(rule)),
            "expected 1 <= G <= 2147483647 but got 0");
  rule = {TileCut::Survivors, 1, -1};
  EXPECT_EQ(getMessage(TileWisePattern::get(rule)),
            "expected a finite number of at least 0 for columns but got -1");
  EXPECT_EQ(getMessage(BSRPattern::get({1, 1, HUGE_VAL})),
            "expected a finite number of at least 0 for above but got inf");
}

} // namespace
