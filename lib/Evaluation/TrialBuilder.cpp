//===- TrialBuilder.cpp - Open a module for trials ------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TrialBuilder.h"

#include "tasd/Conversion/RuntimeCalls/RuntimeCall.h"
#include "tasd/Runtime/ABI.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Transforms/Passes.h"

using namespace mlir;
using namespace ::tasd;
using namespace ::tasd::evaluation;
using mlir::tasd::ConstantTensor;
using mlir::tasd::Layer;

/// Numbers the layers while they are moved.
static constexpr StringLiteral kNumberAttrName = "trial_layer";

static void numberLayers(ModuleOp module) {
  Builder builder(module.getContext());
  for (auto [i, named] : llvm::enumerate(mlir::tasd::collectLayers(module)))
    named.layer.getOp()->setAttr(kNumberAttrName,
                                 builder.getI64IntegerAttr(int64_t(i)));
}

/// Brings what the entry calls into it and drops all else.
static LogicalResult inlineInto(func::FuncOp entry) {
  auto module = entry->getParentOfType<ModuleOp>();
  for (auto function : module.getOps<func::FuncOp>())
    if (function != entry)
      function.setPrivate();
  PassManager pm(module.getContext());
  // Canonicalization may drop the layers' numbers.
  pm.addPass(createInlinerPass({}, [](OpPassManager &) {}));
  pm.addPass(createSymbolDCEPass());
  return pm.run(module);
}

//===----------------------------------------------------------------------===//
// Inputs
//===----------------------------------------------------------------------===//

namespace {
class Opener {
public:
  Opener(OpenModule &open, ArrayRef<TriedInputs> tried)
      : open(open), tried(tried) {}

  void openLayers();

private:
  void openLayer(const Layer &layer, size_t number);
  Value getArgument(const Layer &layer, LayerInput place);
  Value recompose(const Layer &layer, LayerInput place);

  OpenModule &open;
  ArrayRef<TriedInputs> tried;
};
} // namespace

/// The argument that the weights become; of a layer that a function brought in
/// twice, the same one.
Value Opener::getArgument(const Layer &layer, LayerInput place) {
  for (auto [i, known] : llvm::enumerate(open.weights))
    if (known.layer == place.layer && known.input == place.input)
      return open.entry.getArguments().take_back(open.weights.size())[i];
  open.weights.push_back(place);
  Type type = layer.getInput(place.input).getType();
  (void)open.entry.insertArgument(open.entry.getNumArguments(), type, {},
                                  open.entry.getLoc());
  return open.entry.getArguments().back();
}

/// A copy of the input that goes through the run time.
Value Opener::recompose(const Layer &layer, LayerInput place) {
  linalg::LinalgOp op = layer.getOp();
  OpBuilder builder(op);
  Location loc = op.getLoc();
  Value input = layer.getInput(place.input);
  auto type = cast<RankedTensorType>(input.getType());
  // A buffer of its own: others read the input too.
  Value copy = bufferization::AllocTensorOp::create(builder, loc, type,
                                                    ValueRange(), input);
  Value buffer = bufferization::ToBufferOp::create(
      builder, loc, MemRefType::get(type.getShape(), type.getElementType()),
      copy);
  mlir::tasd::Record record(builder, loc);
  record.add(TASD_RUNTIME_ABI_VERSION);
  record.add(static_cast<int64_t>(open.slots.size()));
  record.add(static_cast<int64_t>(*mlir::tasd::getSparsityElementType(
      type.getElementType(), layer.getContraction().isUnsigned[place.input])));
  record.add(type.getRank());
  record.addAddress(buffer);
  record.addSizesAndStrides(buffer);
  Value words = record.store(op);
  mlir::tasd::callRuntime(builder, loc, *open.module, "tasd_runtime_recompose",
                          words);
  open.slots.push_back(place);
  return bufferization::ToTensorOp::create(builder, loc, type, buffer,
                                           /*restrict=*/true);
}

/// Whether the data of weights are of another shape than the type says.
static bool hasHiddenShape(Value input) {
  return ConstantTensor::isConstant(input) &&
         !cast<RankedTensorType>(input.getType()).hasStaticShape();
}

void Opener::openLayer(const Layer &layer, size_t number) {
  for (unsigned input : {0, 1})
    if (tried[number][input] && hasHiddenShape(layer.getInput(input)))
      open.obstacles[number] = "its weights have dynamic extents";
  if (!open.obstacles[number].empty())
    return;
  for (unsigned input : {0, 1}) {
    if (!tried[number][input])
      continue;
    LayerInput place{number, input};
    bool isWeights = ConstantTensor::isConstant(layer.getInput(input));
    Value opened =
        isWeights ? getArgument(layer, place) : recompose(layer, place);
    linalg::LinalgOp(layer.getOp())->setOperand(input, opened);
  }
}

void Opener::openLayers() {
  SmallVector<std::pair<Layer, size_t>> layers;
  open.entry.walk([&](linalg::LinalgOp op) {
    auto number = op->getAttrOfType<IntegerAttr>(kNumberAttrName);
    if (!number)
      return;
    op->removeAttr(kNumberAttrName);
    layers.push_back({*Layer::match(op), size_t(number.getInt())});
  });
  open.obstacles.assign(tried.size(),
                        "it is in neither the entry nor what that calls");
  for (auto &[layer, number] : layers) {
    open.obstacles[number].clear();
    openLayer(layer, number);
  }
}

FailureOr<OpenModule> evaluation::openModule(ModuleOp module,
                                             func::FuncOp entry,
                                             ArrayRef<TriedInputs> tried) {
  module.getContext()
      ->loadDialect<arith::ArithDialect, bufferization::BufferizationDialect,
                    memref::MemRefDialect>();
  OpenModule open;
  open.module = module.clone();
  open.entry = open.module->lookupSymbol<func::FuncOp>(entry.getName());
  stripPlans(*open.module);
  numberLayers(*open.module);
  if (failed(inlineInto(open.entry)))
    return failure();
  if (!SymbolTable::symbolKnownUseEmpty(open.entry, *open.module))
    return entry.emitError("expected an entry that does not call itself");
  Opener(open, tried).openLayers();
  return open;
}
