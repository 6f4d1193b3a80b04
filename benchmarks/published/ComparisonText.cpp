//===- ComparisonText.cpp - The comparison as text ------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ComparisonReport.h"

#include "tasd/Report/Table.h"
#include "llvm/Support/FormatVariadic.h"

using namespace tasd::published;
using tasd::report::Align;
using tasd::report::Table;

static std::string formatShare(double share) {
  return llvm::formatv("{0:f1} %", share * 100);
}

static Table createTable(llvm::ArrayRef<const char *> texts,
                         llvm::ArrayRef<const char *> numbers) {
  Table table;
  for (const char *title : texts)
    table.addColumn(title, Align::Left);
  for (const char *title : numbers)
    table.addColumn(title, Align::Right);
  return table;
}

static void printVariants(llvm::ArrayRef<VariantResult> variants,
                          llvm::raw_ostream &os) {
  Table table = createTable({"network", "zeros", "machine", "series of"},
                            {"energy left", "delay left", "EDP left"});
  for (const VariantResult &variant : variants) {
    const MachineResult &baseline = variant.machines.front();
    for (const MachineResult &result : variant.machines)
      table.addRow(
          {variant.network->name, formatShare(variant.sparsity), result.machine,
           getName(result.sides).str(),
           formatShare(result.energyPj / baseline.energyPj),
           formatShare(static_cast<double>(result.cycles) / baseline.cycles),
           formatShare(result.getEdp() / baseline.getEdp())});
  }
  table.print(os);
}

static void addSummary(Table &table, llvm::StringRef setting,
                       const Summary &summary) {
  table.addRow({setting.str(), summary.machine, getName(summary.sides).str(),
                formatShare(summary.best), formatShare(summary.mean),
                formatShare(summary.prunedMean),
                formatShare(summary.sparsestMean)});
}

static void printSummaries(llvm::ArrayRef<SettingResults> results,
                           llvm::raw_ostream &os) {
  Table table =
      createTable({"setting", "machine", "series of"},
                  {"EDP saved at best", "mean", "of pruned", "of sparsest"});
  for (const SettingResults &result : results)
    for (const Summary &summary : summarize(result.variants))
      addSummary(table, result.setting.name, summary);
  table.print(os);
}

void tasd::published::printText(const Study &study,
                                llvm::ArrayRef<SettingResults> results,
                                llvm::raw_ostream &os) {
  os << "energy, delay and energy-delay product (EDP) as shares of those on "
     << study.machines.front().label << "; series drop at most "
     << formatShare(results.front().setting.maxDropped)
     << " of the magnitude of a layer's operand\n\n";
  printVariants(results.front().variants, os);
  os << "\npublished: " << formatShare(study.publishedBest) << " at best, "
     << formatShare(study.publishedMean) << " on average\n\n";
  printSummaries(results, os);
}
