//===- LayOut.cpp - Packed constants as a target wants them ---------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Both ways go through the dense tensor that the series stands for. Packing it
// again gives what was packed, if that was packed by selection.
//
//===----------------------------------------------------------------------===//

#include "LayOut.h"

#include "Resources.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "tasd/Dialect/TASD/Analysis/ConstantBytes.h"
#include "tasd/Dialect/TASD/Analysis/OperandMetrics.h"
#include "tasd/Dialect/TASD/IR/LayoutTarget.h"
#include "tasd/Pass/Remarks.h"
#include "tasd/Sparsity/Packing.h"

using namespace mlir;
using namespace mlir::tasd;

//===----------------------------------------------------------------------===//
// Dense tensors
//===----------------------------------------------------------------------===//

namespace {

/// The tensor that a series stands for, row-major.
struct DenseTensor {
  explicit DenseTensor(SeriesType type)
      : data(getNumBytes(type.getTensorType())) {
    auto contiguous = sparsity::TensorView::contiguous(
        data.data(), *getSparsityElementType(type.getElementType(), false),
        type.getShape(), type.getAlong());
    view = {data.data(), contiguous.elementType, contiguous.blocked,
            contiguous.strides};
  }

  std::vector<char> data;
  sparsity::MutableTensorView view;
};

} // namespace

/// The components term by term.
static std::vector<sparsity::ConstTermBuffers>
getTerms(SeriesType type, ArrayRef<ArrayRef<char>> components) {
  std::vector<sparsity::ConstTermBuffers> terms;
  for (int64_t count : type.getNumComponents()) {
    ArrayRef<ArrayRef<char>> term = components.take_front(count);
    terms.emplace_back(term.begin(), term.end());
    components = components.drop_front(count);
  }
  return terms;
}

//===----------------------------------------------------------------------===//
// To a layout
//===----------------------------------------------------------------------===//

static FailureOr<SmallVector<ElementsAttr>> layOut(AssembleOp series,
                                                   LayoutAttrInterface layout) {
  SeriesType type = series.getType();
  ConstantBytes bytes;
  if (failed(bytes.read(series.getSizedComponents())))
    return series.emitOpError("expected constants with data");
  DenseTensor dense(type);
  llvm::ThreadPoolInterface *pool = getThreadPool(series.getContext());
  llvm::Error error = sparsity::unpackInto(
      type.getSeries().getSeries(), getTerms(type, bytes.getComponents()),
      dense.view, pool);
  NewConstants constants;
  std::string name = getSeriesResourceName(series.getLoc());
  auto allocate = [&](const sparsity::PackedComponent &component) {
    return constants.allocate(
        getComponentType(component, type.getElementType()),
        name + "_" + component.name);
  };
  if (!error)
    error = layout.getLayout()->layOut(dense.view, allocate, pool);
  if (error)
    return series.emitOpError(llvm::toString(std::move(error)));
  return std::move(constants).take();
}

static int64_t countBytes(ValueRange components) {
  int64_t bytes = 0;
  for (Value component : components)
    bytes += getNumBytes(cast<RankedTensorType>(component.getType()));
  return bytes;
}

FailureOr<AssembleAsOp> LayoutMaker::get(AssembleOp series,
                                         LayoutAttrInterface layout) {
  AssembleAsOp &made = layouts[{series, layout}];
  if (made)
    return made;
  FailureOr<SmallVector<ElementsAttr>> constants = layOut(series, layout);
  if (failed(constants))
    return failure();
  OpBuilder::InsertionGuard guard(rewriter);
  rewriter.setInsertionPointAfter(series);
  SmallVector<Value> components;
  for (auto [constant, type] : llvm::zip_equal(
           *constants,
           AssembleAsOp::getComponentTypes(layout, series.getType())))
    components.push_back(
        createComponent(rewriter, series.getLoc(), constant, type));
  made = AssembleAsOp::create(rewriter, series.getLoc(), series.getType(),
                              layout, components);
  remarkPassed(series, "tasd-pack",
               {{"series", series.getType().getSeries().getText()},
                {"laid_out_for", target.getName().str()},
                {"packed_bytes",
                 std::to_string(countBytes(series.getSizedComponents()))},
                {"laid_out_bytes",
                 std::to_string(countBytes(made.getSizedComponents()))}});
  return made;
}

LogicalResult LayoutMaker::layOutInputs(ContractOp op) {
  for (unsigned input : {Contraction::Lhs, Contraction::Rhs}) {
    auto series = op->getOperand(input).getDefiningOp<AssembleOp>();
    if (!series || !areConstants(series.getSizedComponents()))
      continue;
    LayoutAttrInterface layout = target.chooseLayout(op, input);
    if (!layout)
      continue;
    FailureOr<AssembleAsOp> made = get(series, layout);
    if (failed(made))
      return failure();
    rewriter.modifyOpInPlace(op,
                             [&] { op->setOperand(input, made->getResult()); });
  }
  return success();
}

void LayoutMaker::eraseDeadSeries() {
  llvm::SetVector<Operation *> dead;
  for (auto &[key, made] : layouts)
    dead.insert(key.first.getOperation());
  while (!dead.empty()) {
    Operation *op = dead.pop_back_val();
    if (!isOpTriviallyDead(op))
      continue;
    for (Value operand : op->getOperands())
      if (Operation *producer = operand.getDefiningOp())
        dead.insert(producer);
    rewriter.eraseOp(op);
  }
}

//===----------------------------------------------------------------------===//
// And back
//===----------------------------------------------------------------------===//

/// Whether integers are unsigned to what multiplies them.
static bool isUnsigned(Value series) {
  return llvm::any_of(series.getUses(), [](OpOperand &use) {
    auto contract = dyn_cast<ContractOp>(use.getOwner());
    return contract &&
           contract.getContraction().isUnsigned[use.getOperandNumber()];
  });
}

LogicalResult mlir::tasd::decomposeAgain(RewriterBase &rewriter,
                                         AssembleAsOp op) {
  SeriesType type = op.getResult().getType();
  ConstantBytes bytes;
  if (failed(bytes.read(op.getSizedComponents())))
    return op.emitOpError("expected constants with data");
  DenseTensor dense(type);
  if (llvm::Error error = op.getLayout().getLayout()->restore(
          bytes.getComponents(), dense.view))
    return op.emitOpError(llvm::toString(std::move(error)));
  OpBuilder::InsertionGuard guard(rewriter);
  rewriter.setInsertionPoint(op);
  Value constant = arith::ConstantOp::create(
      rewriter, op.getLoc(),
      createConstantAttr(type.getTensorType(),
                         getSeriesResourceName(op.getLoc()),
                         HeapAsmResourceBlob::allocateAndCopyWithAlign(
                             dense.data, kResourceAlignment)));
  rewriter.replaceOpWithNewOp<DecomposeOp>(op, type, constant,
                                           isUnsigned(op.getResult()),
                                           /*selection=*/nullptr);
  return success();
}
