//===- ErrorsTest.cpp - What is wrong with a machine, and where ---------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TestMachines.h"

using namespace tasd::machine;

/// Changes `from` of the small machine to `to`, and expects one error.
#define EXPECT_ERROR(from, to, error)                                          \
  EXPECT_EQ(getError(replaceInSmall(from, to)), error)

TEST(MachineErrorsTest, TheSmallMachineIsValid) {
  EXPECT_EQ(getError(smallMachine), "");
}

TEST(MachineErrorsTest, Syntax) {
  EXPECT_EQ(getError("a: [b"), "m.yaml:1:5: could not find closing ]");
  EXPECT_EQ(getError("--- {}\n--- {}\n"), "m.yaml:2:5: expected one document");
  EXPECT_EQ(getError("name: &a x\ndescription: *a\n"),
            "m.yaml:2:1: expected a value but got an alias");
  EXPECT_EQ(getError("name: !tag x\n"),
            "m.yaml:1:1: expected a value without a tag");
  EXPECT_EQ(getError("a #\n[b\n\xc5"), "m.yaml:3:1: got empty plain scalar");
  EXPECT_EQ(getError("name: x\nname: y\n"),
            "m.yaml:2:1: key 'name' stands in line 1 already");
  EXPECT_EQ(getError(std::string(17, '[')),
            "m.yaml:1:17: expected at most 16 nested brackets");
  EXPECT_EQ(getError("- x"),
            "m.yaml:1:1: expected a mapping but got a sequence");
}

static std::string repeat(llvm::StringRef text, unsigned count) {
  std::string repeated;
  for (unsigned i = 0; i < count; ++i)
    repeated += text;
  return repeated;
}

TEST(MachineErrorsTest, Sizes) {
  EXPECT_EQ(getError(repeat("- ", 100000)),
            "m.yaml:1:35: expected at most 16 levels");
  EXPECT_EQ(getError(repeat("? ", 100000)), "m.yaml:1:3: expected a key");
  EXPECT_EQ(getError(std::string(300000, 'x')),
            "m.yaml:1:1: expected at most 262144 bytes but got 300000");
}

TEST(MachineErrorsTest, ShowsOnlySoMany) {
  std::string text;
  for (unsigned i = 0; i < 15000; ++i)
    text += "x" + std::to_string(i) + ": 1\n";
  std::string error = getError(text);
  EXPECT_EQ(llvm::StringRef(error).count('\n'), 100u);
  EXPECT_TRUE(llvm::StringRef(error).ends_with(
      "\nm.yaml:101:1: further mistakes are not shown"));
}

TEST(MachineErrorsTest, UnknownKeys) {
  EXPECT_ERROR("clock_ghz", "clok_ghz",
               "m.yaml:2:1: clok_ghz: unknown key, did you mean 'clock_ghz'?");
  EXPECT_ERROR("    line_words", "    words_a_line",
               "m.yaml:5:5: levels.DRAM.words_a_line: unknown key, expected "
               "one of: name, placement, capacity, capacity_unit, line_words, "
               "banks, read_words_per_cycle, write_words_per_cycle, keep, "
               "may_bypass, double_buffered, metadata, area_um2");
  EXPECT_ERROR("{m: 2}", "{M: 2}",
               "m.yaml:18:20: array.sub_partitions.M: unknown key, did you "
               "mean 'm'?");
}

TEST(MachineErrorsTest, QuotesOnOneLine) {
  EXPECT_EQ(getError("\"lev\\nels\": 1"),
            "m.yaml:1:1: lev\\x0Aels: unknown key, did you mean 'levels'?");
}

TEST(MachineErrorsTest, KindsOfValues) {
  EXPECT_ERROR("0.5", "fast",
               "m.yaml:2:12: clock_ghz: expected a number above 0 but got "
               "'fast'");
  EXPECT_ERROR("0.5", "nan",
               "m.yaml:2:12: clock_ghz: expected a number above 0 but got "
               "'nan'");
  EXPECT_ERROR("line_words: 8", "line_words: 8.5",
               "m.yaml:5:17: levels.DRAM.line_words: expected an integer above "
               "0 but got '8.5'");
  EXPECT_ERROR("lossy: true", "lossy: yes",
               "m.yaml:24:31: series.lossy: expected true or false but got "
               "'yes'");
  EXPECT_ERROR("placement: sub_partition", "placement: core",
               "m.yaml:11:16: levels.RF.placement: expected one of: machine, "
               "sub_partition, lane but got 'core'");
  EXPECT_ERROR("[a, z]", "a",
               "m.yaml:14:11: levels.RF.keep: expected a list of operands but "
               "got 'a'");
  EXPECT_ERROR("[a, z]", "[a, y]",
               "m.yaml:14:15: levels.RF.keep: expected one of: a, b, z but got "
               "'y'");
  EXPECT_ERROR("{m: 2}", "2",
               "m.yaml:18:19: array.sub_partitions: expected a mapping but got "
               "'2'");
  EXPECT_ERROR("  - name: DRAM", "  - 8\n  - name: DRAM",
               "m.yaml:4:5: levels: expected a mapping but got '8' in it");
}

