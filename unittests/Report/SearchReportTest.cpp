//===- SearchReportTest.cpp - What a search of plans found ----------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Report/SearchReport.h"

#include "tasd/Machine/MachineFile.h"

#include "gtest/gtest.h"

using namespace tasd::report;

/// One layer of 100 cycles and 10 pJ when dense, of a model of quality 0.9.
static SearchReport getReport() {
  SearchReport report;
  report.machine = llvm::cantFail(tasd::machine::loadMachine("tc"));
  report.minQuality = 0.5;
  report.scores.push_back({"calibration", 3, 0.9, 0.8});
  report.proposers.push_back({"greedy", "frobenius", 0, {}, {}});
  SearchedLayer &layer = report.layers.emplace_back();
  layer.name = "layer";
  layer.macs = 400;
  layer.dense = layer.planned = CostPair{100, 10};
  layer.denseParts =
      layer.plannedParts = {{{"DRAM", 7}, {"MAC", 3}}, "DRAM", 50.0};
  return report;
}

static EvaluatedPlan getPlan(int64_t cycles, double quality) {
  return {0, quality, {cycles, 1}, false};
}

TEST(SearchReport, frontIsWhatNoOtherBeats) {
  SearchReport report = getReport();
  report.plans = {getPlan(100, 0.8), getPlan(100, 0.7), getPlan(50, 0.7),
                  getPlan(50, 0.7), getPlan(60, 0.6)};
  // Equals do not beat each other.
  EXPECT_EQ(report.findFront(),
            (std::vector<bool>{true, false, true, true, false}));
}

TEST(SearchReport, nothingOnTheFrontIsBeatenByDense) {
  SearchReport report = getReport();
  report.plans = {getPlan(2000, 0.8), getPlan(2000, 0.95)};
  EXPECT_EQ(report.findFront(), (std::vector<bool>{false, true}));
}

TEST(SearchReport, ratesOfLayers) {
  llvm::json::Value json = toJSON(getReport());
  const llvm::json::Object &report = *json.getAsObject();
  const llvm::json::Object &layer =
      *report.getArray("layers")->front().getAsObject();
  EXPECT_EQ(layer.getNumber("macs_per_cycle"), 4.0);
  EXPECT_EQ(layer.getNumber("dense_macs_per_offchip_byte"), 8.0);
  EXPECT_EQ(layer.getString("binding_level"), "DRAM");
  EXPECT_EQ(report.getNumber("least_quality"), 0.45);
  EXPECT_EQ(report.getNumber("dense_quality"), 0.9);
}
