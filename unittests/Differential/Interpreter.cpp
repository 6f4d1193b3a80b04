//===- Interpreter.cpp - Linalg on tensors by definition ------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Interpreter.h"
#include "Scalars.h"

#include "tasd/Dialect/TASD/IR/TASD.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MLProgram/IR/MLProgram.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/DialectResourceBlobManager.h"
#include "mlir/IR/SymbolTable.h"

#include <cmath>

using namespace tasd::differential;
using namespace mlir;

//===----------------------------------------------------------------------===//
// Constants
//===----------------------------------------------------------------------===//

/// The tensor, or the scalar as a tensor of rank 0, that `attribute` stands
/// for.
static Tensor decodeConstant(Attribute attribute) {
  if (auto number = dyn_cast<FloatAttr>(attribute)) {
    Format format = Format::get(number.getType());
    return {format, {}, {Number(number.getValueAsDouble())}};
  }
  if (auto number = dyn_cast<IntegerAttr>(attribute))
    return {Format::get(number.getType()),
            {},
            {Number(number.getValue().getSExtValue())}};
  auto elements = cast<ElementsAttr>(attribute);
  Format format = Format::get(elements.getElementType());
  ArrayRef<int64_t> shape = elements.getShapedType().getShape();
  if (auto resource = dyn_cast<DenseResourceElementsAttr>(attribute))
    return Tensor::decode(format, shape,
                          resource.getRawHandle().getBlob()->getData());
  auto dense = cast<DenseElementsAttr>(attribute);
  if (!dense.isSplat())
    return Tensor::decode(format, shape, dense.getRawData());
  Tensor tensor = Tensor::zeros(format, shape);
  Number splat = Tensor::decode(format, {}, dense.getRawData()).elements[0];
  llvm::fill(tensor.elements, splat);
  return tensor;
}

/// The initial value of the global that `op` loads.
static Attribute getGlobalValue(Operation *op, SymbolRefAttr symbol) {
  auto global =
      SymbolTable::lookupNearestSymbolFrom<ml_program::GlobalOp>(op, symbol);
  return global.getValueAttr();
}

//===----------------------------------------------------------------------===//
// Linalg
//===----------------------------------------------------------------------===//

namespace {
/// Where the element of an operand stands at a loop step: an offset, and a
/// stride for each loop.
struct Access {
  int64_t offset = 0;
  SmallVector<int64_t> strides;

  static Access get(AffineMap map, ArrayRef<int64_t> shape) {
    auto linearize = [&](ArrayRef<int64_t> loops) {
      int64_t position = 0;
      SmallVector<int64_t> index = map.compose(loops);
      for (auto [i, extent] : llvm::zip_equal(index, shape))
        position = position * extent + i;
      return position;
    };
    SmallVector<int64_t> loops(map.getNumDims(), 0);
    Access access;
    access.offset = linearize(loops);
    for (int64_t &loop : loops) {
      loop = 1;
      access.strides.push_back(linearize(loops) - access.offset);
      loop = 0;
    }
    return access;
  }

  int64_t at(ArrayRef<int64_t> loops) const {
    int64_t position = offset;
    for (auto [loop, stride] : llvm::zip_equal(loops, strides))
      position += loop * stride;
    return position;
  }
};
} // namespace

/// The extents of the loops: each stands alone in the map of some operand.
static Shape getRanges(ArrayRef<AffineMap> maps, ArrayRef<Tensor> operands) {
  Shape ranges(maps.front().getNumDims(), 0);
  for (auto [map, operand] : llvm::zip_equal(maps, operands))
    for (auto [expr, extent] : llvm::zip_equal(map.getResults(), operand.shape))
      if (auto loop = dyn_cast<AffineDimExpr>(expr))
        ranges[loop.getPosition()] = extent;
  return ranges;
}

Tensor Interpreter::getOperand(linalg::LinalgOp op, unsigned operand,
                               bool isLayer) {
  Tensor tensor = get(op->getOperand(operand));
  if (!isLayer)
    return tensor;
  if (operand < 2 && !tensor.shape.empty())
    tensor = substitute(numLayers, operand, tensor);
  if (useMagnitudes)
    for (Number &element : tensor.elements)
      element = std::fabs(element);
  return tensor;
}

