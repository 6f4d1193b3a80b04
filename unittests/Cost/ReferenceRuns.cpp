//===- ReferenceRuns.cpp - Published runs to hold the cost against --------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ReferenceRuns.h"

#include "tasd/Machine/MachineFile.h"

#include "llvm/ADT/StringMap.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/MemoryBuffer.h"

using namespace tasd::cost;
using namespace tasd::cost::test;
using llvm::StringRef;

using Row = llvm::StringMap<std::string>;

/// The rows of a file, by the titles of its columns; "#" starts a comment.
static std::vector<Row> readRows(StringRef name) {
  auto buffer = llvm::cantFail(llvm::errorOrToExpected(
      llvm::MemoryBuffer::getFile(TASD_COST_INPUTS "/" + name)));
  std::vector<Row> rows;
  llvm::SmallVector<StringRef> lines, titles;
  buffer->getBuffer().split(lines, '\n', -1, /*KeepEmpty=*/false);
  for (StringRef line : lines) {
    if (line.starts_with("#"))
      continue;
    llvm::SmallVector<StringRef> cells;
    line.split(cells, ',');
    if (titles.empty()) {
      titles = cells;
      continue;
    }
    Row &row = rows.emplace_back();
    for (auto [title, cell] : llvm::zip(titles, cells))
      row[title] = cell.str();
  }
  return rows;
}

static double getNumber(const Row &row, StringRef title) {
  double number;
  if (StringRef(row.lookup(title)).getAsDouble(number))
    llvm::report_fatal_error("expected a number in column " + title);
  return number;
}

static std::string getKey(const Row &row) {
  return llvm::formatv("{0} {1}x{2}x{3} {4}", row.lookup("design"),
                       row.lookup("m"), row.lookup("k"), row.lookup("n"),
                       row.lookup("density_a"));
}

tasd::machine::Machine tasd::cost::test::getPreset(StringRef name) {
  return llvm::cantFail(machine::loadMachine(name));
}

tasd::sparsity::Series tasd::cost::test::getSeries(StringRef text) {
  return llvm::cantFail(
      sparsity::PatternRegistry::createWithBuiltins().parseSeries(text));
}

/// STC has one pattern; the flexible designs take the sparsest that holds all.
static StringRef getSeriesText(const ReferenceRun &run) {
  if (run.work.a.density == 1 || run.design == "DSTC")
    return "";
  if (run.work.a.density == 0.5 || run.design == "STC")
    return "2:4";
  return run.work.a.density > 0.3 ? "2:6" : "2:8";
}

static Work getWork(const Row &row) {
  Work work;
  work.extents.m = getNumber(row, "m");
  work.extents.n = getNumber(row, "n");
  work.extents.k = getNumber(row, "k");
  work.a.density = getNumber(row, "density_a");
  work.b.density = getNumber(row, "density_b");
  return work;
}

static Operand getOperand(StringRef name) {
  return name == "A" ? Operand::A : name == "B" ? Operand::B : Operand::Z;
}

static void addTraffic(ReferenceRun &run, const Row &row) {
  Operand operand = getOperand(row.lookup("operand"));
  run.traffic.push_back({row.lookup("level"), operand,
                         getNumber(row, "instances"), getNumber(row, "reads"),
                         getNumber(row, "fills"), getNumber(row, "updates"),
                         getNumber(row, "energy_pj"),
                         getNumber(row, "level_cycles")});
}

static Mapping getMapping(llvm::ArrayRef<Row> rows) {
  std::string text;
  for (StringRef level : {"DRAM", "SMEM", "RF", "LRF"}) {
    auto row = llvm::find_if(
        rows, [&](const Row &row) { return row.lookup("level") == level; });
    text += (level + ": " + row->lookup("loop_nest") + "\n").str();
  }
  return llvm::cantFail(parseMapping(text, "reference"));
}

std::vector<ReferenceRun> tasd::cost::test::readReferenceRuns() {
  std::map<std::string, std::vector<Row>> levels;
  for (const Row &row : readRows("reference-levels.csv"))
    levels[getKey(row)].push_back(row);
  std::vector<ReferenceRun> runs;
  for (const Row &row : readRows("reference-runs.csv")) {
    ReferenceRun &run = runs.emplace_back();
    run.design = row.lookup("design");
    run.work = getWork(row);
    run.cycles = getNumber(row, "cycles");
    run.energyPj = getNumber(row, "energy_uj") * 1e6;
    run.macEnergyPj = getNumber(row, "energy_mac_uj") * 1e6;
    if (StringRef text = getSeriesText(run); !text.empty())
      run.work.a.series = getSeries(text);
    run.mapping = getMapping(levels[getKey(row)]);
    for (const Row &level : levels[getKey(row)])
      addTraffic(run, level);
  }
  return runs;
}

/// 128 kept elements along K stand side by side.
static Mapping getSystolicMapping(int64_t size, double density) {
  int64_t lanesAlongK = 128 / density;
  return llvm::cantFail(parseMapping(
      llvm::formatv("DRAM: for M in [0:{0})\n"
                    "SMEM keep none:\n"
                    "RF: for K in [0:{1}) / for M in [0:128) (Spatial-Y) / "
                    "for K in [0:{2}) (Spatial-X)\n"
                    "LRF: for N in [0:{3})\n",
                    size / 128, size / lanesAlongK, lanesAlongK, size)
          .str(),
      "systolic"));
}

std::vector<SystolicRun> tasd::cost::test::readSystolicRuns() {
  std::vector<SystolicRun> runs;
  for (const Row &row : readRows("systolic-runs.csv")) {
    SystolicRun &run = runs.emplace_back();
    run.size = getNumber(row, "size");
    run.series = row.lookup("series");
    run.work.extents = {run.size, run.size, run.size};
    run.work.a.series = getSeries(run.series);
    run.mapping = getSystolicMapping(
        run.size, *run.work.a.series.getPatterns()[0]->getMaxDensity());
    run.cycles = getNumber(row, "cycles");
  }
  return runs;
}

std::string ReferenceRun::getName() const {
  return llvm::formatv("{0} {1}x{2}x{3} {4}", design, work.extents.m,
                       work.extents.k, work.extents.n, work.a.density);
}

std::string ReferenceRun::getMachineName() const {
  if (design == "DSTC")
    return "dstc";
  if (design == "STC")
    return "stc";
  return design == "STC_flexible" ? "stc-flexible" : "stc-flexible-dual";
}
