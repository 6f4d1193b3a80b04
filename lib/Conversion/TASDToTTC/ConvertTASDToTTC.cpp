//===- ConvertTASDToTTC.cpp - Layers as programs of the accelerator -------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Precondition: plans carried out, constants packed. Postcondition: every layer
// is a launch of a program, or carries the reason why the host computes it.
//
//===----------------------------------------------------------------------===//

#include "tasd/Conversion/TASDToTTC/Passes.h"

#include "Launch.h"
#include "LayerMapping.h"
#include "LayerParts.h"

#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/Iterators.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "tasd/Dialect/TASD/Analysis/TermParts.h"
#include "tasd/Machine/MachineFile.h"
#include "tasd/Machine/ProgramSupport.h"
#include "tasd/Pass/Remarks.h"

namespace mlir::tasd {
#define GEN_PASS_DEF_CONVERTTASDTOTTC
#include "tasd/Conversion/TASDToTTC/Passes.h.inc"
} // namespace mlir::tasd

using namespace mlir;
using namespace mlir::tasd;

//===----------------------------------------------------------------------===//
// Layers of the host
//===----------------------------------------------------------------------===//

static DictionaryAttr getHostEntry(const LayerWork &layer, StringRef reason) {
  Builder builder(layer.op->getContext());
  NamedAttrList entry;
  entry.append("name", builder.getStringAttr(layer.name));
  entry.append("reason", builder.getStringAttr(reason));
  if (std::optional<int64_t> macs = layer.contraction.getNumMACs())
    entry.append("macs", builder.getI64IntegerAttr(*macs));
  return entry.getDictionary(builder.getContext());
}

/// Erases what only the layers used: series, the packing of what is extracted
/// on the accelerator, zeros.
static void eraseDead(ModuleOp module) {
  module.walk<WalkOrder::PostOrder, ReverseIterator>([](Operation *op) {
    if (isa_and_present<TASDDialect>(op->getDialect()) ||
        isa<linalg::FillOp, tensor::EmptyOp>(op))
      if (isOpTriviallyDead(op))
        op->erase();
  });
}

namespace {
struct ConvertTASDToTTCPass
    : mlir::tasd::impl::ConvertTASDToTTCBase<ConvertTASDToTTCPass> {
  using ConvertTASDToTTCBase::ConvertTASDToTTCBase;

  void runOnOperation() override {
    FailureOr<CostModel> model = createModel();
    if (failed(model) || failed(verifyPackedTerms(getOperation())))
      return signalPassFailure();
    auto layers = collectLayers(*model);
    if (failed(layers))
      return signalPassFailure();
    auto mapped = mapLayers(*layers, *model);
    if (failed(mapped))
      return signalPassFailure();
    SymbolTable symbols(getOperation());
    for (auto [layer, mapping] : llvm::zip(*layers, *mapped))
      if (failed(convert(layer, mapping, *model, symbols)))
        return signalPassFailure();
    eraseDead(getOperation());
  }

private:
  FailureOr<CostModel> createModel();
  DictionaryAttr leaveToHost(const LayerWork &work, StringRef reason);
  LogicalResult prepare(MutableArrayRef<AcceleratorLayer> layers,
                        const machine::Machine &machine);
  FailureOr<std::vector<AcceleratorLayer>>
  collectLayers(const CostModel &model);
  FailureOr<ttc::ProgramOp> getProgram(const AcceleratorLayer &layer,
                                       const MappedLayer &mapped,
                                       const CostModel &model,
                                       SymbolTable &symbols);
  LogicalResult convert(const AcceleratorLayer &layer,
                        const MappedLayer &mapped, const CostModel &model,
                        SymbolTable &symbols);
  LogicalResult convertInParts(const AcceleratorLayer &layer,
                               const MappedLayer &mapped,
                               const CostModel &model, SymbolTable &symbols);
  void remark(const AcceleratorLayer &layer, ttc::ProgramOp program,
              const CostModel &model);

  /// Programs by all they are made of.
  DenseMap<Attribute, ttc::ProgramOp> programs;
};
} // namespace

FailureOr<CostModel> ConvertTASDToTTCPass::createModel() {
  Location loc = getOperation().getLoc();
  if (machine.empty())
    return emitError(loc) << "expected a machine to compile for, by the option "
                             "`machine`";
  auto parsed = cost::parseObjective(objective);
  if (!parsed)
    return emitError(loc)
           << "expected the objective latency, energy or edp but got '"
           << objective << "'";
  auto loaded = ::tasd::machine::loadMachine(machine);
  if (!loaded)
    return emitError(loc) << llvm::toString(loaded.takeError());
  if (llvm::Error error = checkProgramSupport(*loaded))
    return emitError(loc) << llvm::toString(std::move(error));
  // Layers with dynamic extents stay on the host.
  return CostModel(std::move(*loaded), *parsed, /*dynamicExtent=*/1);
}

