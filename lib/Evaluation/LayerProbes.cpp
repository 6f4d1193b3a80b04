//===- LayerProbes.cpp - Measure layers inside a program ------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Evaluation/LayerProbes.h"

#include "ProbeBuilder.h"

#include "tasd/Evaluation/Compilation.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;
using namespace ::tasd;
using namespace ::tasd::evaluation;
using mlir::tasd::Layer;
using mlir::tasd::PlanAttr;

//===----------------------------------------------------------------------===//
// Sums
//===----------------------------------------------------------------------===//

/// sum + value * value.
static Value addSquare(OpBuilder &builder, Location loc, Value value,
                       Value sum) {
  Value square = arith::MulFOp::create(builder, loc, value, value);
  return arith::AddFOp::create(builder, loc, sum, square);
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
  return !plan || plan.isDense() ? "it is dense"
                                 : findPlaceObstacle(layer, entry);
}

/// Puts the layer with composed operands and the sums behind the layer.
static ValueRange probe(const Layer &layer, PlanAttr plan) {
  linalg::LinalgOp op = layer.getOp();
  OpBuilder builder(op.getContext());
  builder.setInsertionPointAfter(op);
  std::array<Value, 2> composed;
  for (unsigned input : {0, 1})
    if (plan.getInputs()[input])
      composed[input] = composeInput(builder, layer, plan, input);
  auto changed = cast<linalg::LinalgOp>(builder.clone(*op));
  for (unsigned input : {0, 1})
    if (composed[input])
      changed.getDpsInputOperand(input)->set(composed[input]);
  ArrayRef<bool> isUnsigned = layer.getContraction().isUnsigned;
  return createSums(builder, op.getLoc(), op->getResult(0),
                    changed->getResult(0), isUnsigned[0] && isUnsigned[1]);
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