TEST(MachineErrorsTest, Names) {
  EXPECT_ERROR("  - name: DRAM\n    line", "  - line",
               "m.yaml:4:5: levels: expected a mapping with the key 'name'");
  EXPECT_ERROR("name: RF", "name: DRAM",
               "m.yaml:10:11: levels.DRAM: expected another name, since 'DRAM' "
               "stands in line 4 already");
  EXPECT_ERROR("name: small\n", "",
               "m.yaml:1:1: name: expected text on one line but got \"\"");
}

TEST(MachineErrorsTest, Identifiers) {
  EXPECT_ERROR("- name: RF", "- name: 'R F'",
               "m.yaml:10:11: levels.R F.name: expected a word of letters, "
               "digits, '_' and '-' but got R F");
}

TEST(MachineErrorsTest, Domains) {
  EXPECT_ERROR("read_words_per_cycle: 32", "read_words_per_cycle: 0",
               "m.yaml:6:27: levels.DRAM.read_words_per_cycle: expected a "
               "number above 0 or 'unlimited' but got 0");
  EXPECT_ERROR("read_pj: 512", "read_pj: -1",
               "m.yaml:29:32: energy_profiles.first.levels.DRAM.read_pj: "
               "expected a number of at least 0 but got -1");
  EXPECT_ERROR("max_terms: 2", "max_terms: 0",
               "m.yaml:24:21: series.max_terms: expected an integer above 0 "
               "but got 0");
  EXPECT_ERROR("max_terms: 2", "max_terms: unlimited",
               "m.yaml:24:21: series.max_terms: expected an integer above 0 "
               "but got unlimited");
}

TEST(MachineErrorsTest, Patterns) {
  EXPECT_ERROR("2:4", "5:4",
               "m.yaml:21:14: a.patterns: expected 1 <= N <= M <= 64 but "
               "got 5:4");
  EXPECT_ERROR("2:4", "csr",
               "m.yaml:21:14: a.patterns: expected a pattern whose packed form "
               "has a fixed size but got 'csr'");
  EXPECT_ERROR("2:4", "foo",
               "m.yaml:21:14: a.patterns: unknown pattern 'foo', expected one "
               "of: N:M, tw(G[, columns = T][, rows = T][, score = rms]), "
               "tw1(G[, rows = T][, score = rms]), "
               "bsr(RxC[, above = T]), csr[(above = T)]");
  EXPECT_ERROR("1:8", "2:4",
               "m.yaml:21:13: a.patterns: expected distinct patterns but got "
               "'2:4' twice");
  EXPECT_ERROR("format: coordinate", "format: none",
               "m.yaml:22:11: a.format: expected a format for patterns or "
               "compressed zeros but got 'none'");
  EXPECT_ERROR("[2:4, 1:8]", "[]",
               "m.yaml:23:21: tasd_units.count: expected 0 for a machine "
               "without patterns of a but got 1");
}

TEST(MachineErrorsTest, Levels) {
  EXPECT_ERROR("capacity: 64", "capacity: 3",
               "m.yaml:12:15: levels.RF.capacity: expected at least 4, for "
               "mappings that fill the lanes, but got 3");
  EXPECT_ERROR("keep: [a, b, z]", "keep: [a, b]",
               "m.yaml:8:11: levels.DRAM.keep: expected the outermost level to "
               "keep a, b and z");
  EXPECT_ERROR("line_words: 8", "capacity: 8",
               "m.yaml:5:15: levels.DRAM.capacity: expected 'unlimited' at the "
               "outermost level but got 8");
  EXPECT_ERROR("line_words: 8", "may_bypass: [a]",
               "m.yaml:5:17: levels.DRAM.may_bypass: expected the outermost "
               "level to keep every operand");
  EXPECT_ERROR("[a]", "[b]",
               "m.yaml:15:17: levels.RF.may_bypass: expected operands of "
               "'keep' but got 'b'");
  EXPECT_ERROR("width_bits: 8, ", "",
               "m.yaml:16:15: levels.RF.metadata: expected both 'width_bits' "
               "and 'capacity' above 0, or neither");
  EXPECT_ERROR("    metadata: {width_bits: 64, capacity: unlimited}\n", "",
               "m.yaml:4:5: levels.DRAM.metadata: expected a store for what "
               "tells the places of a");
  EXPECT_EQ(getError("name: x\nenergy_profile: y\nlevels: []\n"
                     "energy_profiles: []\n"),
            "m.yaml:3:9: levels: expected at least one entry\n"
            "m.yaml:4:18: energy_profiles: expected at least one entry");
}

