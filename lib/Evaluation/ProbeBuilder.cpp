//===- ProbeBuilder.cpp - Parts of probed modules -------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ProbeBuilder.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;
using namespace ::tasd;
using mlir::tasd::Layer;
using mlir::tasd::PlanAttr;

Value evaluation::widen(OpBuilder &builder, Location loc, Value value,
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

Value evaluation::createZero(OpBuilder &builder, Location loc) {
  Type f64 = builder.getF64Type();
  Value zero =
      arith::ConstantOp::create(builder, loc, builder.getF64FloatAttr(0));
  Value empty = tensor::EmptyOp::create(builder, loc, ArrayRef<int64_t>(), f64);
  return linalg::FillOp::create(builder, loc, zero, empty).getResult(0);
}

Value evaluation::composeInput(OpBuilder &builder, const Layer &layer,
                               PlanAttr plan, unsigned input) {
  mlir::tasd::Contraction planned = layer.getContraction(plan);
  Location loc = linalg::LinalgOp(layer.getOp()).getLoc();
  auto type = cast<mlir::tasd::SeriesType>(planned.types[input]);
  Value series = mlir::tasd::DecomposeOp::create(
      builder, loc, type, layer.getInput(input), planned.isUnsigned[input],
      plan.getInputs()[input].getSeries().getSelection());
  return mlir::tasd::ComposeOp::create(builder, loc, type.getTensorType(),
                                       series);
}

std::string evaluation::findPlaceObstacle(const Layer &layer,
                                          func::FuncOp entry) {
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

void evaluation::setResults(func::FuncOp function, ValueRange results) {
  cast<func::ReturnOp>(function.front().getTerminator())
      .getOperandsMutable()
      .assign(results);
  function.removeResAttrsAttr();
  function.setFunctionType(FunctionType::get(
      function.getContext(), function.getArgumentTypes(), results.getTypes()));
}

void evaluation::separateFromCallers(ModuleOp module, func::FuncOp entry) {
  if (SymbolTable::symbolKnownUseEmpty(entry, module))
    return;
  auto copy = entry.clone();
  SymbolTable symbols(module);
  symbols.remove(entry);
  symbols.insert(copy);
  symbols.insert(entry); // takes a name of its own
}

llvm::Error evaluation::forEachBatch(const Executable &executable,
                                     FunctionType type,
                                     ArrayRef<NDArray> inputs, int64_t batch,
                                     function_ref<void(ArrayRef<double>)> add,
                                     ProgressFunction progress) {
  llvm::Expected<Signature> signature = Signature::get(type);
  if (!signature)
    return signature.takeError();
  llvm::Expected<Slices> slices = Slices::get(*signature, inputs, batch);
  if (!slices)
    return slices.takeError();
  return forEachCall(
      executable, *slices, inputs,
      [&](const RunResult &result) {
        SmallVector<double> values;
        for (const NDArray &array : result.results)
          values.push_back(array.getElement(0));
        add(values);
        return llvm::Error::success();
      },
      progress);
}
