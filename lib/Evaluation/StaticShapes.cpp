//===- StaticShapes.cpp - Fix the extents of an entry ---------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Evaluation/StaticShapes.h"

#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Transforms/Passes.h"
#include "tasd/Dialect/TASD/IR/TASD.h"

using namespace mlir;
using namespace ::tasd;
using namespace ::tasd::evaluation;

Shapes evaluation::getCallShapes(ArrayRef<NDArray> inputs,
                                 const Slices &slices) {
  Shapes shapes;
  for (auto [array, rows] : llvm::zip_equal(inputs, slices.rowsPerCall)) {
    shapes.push_back(array.shape);
    if (rows)
      shapes.back().front() = rows;
  }
  return shapes;
}

llvm::Expected<Shapes> evaluation::getCallShapes(const Signature &signature,
                                                 int64_t batch) {
  Shapes shapes;
  for (auto [i, spec] : llvm::enumerate(signature.inputs)) {
    shapes.push_back(spec.shape);
    if (spec.getRank() > 0 && spec.shape.front() < 0)
      shapes.back().front() = batch;
    if (llvm::any_of(shapes.back(), [](int64_t extent) { return extent < 0; }))
      return llvm::createStringError(
          "argument " + llvm::Twine(i) +
          ": expected an input that tells the extents of '" + spec.text + "'");
  }
  return shapes;
}

/// Whether some argument has another shape.
static bool differ(func::FuncOp entry, const Shapes &shapes) {
  return llvm::any_of(
      llvm::zip_equal(entry.getArgumentTypes(), shapes), [](auto pair) {
        auto [type, shape] = pair;
        return cast<RankedTensorType>(type).getShape() != ArrayRef(shape);
      });
}

/// Gives an argument its shape; what reads it gets the type that it had.
static void setShape(OpBuilder &builder, BlockArgument argument,
                     ArrayRef<int64_t> shape) {
  auto type = cast<RankedTensorType>(argument.getType());
  argument.setType(type.clone(shape));
  auto cast =
      tensor::CastOp::create(builder, argument.getLoc(), type, argument);
  argument.replaceAllUsesExcept(cast, cast);
}

/// Mappings of layers with dynamic extents were made for extents that were
/// assumed: they are searched again for those of the data.
static void dropAssumedMappings(ModuleOp module) {
  module.walk([](Operation *op) {
    auto name = mlir::tasd::TASDDialect::kPlanAttrName;
    auto plan = op->getAttrOfType<mlir::tasd::PlanAttr>(name);
    auto isDynamic = [](Type type) {
      auto shaped = dyn_cast<ShapedType>(type);
      return shaped && !shaped.hasStaticShape();
    };
    if (plan && (llvm::any_of(op->getOperandTypes(), isDynamic) ||
                 llvm::any_of(op->getResultTypes(), isDynamic)))
      op->setAttr(name, plan.withMapping({}));
  });
}

LogicalResult evaluation::setStaticShapes(func::FuncOp entry,
                                          const Shapes &shapes) {
  if (!differ(entry, shapes))
    return success();
  auto module = entry->getParentOfType<ModuleOp>();
  if (!SymbolTable::symbolKnownUseEmpty(entry, module))
    return entry.emitError(
        "expected static extents of arguments, or a function that is not "
        "called in its module");
  dropAssumedMappings(module);
  OpBuilder builder = OpBuilder::atBlockBegin(&entry.front());
  for (auto [argument, shape] : llvm::zip(entry.getArguments(), shapes))
    setShape(builder, argument, shape);
  entry.setFunctionType(FunctionType::get(entry.getContext(),
                                          entry.front().getArgumentTypes(),
                                          entry.getResultTypes()));
  // Shapes follow each other from op to op.
  PassManager pm(module.getContext());
  pm.addPass(createCanonicalizerPass());
  return pm.run(module);
}