TEST(MachineErrorsTest, PlacementsGoInwards) {
  EXPECT_ERROR("array:", "  - {name: L1, keep: [b]}\narray:",
               "m.yaml:17:5: levels.L1.placement: expected 'sub_partition' or "
               "below, as of level 'RF', but got 'machine'\n"
               "m.yaml:30:7: energy_profiles.first.levels: expected an entry "
               "for level 'L1'");
}

TEST(MachineErrorsTest, Array) {
  EXPECT_ERROR("{m: 2}", "{m: 1000000000}",
               "m.yaml:18:3: array: expected at most 1073741824 lanes");
}

TEST(MachineErrorsTest, EnergyProfiles) {
  EXPECT_ERROR("energy_profile: first", "energy_profile: second",
               "m.yaml:25:17: energy_profile: expected the name of one of "
               "'energy_profiles' but got 'second'");
  EXPECT_ERROR("level: RF", "level: L1",
               "m.yaml:30:17: energy_profiles.first.levels.L1.level: expected "
               "the name of a level but got 'L1'\n"
               "m.yaml:29:7: energy_profiles.first.levels: expected an entry "
               "for level 'RF'");
  EXPECT_ERROR("type: i8", "type: int",
               "m.yaml:32:16: energy_profiles.first.macs.int.type: expected an "
               "element type, as in i8 or bf16, but got 'int'");
  std::string second = R"(  - name: second
    levels: [{level: DRAM}, {level: RF}]
    macs: [{type: i16}]
)";
  EXPECT_EQ(getError(smallMachine.str() + second),
            "m.yaml:35:11: energy_profiles.second.macs: expected an entry for "
            "type 'i8', which profile 'first' has");
}

TEST(MachineErrorsTest, ReportsEachMistake) {
  std::string text = replaceInSmall("0.5", "-1");
  text.replace(text.find("1.625"), 5, "-2");
  EXPECT_EQ(
      getError(text),
      "m.yaml:2:12: clock_ghz: expected a number above 0 but got -1\n"
      "m.yaml:30:45: energy_profiles.first.levels.RF.write_pj: expected a "
      "number of at least 0 but got -2");
}

TEST(MachineErrorsTest, MeasuredCosts) {
  auto getMeasuredError = [](llvm::StringRef text) {
    return getError(smallMachine.str() + "measured:\n" + text.str());
  };
  EXPECT_EQ(getMeasuredError("  kernels: [{name: fast, type: f32}]\n"), "");
  EXPECT_EQ(getMeasuredError("  parts: {call_cycles: 1}\n"),
            "m.yaml:34:3: measured.kernels: expected at least one entry");
  EXPECT_EQ(getMeasuredError(
                "  kernels: [{name: fast, type: f32, reads_windows: true}, "
                "{name: few, form: packed, type: f32}]\n"),
            "m.yaml:34:12: measured.kernels: expected one that is dense and "
            "reads no windows");
  EXPECT_EQ(getMeasuredError("  kernels: [{name: fast, type: float}]\n"),
            "m.yaml:34:32: measured.kernels.fast.type: expected an element "
            "type, as in i8 or bf16, but got 'float'");
  EXPECT_EQ(getMeasuredError(
                "  kernels: [{name: fast, type: f32, mac_cycles: -1}]\n"),
            "m.yaml:34:49: measured.kernels.fast.mac_cycles: expected a number "
            "of at least 0 but got -1");
  EXPECT_EQ(
      getMeasuredError("  kernels: [{name: fast, type: f32, form: sparse}]\n"),
      "m.yaml:34:43: measured.kernels.fast.form: expected one of: dense, "
      "packed but got 'sparse'");
}