Tensor Interpreter::runLinalg(linalg::LinalgOp op) {
  bool isLayer = op.getNumReductionLoops() != 0;
  std::vector<Tensor> operands;
  SmallVector<AffineMap> maps = op.getIndexingMapsArray();
  SmallVector<Access> accesses;
  for (unsigned i = 0; i < op->getNumOperands(); ++i) {
    operands.push_back(getOperand(op, i, isLayer));
    accesses.push_back(Access::get(maps[i], operands.back().shape));
  }
  numLayers += isLayer;
  Body body = llvm::cantFail(Body::get(*op.getBlock(), [&](Value captured) {
    return get(captured).elements[0];
  }));
  SmallVector<Number> arguments(operands.size());
  forEachIndex(getRanges(maps, operands), [&](ArrayRef<int64_t> loops) {
    for (size_t i = 0; i < operands.size(); ++i)
      arguments[i] = operands[i].elements[accesses[i].at(loops)];
    operands.back().elements[accesses.back().at(loops)] = body.apply(arguments);
  });
  return operands.back();
}

//===----------------------------------------------------------------------===//
// Other ops
//===----------------------------------------------------------------------===//

static Tensor runSlice(tensor::ExtractSliceOp op, const Tensor &source) {
  Tensor result = Tensor::zeros(source.format, op.getStaticSizes());
  forEachIndex(result.shape, [&](ArrayRef<int64_t> index) {
    Shape from;
    for (auto [i, offset, stride] :
         llvm::zip_equal(index, op.getStaticOffsets(), op.getStaticStrides()))
      from.push_back(offset + i * stride);
    result.at(index) = source.at(from);
  });
  result.shape = Shape(op.getType().getShape()); // unit dimensions may go
  return result;
}

static Tensor runElementwise(const Scalar &scalar, const Tensor &source) {
  Tensor result = Tensor::zeros(scalar.to, source.shape);
  for (auto [out, in] : llvm::zip_equal(result.elements, source.elements))
    out = scalar.apply(in, in);
  return result;
}

llvm::Error Interpreter::run(Operation &op) {
  Value result = op.getResult(0);
  auto type = dyn_cast<RankedTensorType>(result.getType());
  if (auto constant = dyn_cast<arith::ConstantOp>(op)) {
    values[result] = decodeConstant(constant.getValue());
  } else if (auto load = dyn_cast<ml_program::GlobalLoadConstOp>(op)) {
    values[result] = decodeConstant(getGlobalValue(&op, load.getGlobal()));
  } else if (auto load = dyn_cast<ml_program::GlobalLoadOp>(op)) {
    values[result] = decodeConstant(getGlobalValue(&op, load.getGlobal()));
  } else if (isa<tensor::EmptyOp>(op)) {
    values[result] =
        Tensor::zeros(Format::get(type.getElementType()), type.getShape());
  } else if (isa<tensor::ExpandShapeOp, tensor::CollapseShapeOp>(op)) {
    Tensor reshaped = get(op.getOperand(0));
    reshaped.shape = Shape(type.getShape());
    values[result] = reshaped;
  } else if (isa<tensor::CastOp>(op)) {
    values[result] = Tensor(get(op.getOperand(0)));
  } else if (auto slice = dyn_cast<tensor::ExtractSliceOp>(op)) {
    values[result] = runSlice(slice, get(slice.getSource()));
  } else if (isa<mlir::tasd::DecomposeOp>(op)) {
    values[result] = substitute(numLayers++, 0, get(op.getOperand(0)));
  } else if (isa<mlir::tasd::ComposeOp, tensor::ExtractOp>(op)) {
    values[result] = Tensor(get(op.getOperand(0)));
  } else if (auto linalgOp = dyn_cast<linalg::LinalgOp>(op)) {
    values[result] = runLinalg(linalgOp);
  } else {
    llvm::Expected<Scalar> scalar = Scalar::get(&op);
    if (!scalar)
      return scalar.takeError();
    values[result] = runElementwise(*scalar, get(op.getOperand(0)));
  }
  return llvm::Error::success();
}

llvm::Expected<std::vector<Tensor>> Interpreter::run(func::FuncOp function,
                                                     ArrayRef<Tensor> inputs) {
  values.clear();
  numLayers = 0;
  for (auto [argument, input] :
       llvm::zip_equal(function.getArguments(), inputs))
    values[argument] = input;
  Block &block = function.getBody().front();
  for (Operation &op : block.without_terminator())
    if (llvm::Error error = run(op))
      return std::move(error);
  std::vector<Tensor> results;
  for (Value result : block.getTerminator()->getOperands())
    results.push_back(get(result));
  return results;
}
