//===- LayerProbes.cpp - Measure layers inside a program ------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Evaluation/LayerProbes.h"

#include "tasd/Dialect/TASD/Analysis/Layer.h"
#include "tasd/Evaluation/Compilation.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;
using namespace ::tasd;
using namespace ::tasd::evaluation;
using mlir::tasd::Layer;
using mlir::tasd::PlanAttr;

//===----------------------------------------------------------------------===//
// Sums
//===----------------------------------------------------------------------===//

/// An element as f64, exact for all but large 64-bit integers. Narrow floats
/// pass through f32, which every back end can widen them to.
static Value widen(OpBuilder &builder, Location loc, Value value,
                   bool isUnsigned) {
  Type type = value.getType(), f64 = builder.getF64Type();
  if (type == f64)
    return value;
  if (type.isInteger())
    return isUnsigned
               ? arith::UIToFPOp::create(builder, loc, f64, value).getResult()
               : arith::SIToFPOp::create(builder, loc, f64, value);
  if (type.getIntOrFloatBitWidth() < 32)
    value = arith::ExtFOp::create(builder, loc, builder.getF32Type(), value);
  return arith::ExtFOp::create(builder, loc, f64, value);
}

/// sum + value * value.
static Value addSquare(OpBuilder &builder, Location loc, Value value,
                       Value sum) {
  Value square = arith::MulFOp::create(builder, loc, value, value);
  return arith::AddFOp::create(builder, loc, sum, square);
}

/// A tensor<f64> of 0.
static Value createZero(OpBuilder &builder, Location loc) {
  Type f64 = builder.getF64Type();
  Value zero =
      arith::ConstantOp::create(builder, loc, builder.getF64FloatAttr(0));
  Value empty = tensor::EmptyOp::create(builder, loc, ArrayRef<int64_t>(), f64);
  return linalg::FillOp::create(builder, loc, zero, empty).getResult(0);
}

/// sum((changed - exact)^2) and sum(exact^2) over all elements.
static ValueRange createSums(OpBuilder &builder, Location loc, Value exact,
                             Value changed, bool isUnsigned) {
  int64_t rank = cast<RankedTensorType>(exact.getType()).getRank();
  AffineMap every = builder.getMultiDimIdentityMap(rank);
  AffineMap none = AffineMap::get(rank, 0, builder.getContext());
  Value sums[] = {createZero(builder, loc), createZero(builder, loc)};
  auto sum = linalg::GenericOp::create(
      builder, loc, ValueRange(sums).getTypes(), ValueRange{exact, changed},
      sums, ArrayRef<AffineMap>{every, every, none, none},
      SmallVector<utils::IteratorType>(rank, utils::IteratorType::reduction),
      [&](OpBuilder &b, Location loc, ValueRange arguments) {
        Value reference = widen(b, loc, arguments[0], isUnsigned);
        Value value = widen(b, loc, arguments[1], isUnsigned);
        Value error = arith::SubFOp::create(b, loc, value, reference);
        linalg::YieldOp::create(
            b, loc,
            ValueRange{addSquare(b, loc, error, arguments[2]),
                       addSquare(b, loc, reference, arguments[3])});
      });
  return sum.getResults();
}

//===----------------------------------------------------------------------===//
// Probes
//===----------------------------------------------------------------------===//

/// What keeps the layer from being measured; empty if nothing does.
static std::string findObstacle(const Layer &layer, PlanAttr plan,
                                func::FuncOp entry) {
  if (!plan || plan.isDense())
    return "it is dense";
  Operation *op = linalg::LinalgOp(layer.getOp());
  auto function = op->getParentOfType<FunctionOpInterface>();
  if (function != entry)
    return ("it stands in function '" +
            (function ? function.getName() : StringRef("module")) +
            "', not in the entry")
        .str();
  if (op->getParentOp() != entry)
    return ("it stands inside '" + op->getParentOp()->getName().getStringRef() +
            "'")
        .str();
  return entry.getBody().hasOneBlock() ? "" : "its function has branches";
}

/// The input as the planned layer sees it.
static Value compose(OpBuilder &builder, const Layer &layer, PlanAttr plan,
                     unsigned input) {
  mlir::tasd::Contraction planned = layer.getContraction(plan);
  Location loc = linalg::LinalgOp(layer.getOp()).getLoc();
  auto type = cast<mlir::tasd::SeriesType>(planned.types[input]);
  Value series = mlir::tasd::DecomposeOp::create(
      builder, loc, type, layer.getInput(input), planned.isUnsigned[input]);
  return mlir::tasd::ComposeOp::create(builder, loc, type.getTensorType(),
                                       series);
}

/// Puts the layer with composed operands and the sums behind the layer.
static ValueRange probe(const Layer &layer, PlanAttr plan) {
  linalg::LinalgOp op = layer.getOp();
  OpBuilder builder(op.getContext());
  builder.setInsertionPointAfter(op);
  std::array<Value, 2> composed;
  for (unsigned input : {0, 1})
    if (plan.getInputs()[input])
      composed[input] = compose(builder, layer, plan, input);
  auto changed = cast<linalg::LinalgOp>(builder.clone(*op));
  for (unsigned input : {0, 1})
    if (composed[input])
      changed.getDpsInputOperand(input)->set(composed[input]);
  ArrayRef<bool> isUnsigned = layer.getContraction().isUnsigned;
  return createSums(builder, op.getLoc(), op->getResult(0),
                    changed->getResult(0), isUnsigned[0] && isUnsigned[1]);
}

/// Makes the function return these values instead of its own.
static void setResults(func::FuncOp function, ValueRange results) {
  cast<func::ReturnOp>(function.front().getTerminator())
      .getOperandsMutable()
      .assign(results);
  function.removeResAttrsAttr();
  function.setFunctionType(FunctionType::get(
      function.getContext(), function.getArgumentTypes(), results.getTypes()));
}

/// Leaves a copy under the entry's name to those who call it, if anyone does.
static void separateFromCallers(ModuleOp module, func::FuncOp entry) {
  if (SymbolTable::symbolKnownUseEmpty(entry, module))
    return;
  auto copy = entry.clone();
  SymbolTable symbols(module);
  symbols.remove(entry);
  symbols.insert(copy);
  symbols.insert(entry); // takes a name of its own
}

ProbedModule evaluation::addLayerProbes(ModuleOp module, func::FuncOp entry) {
  ProbedModule probed;
  probed.module = module.clone();
  probed.entry = probed.module->lookupSymbol<func::FuncOp>(entry.getName());
  SmallVector<mlir::tasd::NamedLayer> layers =
      mlir::tasd::collectLayers(*probed.module);
  SmallVector<PlanAttr> plans;
  for (const mlir::tasd::NamedLayer &named : layers)
    plans.push_back(
        linalg::LinalgOp(named.layer.getOp())
            ->getAttrOfType<PlanAttr>(mlir::tasd::TASDDialect::kPlanAttrName));
  stripPlans(*probed.module);
  separateFromCallers(*probed.module, probed.entry);

  SmallVector<Value> sums;
  for (auto [named, plan] : llvm::zip_equal(layers, plans)) {
    std::string obstacle = findObstacle(named.layer, plan, probed.entry);
    if (obstacle.empty())
      llvm::append_range(sums, probe(named.layer, plan));
    probed.layers.push_back({named.name, std::move(obstacle)});
  }
  if (probed.entry.getBody().hasOneBlock())
    setResults(probed.entry, sums);
  return probed;
}
