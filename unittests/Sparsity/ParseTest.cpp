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

#include "tasd/Sparsity/BSR.h"
#include "tasd/Sparsity/TileWise.h"

#include <cmath>
#include <cstring>

using namespace tasd::sparsity;
using namespace tasd::sparsity::test;

namespace {

PatternRegistry registry() { return PatternRegistry::createWithBuiltins(); }

std::string parseError(llvm::StringRef text) {
  return getMessage(registry().parseSeries(text));
}

TEST(ParseTest, TextRoundTrips) {
  for (const char *text :
       {"2:4", "1:1", "64:64", "1:64", "2:4+1:8", "2:8+1:8", "1:4+1:6+2:4"})
    EXPECT_EQ(parseSeries(text).getText(), text);
}

TEST(ParseTest, TextIsNormalised) {
  EXPECT_EQ(parseSeries("02:004").getText(), "2:4");
}

TEST(ParseTest, RangeErrors) {
  EXPECT_EQ(parseError("5:4"), "expected 1 <= N <= M <= 64 but got 5:4");
  EXPECT_EQ(parseError("0:4"), "expected 1 <= N <= M <= 64 but got 0:4");
  EXPECT_EQ(parseError("0:0"), "expected 1 <= N <= M <= 64 but got 0:0");
  EXPECT_EQ(parseError("2:65"), "expected 1 <= N <= M <= 64 but got 2:65");
  EXPECT_EQ(parseError("99999999999999999999:4"),
            "expected 1 <= N <= M <= 64 but got 99999999999999999999:4");
  EXPECT_EQ(parseError("1:18446744073709551620"),
            "expected 1 <= N <= M <= 64 but got 1:18446744073709551620");
  EXPECT_EQ(getMessage(NMPattern::get(-1, 4)),
            "expected 1 <= N <= M <= 64 but got -1:4");
}

TEST(ParseTest, FormErrors) {
  EXPECT_EQ(parseError("2 : 4"), "expected N:M but got '2 : 4'");
  EXPECT_EQ(parseError(" 2:4"), "expected N:M but got ' 2:4'");
  EXPECT_EQ(parseError(":"), "expected N:M but got ':'");
  EXPECT_EQ(parseError("2:"), "expected N:M but got '2:'");
  EXPECT_EQ(parseError(":4"), "expected N:M but got ':4'");
  EXPECT_EQ(parseError("-2:4"), "expected N:M but got '-2:4'");
  EXPECT_EQ(parseError("2:4:8"), "expected N:M but got '2:4:8'");
}

TEST(ParseTest, UnknownPatterns) {
  auto unknown = [](llvm::StringRef text) {
    return ("unknown pattern '" + text +
            "', expected one of: N:M, tw(G[, columns = T][, rows = T]), "
            "tw1(G[, "
            "rows = T]), bsr(RxC[, above = T]), csr[(above = T)]")
        .str();
  };
  EXPECT_EQ(parseError("abc"), unknown("abc"));
  EXPECT_EQ(parseError("24"), unknown("24"));
  EXPECT_EQ(parseError("2:4x"), unknown("2:4x"));
  EXPECT_EQ(parseError("2:4+x:y"), unknown("x:y"));
  EXPECT_EQ(parseError("2:4*"), unknown(""));
  EXPECT_EQ(parseError("x*2:4"), unknown("x"));
  EXPECT_EQ(parseError("tw2(8)"), unknown("tw2(8)"));
  EXPECT_EQ(parseError("csr0"), unknown("csr0"));
}

TEST(ParseTest, SeriesErrors) {
  EXPECT_EQ(parseError(""), "expected a series but got ''");
  EXPECT_EQ(parseError("2:4+"), "expected a pattern but got '' in '2:4+'");
  EXPECT_EQ(parseError("+2:4"), "expected a pattern but got '' in '+2:4'");
  EXPECT_EQ(parseError("2:4++1:8"),
            "expected a pattern but got '' in '2:4++1:8'");
  std::string longest = "1:1";
  for (int i = 1; i < 254; ++i)
    longest += "+1:1";
  EXPECT_EQ(parseError(longest), "");
  EXPECT_EQ(parseError(longest + "+1:1"),
            "expected at most 254 terms but got 255");
}

TEST(ParseTest, InnerPatterns) {
  EXPECT_EQ(parseError("2:4*1:8"),
            "expected no pattern inside '2:4' but got '1:8'");
  EXPECT_EQ(parseError("csr*1:8"),
            "expected no pattern inside 'csr' but got '1:8'");
  EXPECT_EQ(parseError("tw(8, rows = 1)*csr"),
            "expected a pattern of blocks inside 'tw(8, rows = 1)' but got "
            "'csr'");
  EXPECT_EQ(parseError("tw(8)*tw(4)*2:4"),
            "expected a pattern of blocks inside 'tw(8)' but got 'tw(4)*2:4'");
  auto nested = llvm::cantFail(registry().parsePattern("tw(8)*2:4"));
  EXPECT_EQ(getMessage(nested->withInner(nested)),
            "expected no pattern inside 'tw(8)*2:4' but got 'tw(8)*2:4'");
}

TEST(ParseTest, Parameters) {
  for (const char *text :
       {"tw(128)", "tw(1, columns = 0.1)", "tw(64, rows = 1e-5)",
        "tw(2147483647, columns = 1e21, rows = 0.30000000000000004)", "tw1(8)",
        "tw1(8, rows = 2.5)*2:4", "bsr(32x16)", "bsr(1x2, above = 5e-324)",
        "csr", "csr(above = 1.7976931348623157e308)",
        "tw(32, rows = 0.1)*2:4+2:4+csr"})
    EXPECT_EQ(parseSeries(text).getText(), text);
  auto normalise = [](llvm::StringRef text) {
    return parseSeries(text).getText();
  };
  EXPECT_EQ(normalise("tw( 08 ,rows=1E+21,columns=+0.50)"),
            "tw(8, columns = 0.5, rows = 1e21)");
  EXPECT_EQ(normalise("tw(8, columns = 0, rows = -0.0)"), "tw(8)");
  EXPECT_EQ(normalise("bsr(1x1)"), "csr");
  EXPECT_EQ(normalise("bsr(1x1, above = 00.125)"), "csr(above = 0.125)");
  EXPECT_EQ(normalise("csr(above = 1e-400)"), "csr");
}

TEST(ParseTest, NumbersRoundTrip) {
  std::mt19937_64 rng(51);
  for (int round = 0; round < 2000; ++round) {
    uint64_t bits = rng() >> 1;
    double number;
    std::memcpy(&number, &bits, sizeof(number));
    if (!std::isfinite(number))
      continue;
    TileRule rule{TileCut::Survivors, 4, 0, number};
    std::string text = llvm::cantFail(TileWisePattern::get(rule))->getText();
    auto parsed = llvm::cantFail(registry().parsePattern(text));
    EXPECT_EQ(
        static_cast<const TileWisePattern &>(*parsed).getRule().kThreshold,
        number)
        << text;
  }
}

TEST(ParseTest, ParameterErrors) {
  for (const char *text : {"tw", "tw(", "tw()", "tw(8", "tw(8)x", "tw(-8)",
                           "tw(x)", "tw(, rows = 1)"})
    EXPECT_EQ(parseError(text),
              std::string("expected tw(G[, columns = T][, rows = T]) but got "
                          "'") +
                  text + "'");
  EXPECT_EQ(parseError("tw(0)"), "expected 1 <= G <= 2147483647 but got 0");
  EXPECT_EQ(parseError("tw1(99999999999999999999)"),
            "expected 1 <= G <= 2147483647 but got 99999999999999999999");
  EXPECT_EQ(parseError("tw(8, foo = 1)"),
            "unknown parameter 'foo' in 'tw(8, foo = 1)', expected one of: "
            "columns, rows");
  EXPECT_EQ(parseError("tw1(8, columns = 1)"),
            "unknown parameter 'columns' in 'tw1(8, columns = 1)', expected "
            "one of: rows");
  EXPECT_EQ(parseError("tw(8, )"),
            "unknown parameter '' in 'tw(8, )', expected one of: columns, "
            "rows");
  EXPECT_EQ(parseError("tw(8, rows = 1, rows = 1)"),
            "expected rows once but got 'tw(8, rows = 1, rows = 1)'");
  for (const char *number : {"", "-1", "inf", "nan", "1e400", "0x1", "1 2"})
    EXPECT_EQ(parseError(std::string("csr(above = ") + number + ")"),
              std::string("expected a finite number of at least 0 for above "
                          "but got '") +
                  number + "'");
  for (const char *text :
       {"bsr", "bsr(8)", "bsr(8x)", "bsr(8x4x2)", "bsr(above = 1)"})
    EXPECT_EQ(parseError(text),
              std::string("expected bsr(RxC[, above = T]) but got '") + text +
                  "'");
  EXPECT_EQ(parseError("bsr(0x4)"), "expected 1 <= R, C <= 65536 but got 0x4");
  EXPECT_EQ(parseError("bsr(4x65537)"),
            "expected 1 <= R, C <= 65536 but got 4x65537");
  EXPECT_EQ(parseError("csr(above = 1"),
            "expected csr[(above = T)] but got 'csr(above = 1'");
}

TEST(ParseTest, RejectsRulesOutOfRange) {
  TileRule rule{TileCut::Survivors, 0};
  EXPECT_EQ(getMessage(TileWisePattern::get(rule)),
            "expected 1 <= G <= 2147483647 but got 0");
  rule = {TileCut::Survivors, 1, -1};
  EXPECT_EQ(getMessage(TileWisePattern::get(rule)),
            "expected a finite number of at least 0 for columns but got -1");
  EXPECT_EQ(getMessage(BSRPattern::get({1, 1, HUGE_VAL})),
            "expected a finite number of at least 0 for above but got inf");
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
  PatternRegistry patterns = registry();
  ASSERT_NE(patterns.lookup("nm"), nullptr);
  EXPECT_EQ(patterns.lookup("nm")->getSyntax(), "N:M");
  ASSERT_NE(patterns.lookup("bsr"), nullptr);
  EXPECT_EQ(patterns.lookup("bsr")->getSyntax(),
            "bsr(RxC[, above = T]), csr[(above = T)]");
  EXPECT_EQ(patterns.lookup("foo"), nullptr);
}

} // namespace