/// Leaves a layer to the host, and tells of it.
DictionaryAttr ConvertTASDToTTCPass::leaveToHost(const LayerWork &work,
                                                 StringRef reason) {
  work.op->setAttr(ttc::TTCDialect::kHostAttrName,
                   StringAttr::get(&getContext(), reason));
  remarkMissed(work.op, getArgument(),
               {{"layer", work.name}, {"reason", reason.str()}});
  ++numHost;
  return getHostEntry(work, reason);
}

/// Verifies that the machine runs the series of layers, and that what is asked
/// of data is known.
LogicalResult
ConvertTASDToTTCPass::prepare(MutableArrayRef<AcceleratorLayer> layers,
                              const machine::Machine &machine) {
  for (AcceleratorLayer &layer : layers)
    if (failed(verifySeries(layer, machine)) ||
        failed(measureDensities(layer.work, machine)))
      return failure();
  return success();
}

/// The layers that become programs, one for each part where their series has
/// some. The others are told of.
FailureOr<std::vector<AcceleratorLayer>>
ConvertTASDToTTCPass::collectLayers(const CostModel &model) {
  const machine::Machine &machine = model.getMachine();
  std::vector<AcceleratorLayer> layers;
  SmallVector<Attribute> host;
  for (LayerWork &work :
       collectLayerWorks(getOperation(), model.getDynamicExtent())) {
    if (isa<linalg::LinalgOp>(work.op) && !work.isDense())
      return work.op->emitOpError("expected its plan to be carried out");
    AcceleratorLayer layer = AcceleratorLayer::get(std::move(work));
    matchParts(layer);
    std::vector<AcceleratorLayer> parts = splitIntoParts(layer);
    // What keeps one part from being a program keeps all.
    std::string reason = parts.front().findHostReason(machine);
    if (!reason.empty()) {
      host.push_back(leaveToHost(parts.front().work, reason));
      continue;
    }
    if (failed(prepare(parts, machine)))
      return failure();
    layers.push_back(std::move(layer));
  }
  if (!host.empty())
    getOperation()->setAttr(ttc::TTCDialect::kHostLayersAttrName,
                            ArrayAttr::get(&getContext(), host));
  return layers;
}

/// The program of a layer, a new one where no equal layer has had it.
FailureOr<ttc::ProgramOp>
ConvertTASDToTTCPass::getProgram(const AcceleratorLayer &layer,
                                 const MappedLayer &mapped,
                                 const CostModel &model, SymbolTable &symbols) {
  std::string reason;
  auto interface = layer.getInterface(mapped.a, reason);
  assert(succeeded(interface) && "expected a layer that programs can say");
  Attribute key = ArrayAttr::get(
      &getContext(), {interface->getKey(&getContext()),
                      mapped.getMapping(&getContext(), model.getMachine())});
  ttc::ProgramOp &program = programs[key];
  if (program)
    return program;
  auto nest = cost::buildProgramNest(layer.work.getWork(mapped.a),
                                     mapped.mapped.mapping, model.getMachine());
  if (!nest)
    return emitError(layer.work.op->getLoc())
           << "layer '" << layer.work.name
           << "': " << llvm::toString(nest.takeError());
  OpBuilder builder = OpBuilder::atBlockEnd(getOperation().getBody());
  program = emitProgram(builder, layer.work.op->getLoc(), layer.work.name,
                        *interface, *nest, model.getMachine());
  symbols.insert(program);
  ++numPrograms;
  return program;
}

void ConvertTASDToTTCPass::remark(const AcceleratorLayer &layer,
                                  ttc::ProgramOp program,
                                  const CostModel &model) {
  const std::string &name = model.getMachine().name;
  MappingAttr mapping = layer.work.mapping;
  SmallVector<RemarkArgument> arguments = {
      {"layer", layer.work.name}, {"program", program.getSymName().str()}};
  if (!mapping || mapping.getMachine() != name) {
    ++numSearched;
    arguments.push_back({"mapping", "searched for machine '" + name + "'"});
    if (mapping)
      arguments.push_back({"reason", "that of its plan is for machine '" +
                                         mapping.getMachine().str() + "'"});
  }
  remarkPassed(layer.work.op, getArgument(), arguments);
}

LogicalResult ConvertTASDToTTCPass::convertInParts(
    const AcceleratorLayer &layer, const MappedLayer &mapped,
    const CostModel &model, SymbolTable &symbols) {
  for (auto [part, run] : llvm::zip_equal(splitIntoParts(layer), mapped.parts))
    if (failed(convert(part, MappedLayer{run, mapped.a, {}}, model, symbols)))
      return failure();
  return success();
}

LogicalResult ConvertTASDToTTCPass::convert(const AcceleratorLayer &layer,
                                            const MappedLayer &mapped,
                                            const CostModel &model,
                                            SymbolTable &symbols) {
  if (layer.product)
    return convertInParts(layer, mapped, model, symbols);
  auto program = getProgram(layer, mapped, model, symbols);
  if (failed(program))
    return failure();
  if (!layer.part || layer.part->index == 0)
    remark(layer, *program, model);
  replaceByLaunch(layer, mapped.a, *program);
  ++numLaunches;
  return success();
}
