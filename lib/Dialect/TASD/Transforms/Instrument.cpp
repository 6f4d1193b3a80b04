//===- Instrument.cpp - Make layers measure their inputs ------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Postcondition: before each layer that was chosen stands a tasd.record of each
// input that is no constant and that a series could be of.
//
//===----------------------------------------------------------------------===//

#include "tasd/Dialect/TASD/Transforms/Passes.h"

#include "LayerGlobs.h"

#include "tasd/Dialect/TASD/Transforms/PlanProblem.h"
#include "tasd/Dialect/TASD/Transforms/Profiling.h"
#include "tasd/Machine/MachineFile.h"

namespace mlir::tasd {
#define GEN_PASS_DEF_INSTRUMENT
#include "tasd/Dialect/TASD/Transforms/Passes.h.inc"
} // namespace mlir::tasd

using namespace mlir;
using namespace mlir::tasd;

namespace {
struct InstrumentPass : mlir::tasd::impl::InstrumentBase<InstrumentPass> {
  using InstrumentBase::InstrumentBase;

  void runOnOperation() override {
    FailureOr<InstrumentRequest> request = parseOptions();
    if (failed(request))
      return signalPassFailure();
    auto named = collectLayers(getOperation());
    warnIfUseless(getOperation(), "layers", layers, request->layers, named);
    warnIfUseless(getOperation(), "skip", skip, request->skip, named);
    ProfilingCounts counts = instrumentModule(getOperation(), *request);
    numOperands += counts.done;
    numLeftOut += counts.leftOut;
  }

private:
  InFlightDiagnostic emitOptionError(StringRef option) {
    return emitError(getOperation().getLoc()) << "option " << option << ": ";
  }
  FailureOr<InstrumentRequest> parseOptions();
  LogicalResult parseSeries(InstrumentRequest &request);
  LogicalResult addMachine(InstrumentRequest &request);
};
} // namespace

LogicalResult InstrumentPass::parseSeries(InstrumentRequest &request) {
  for (const std::string &text : series) {
    FailureOr<SeriesAttr> parsed = SeriesAttr::parseText(
        &getContext(), text, [&] { return emitOptionError("series"); });
    if (failed(parsed))
      return failure();
    request.series.push_back(*parsed);
  }
  return success();
}

/// Adds what was not asked for but the machine knows.
LogicalResult InstrumentPass::addMachine(InstrumentRequest &request) {
  if (machine.empty())
    return success();
  auto *dialect = getContext().getOrLoadDialect<TASDDialect>();
  auto loaded =
      ::tasd::machine::loadMachine(machine, dialect->getPatternRegistry());
  if (!loaded)
    return emitOptionError("machine") << llvm::toString(loaded.takeError());
  if (request.blockSizes.empty())
    for (const sparsity::PatternRef &pattern : loaded->a.patterns)
      if (std::optional<int64_t> size = pattern->getBlockSize())
        if (!llvm::is_contained(request.blockSizes, *size))
          request.blockSizes.push_back(*size);
  if (request.series.empty())
    request.series = getRunnableSeries(&getContext(), *loaded, /*maxTerms=*/0);
  return success();
}

FailureOr<InstrumentRequest> InstrumentPass::parseOptions() {
  InstrumentRequest request;
  request.blockSizes.assign(blockSizes.begin(), blockSizes.end());
  request.hasFullSecondMoments = secondMoments == SecondMoments::Full;
  auto layersGlob = parseGlobOption(getOperation(), "layers", layers),
       skipGlob = parseGlobOption(getOperation(), "skip", skip);
  if (failed(layersGlob) || failed(skipGlob) || failed(parseSeries(request)) ||
      failed(addMachine(request)))
    return failure();
  request.layers = std::move(*layersGlob);
  request.skip = std::move(*skipGlob);
  if (llvm::Error error = request.verify())
    return emitError(getOperation().getLoc())
           << "options series and block-sizes: "
           << llvm::toString(std::move(error));
  return request;
}
