//===- ParseTest.cpp - The text of patterns and series --------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Every accepted and rejected form, with its message.
//
//===----------------------------------------------------------------------===//

#include "TestTensors.h"

using namespace tasd::sparsity;
using namespace tasd::sparsity::test;

namespace {

TEST(ParseTest, TextRoundTrips) {
  for (const char *text :
       {"2:4", "1:1", "64:64", "1:64", "2:4+1:8", "2:8+1:8", "1:4+1:6+2:4"})
    EXPECT_EQ(parseSeries(text).getText(), text);
}

TEST(ParseTest, TextIsNormalised) {
  EXPECT_EQ(parseSeries("02:004").getText(), "2:4");
}

TEST(ParseTest, RangeErrors) {
  EXPECT_EQ(getParseError("5:4"), "expected 1 <= N <= M <= 64 but got 5:4");
  EXPECT_EQ(getParseError("0:4"), "expected 1 <= N <= M <= 64 but got 0:4");
  EXPECT_EQ(getParseError("0:0"), "expected 1 <= N <= M <= 64 but got 0:0");
  EXPECT_EQ(getParseError("2:65"), "expected 1 <= N <= M <= 64 but got 2:65");
  EXPECT_EQ(getParseError("99999999999999999999:4"),
            "expected 1 <= N <= M <= 64 but got 99999999999999999999:4");
  EXPECT_EQ(getParseError("1:18446744073709551620"),
            "expected 1 <= N <= M <= 64 but got 1:18446744073709551620");
  EXPECT_EQ(getMessage(NMPattern::get(-1, 4)),
            "expected 1 <= N <= M <= 64 but got -1:4");
}

TEST(ParseTest, FormErrors) {
  EXPECT_EQ(getParseError("2 : 4"), "expected N:M but got '2 : 4'");
  EXPECT_EQ(getParseError(" 2:4"), "expected N:M but got ' 2:4'");
  EXPECT_EQ(getParseError(":"), "expected N:M but got ':'");
  EXPECT_EQ(getParseError("2:"), "expected N:M but got '2:'");
  EXPECT_EQ(getParseError(":4"), "expected N:M but got ':4'");
  EXPECT_EQ(getParseError("-2:4"), "expected N:M but got '-2:4'");
  EXPECT_EQ(getParseError("2:4:8"), "expected N:M but got '2:4:8'");
}

TEST(ParseTest, UnknownPatterns) {
  auto unknown = [](llvm::StringRef text) {
    return ("unknown pattern '" + text +
            "', expected one of: N:M, tw(G[, columns = T][, rows = T][, score "
            "= "
            "rms]), tw1(G[, rows = T][, score = rms]), bsr(RxC[, above = T]), "
            "csr[(above = T)]")
        .str();
  };
  EXPECT_EQ(getParseError("abc"), unknown("abc"));
  EXPECT_EQ(getParseError("24"), unknown("24"));
  EXPECT_EQ(getParseError("2:4x"), unknown("2:4x"));
  EXPECT_EQ(getParseError("2:4+x:y"), unknown("x:y"));
  EXPECT_EQ(getParseError("2:4*"), unknown(""));
  EXPECT_EQ(getParseError("x*2:4"), unknown("x"));
  EXPECT_EQ(getParseError("tw2(8)"), unknown("tw2(8)"));
  EXPECT_EQ(getParseError("csr0"), unknown("csr0"));
}

TEST(ParseTest, SeriesErrors) {
  EXPECT_EQ(getParseError(""), "expected a series but got ''");
  EXPECT_EQ(getParseError("2:4+"), "expected a pattern but got '' in '2:4+'");
  EXPECT_EQ(getParseError("+2:4"), "expected a pattern but got '' in '+2:4'");
  EXPECT_EQ(getParseError("2:4++1:8"),
            "expected a pattern but got '' in '2:4++1:8'");
  std::string longest = "1:1";
  for (int i = 1; i < 254; ++i)
    longest += "+1:1";
  EXPECT_EQ(getParseError(longest), "");
  EXPECT_EQ(getParseError(longest + "+1:1"),
            "expected at most 254 terms but got 255");
}

TEST(ParseTest, InnerPatterns) {
  EXPECT_EQ(getParseError("2:4*1:8"),
            "expected no pattern inside '2:4' but got '1:8'");
  EXPECT_EQ(getParseError("csr*1:8"),
            "expected no pattern inside 'csr' but got '1:8'");
  EXPECT_EQ(getParseError("tw(8, rows = 1)*csr"),
            "expected a pattern of blocks inside 'tw(8, rows = 1)' but got "
            "'csr'");
  EXPECT_EQ(getParseError("tw(8)*tw(4)*2:4"),
            "expected a pattern of blocks inside 'tw(8)' but got 'tw(4)*2:4'");
  auto nested = llvm::cantFail(getRegistry().parsePattern("tw(8)*2:4"));
  EXPECT_EQ(getMessage(nested->withInner(nested)),
            "expected no pattern inside 'tw(8)*2:4' but got 'tw(8)*2:4'");
}

/// As the fuzzer does, of what texts of series are made of.
TEST(ParseTest, AnyTextIsASeriesOrAnError) {
  const char *fragments[] = {
      "2:4",   "tw(",  "tw1(",    "bsr(",  "csr",   "8",
      "8x4",   ", ",   "columns", "rows",  "above", " = ",
      "0.1",   "1e-3", ")",       "(",     "+",     "*",
      ",",     "-",    "csr(",    "tw(8)", "=",     "tw(8)*2:4",
      "score", "rms",  "norm",    "e",     ".",     "csr(above = "};
  std::mt19937 rng(52);
  int numSeries = 0;
  for (int round = 0; round < 200000; ++round) {
    std::string text;
    for (int length = 1 + rng() % 9; length > 0; --length)
      text += fragments[rng() % std::size(fragments)];
    auto series = getRegistry().parseSeries(text);
    if (!series) {
      EXPECT_NE(llvm::toString(series.takeError()), "");
      continue;
    }
    ++numSeries;
    EXPECT_EQ(parseSeries(series->getText()).getText(), series->getText());
  }
  EXPECT_GT(numSeries, 1000);
}

TEST(ParseTest, SplitsOutsideParentheses) {
  using Parts = llvm::SmallVector<llvm::StringRef>;
  EXPECT_EQ(splitOutsideParentheses("a(b+c(d+e))+f+", '+'),
            (Parts{"a(b+c(d+e))", "f", ""}));
  EXPECT_EQ(splitOutsideParentheses("", '+'), (Parts{""}));
  EXPECT_EQ(splitOutsideParentheses("a)+b", '+'), (Parts{"a)", "b"}));
  EXPECT_EQ(splitSeriesList("2:4, a(1, b = 2)+c ,,1:8"),
            (Parts{"2:4", "a(1, b = 2)+c", "", "1:8"}));
  EXPECT_EQ(splitSeriesList(""), Parts());
}

TEST(ParseTest, DensityAndBlockSize) {
  EXPECT_EQ(parseSeries("2:4").getMaxDensity(), 0.5);
  EXPECT_EQ(parseSeries("2:4+1:8").getMaxDensity(), 0.625);
  EXPECT_EQ(parseSeries("3:4+3:4").getMaxDensity(), 1.0);
  EXPECT_EQ(parseSeries("2:4+1:8").getBlockSize(), 8);
  EXPECT_EQ(parseSeries("1:4+1:6").getBlockSize(), 12);
  std::string primes;
  for (int m : {64, 61, 59, 53, 47, 43, 41, 37, 31, 29, 23, 19, 17, 13, 11})
    primes += (primes.empty() ? "1:" : "+1:") + std::to_string(m);
  EXPECT_EQ(parseSeries(primes).getBlockSize(), std::nullopt);
}

TEST(ParseTest, RegistryFindsFamilies) {
  PatternRegistry patterns = getRegistry();
  ASSERT_NE(patterns.lookup("nm"), nullptr);
  EXPECT_EQ(patterns.lookup("nm")->getSyntax(), "N:M");
  ASSERT_NE(patterns.lookup("bsr"), nullptr);
  EXPECT_EQ(patterns.lookup("bsr")->getSyntax(),
            "bsr(RxC[, above = T]), csr[(above = T)]");
  EXPECT_EQ(patterns.lookup("foo"), nullptr);
}

} // namespace
