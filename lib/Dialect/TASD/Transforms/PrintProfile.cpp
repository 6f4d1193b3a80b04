//===- PrintProfile.cpp - Print what was measured as a table --------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Dialect/TASD/Transforms/Passes.h"

#include "tasd/Dialect/TASD/Analysis/Layer.h"
#include "tasd/Report/ProfileTable.h"
#include "tasd/Support/OutputFile.h"

namespace mlir::tasd {
#define GEN_PASS_DEF_PRINTPROFILE
#include "tasd/Dialect/TASD/Transforms/Passes.h.inc"
} // namespace mlir::tasd

using namespace mlir;
using namespace mlir::tasd;
using ::tasd::report::ProfileRow;

static ProfileRow makeRow(StringRef layer, int64_t input,
                          OperandProfileAttr profile) {
  ProfileRow row;
  row.layer = layer.str();
  row.input = input;
  row.metrics = profile.getMetrics();
  row.pseudoDensity = profile.getPseudoDensity();
  row.share = profile.getShare();
  for (SeriesProfileAttr one : profile.getSeries())
    row.series.push_back({one.getSeries().getText(),
                          *profile.getSeriesMetrics(one.getSeries())});
  return row;
}

static std::vector<ProfileRow> collectRows(ModuleOp module) {
  std::vector<ProfileRow> rows;
  for (const NamedLayer &named : collectLayers(module)) {
    Operation *op = linalg::LinalgOp(named.layer.getOp());
    auto profile =
        op->getAttrOfType<ProfileAttr>(TASDDialect::kProfileAttrName);
    if (!profile)
      continue;
    for (auto [input, operand] : llvm::enumerate(profile.getInputs()))
      if (operand)
        rows.push_back(makeRow(named.name, input, operand));
  }
  return rows;
}

namespace {
struct PrintProfilePass : mlir::tasd::impl::PrintProfileBase<PrintProfilePass> {
  using PrintProfileBase::PrintProfileBase;

  void runOnOperation() override {
    std::vector<ProfileRow> rows = collectRows(getOperation());
    llvm::Error error = ::tasd::writeOutputFile(file, [&](raw_ostream &os) {
      if (json)
        os << llvm::formatv("{0:2}\n", ::tasd::report::toJSON(rows));
      else
        ::tasd::report::printProfileTable(os, rows);
    });
    if (error) {
      mlir::emitError(getOperation().getLoc())
          << "option file: " << llvm::toString(std::move(error));
      return signalPassFailure();
    }
    numOperands += rows.size();
    markAllAnalysesPreserved();
  }
};
} // namespace
