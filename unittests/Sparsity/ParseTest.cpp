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
  EXPECT_EQ(parseError("abc"), "unknown pattern 'abc', expected one of: N:M");
  EXPECT_EQ(parseError("24"), "unknown pattern '24', expected one of: N:M");
  EXPECT_EQ(parseError("2:4x"), "unknown pattern '2:4x', expected one of: N:M");
  EXPECT_EQ(parseError("2:4+x:y"),
            "unknown pattern 'x:y', expected one of: N:M");
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
  EXPECT_EQ(parseError("2:4*"), "unknown pattern '', expected one of: N:M");
  EXPECT_EQ(parseError("x*2:4"), "unknown pattern 'x', expected one of: N:M");
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
  EXPECT_EQ(patterns.lookup("csr"), nullptr);
}

} // namespace
