//===- ConvertSparseTensorToTASD.cpp - Sparse tensors as series -----------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Postcondition: linalg contractions of a dense tensor with a sparse one that
// has an N:M level are contractions of series; all other linalg ops on such
// tensors are left, with a remark.
//
//===----------------------------------------------------------------------===//

#include "tasd/Conversion/TASDToSparseTensor/Passes.h"

#include "Coordinates.h"
#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/SparseTensor/IR/SparseTensor.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/PatternMatch.h"
#include "tasd/Conversion/TASDToSparseTensor/SparseTensorTypes.h"
#include "tasd/Dialect/TASD/Analysis/Layer.h"
#include "tasd/Pass/Remarks.h"

namespace mlir::tasd {
#define GEN_PASS_DEF_CONVERTSPARSETENSORTOTASD
#include "tasd/Conversion/TASDToSparseTensor/Passes.h.inc"
} // namespace mlir::tasd

using namespace mlir;
using namespace mlir::tasd;

//===----------------------------------------------------------------------===//
// What can be converted
//===----------------------------------------------------------------------===//

/// The series that a value with an N:M level is; none for all other values.
static std::optional<SeriesType> getSeriesType(Value value) {
  auto type = dyn_cast<RankedTensorType>(value.getType());
  return type ? mlir::tasd::getSeriesType(type) : std::nullopt;
}

static bool hasStructuredLevel(Value value) {
  auto encoding = sparse_tensor::getSparseTensorEncoding(value.getType());
  return encoding &&
         llvm::any_of(encoding.getLvlTypes(), sparse_tensor::isNOutOfMLT);
}

/// The plan that makes a series of every input that can be one.
static PlanAttr getPlan(linalg::LinalgOp op) {
  MLIRContext *context = op->getContext();
  SmallVector<OperandPlanAttr> inputs;
  for (OpOperand *input : op.getDpsInputOperands()) {
    std::optional<SeriesType> type = getSeriesType(input->get());
    inputs.push_back(type ? OperandPlanAttr::get(context, type->getSeries(),
                                                 type->getAlong(),
                                                 DecomposeTime::RunTime)
                          : OperandPlanAttr());
  }
  return PlanAttr::get(context, inputs, /*mapping=*/nullptr);
}

/// Why `op` does not become a contraction of series; empty if nothing is in the
/// way.
static std::string findObstacle(linalg::LinalgOp op, PlanAttr plan) {
  std::optional<Layer> layer = Layer::match(op);
  if (!layer)
    return "expected a contraction or a convolution";
  for (Value operand : op->getOperands())
    if (sparse_tensor::getSparseTensorEncoding(operand.getType()) &&
        !getSeriesType(operand)) {
      std::string text;
      llvm::raw_string_ostream(text)
          << "expected dense or N:M operands but got '" << operand.getType()
          << "'";
      return text;
    }
  if (getSeriesType(layer->getInit()))
    return "expected a dense init";
  return layer->findFormViolation(plan);
}

//===----------------------------------------------------------------------===//
// Stored arrays
//===----------------------------------------------------------------------===//

namespace {
/// What a sparse tensor stores, an entry for each slot.
struct StoredArrays {
  Value coordinates;
  Value values;
};
} // namespace

/// `buffer` as a tensor.
static Value readBuffer(OpBuilder &builder, Location loc, Value buffer) {
  auto memref = cast<MemRefType>(buffer.getType());
  return bufferization::ToTensorOp::create(
      builder, loc,
      RankedTensorType::get(memref.getShape(), memref.getElementType()), buffer,
      /*restrict=*/true);
}

static StoredArrays getStoredArrays(OpBuilder &builder, Location loc,
                                    Value sparse) {
  if (auto assemble = sparse.getDefiningOp<sparse_tensor::AssembleOp>())
    return {assemble.getLevels()[0], assemble.getValues()};
  auto encoding = sparse_tensor::getSparseTensorEncoding(sparse.getType());
  sparse_tensor::Level last = encoding.getLvlRank() - 1;
  Value coordinates =
      sparse_tensor::ToCoordinatesOp::create(builder, loc, sparse, last);
  Value values = sparse_tensor::ToValuesOp::create(builder, loc, sparse);
  return {readBuffer(builder, loc, coordinates),
          readBuffer(builder, loc, values)};
}

/// The first entries of the flat tensor `array`, in the shape of the slots.
static Value shapeAsSlots(OpBuilder &builder, Location loc, Value array,
                          ArrayRef<int64_t> shape) {
  auto type = cast<RankedTensorType>(array.getType());
  int64_t count = ShapedType::getNumElements(shape);
  if (type.getDimSize(0) != count)
    array = tensor::ExtractSliceOp::create(
        builder, loc, array, ArrayRef<OpFoldResult>(builder.getIndexAttr(0)),
        ArrayRef<OpFoldResult>(builder.getIndexAttr(count)),
        ArrayRef<OpFoldResult>(builder.getIndexAttr(1)));
  if (shape.size() == 1)
    return array;
  auto all = llvm::to_vector<2>(llvm::seq<int64_t>(0, shape.size()));
  return tensor::ExpandShapeOp::create(
      builder, loc, RankedTensorType::get(shape, type.getElementType()), array,
      SmallVector<ReassociationIndices>{all});
}

//===----------------------------------------------------------------------===//
// Series
//===----------------------------------------------------------------------===//

/// The dense tensor that a sparse one was converted from; null if there is
/// none.
static Value getDenseSource(Value sparse) {
  auto convert = sparse.getDefiningOp<sparse_tensor::ConvertOp>();
  auto type = cast<RankedTensorType>(sparse.getType());
  if (!convert ||
      convert.getSource().getType() !=
          RankedTensorType::get(type.getShape(), type.getElementType()))
    return nullptr;
  return convert.getSource();
}

static Value buildSeries(OpBuilder &builder, Location loc, Value sparse,
                         SeriesType type, bool isUnsigned) {
  if (Value dense = getDenseSource(sparse))
    return DecomposeOp::create(builder, loc, type, dense, isUnsigned,
                               /*selection=*/nullptr);
  SmallVector<RankedTensorType> components = type.getComponentTypes();
  ArrayRef<int64_t> slots = components[0].getShape();
  StoredArrays stored = getStoredArrays(builder, loc, sparse);
  Value values = shapeAsSlots(builder, loc, stored.values, slots);
  Value coordinates = shapeAsSlots(builder, loc, stored.coordinates, slots);
  Value metadata = packCoordinates(builder, loc, coordinates, type);
  return AssembleOp::create(builder, loc, type, ValueRange{values, metadata});
}

//===----------------------------------------------------------------------===//
// The pass
//===----------------------------------------------------------------------===//

/// Replaces `op`, for which there is no obstacle.
static void convert(linalg::LinalgOp op, PlanAttr plan) {
  Layer layer = *Layer::match(op);
  Contraction planned = layer.getContraction(plan);
  IRRewriter rewriter(op);
  SmallVector<Value> inputs;
  for (unsigned input : {0, 1}) {
    Value value = layer.getInput(input);
    if (auto type = dyn_cast<SeriesType>(planned.types[input]))
      value = buildSeries(rewriter, op.getLoc(), value, type,
                          planned.isUnsigned[input]);
    inputs.push_back(value);
  }
  Value zeroPoint;
  if (planned.hasZeroPoint)
    zeroPoint = layer.getZeroPoint(isa<SeriesType>(planned.types[0]) ? 1 : 0);
  rewriter.replaceOpWithNewOp<ContractOp>(
      op, op->getResult(0).getType(),
      rewriter.getAffineMapArrayAttr(planned.maps), planned.isUnsigned[0],
      planned.isUnsigned[1], inputs[0], inputs[1], layer.getInit(), zeroPoint);
}

namespace {
struct ConvertSparseTensorToTASDPass
    : mlir::tasd::impl::ConvertSparseTensorToTASDBase<
          ConvertSparseTensorToTASDPass> {
  using ConvertSparseTensorToTASDBase::ConvertSparseTensorToTASDBase;

  void runOnOperation() override {
    SmallVector<linalg::LinalgOp> ops;
    getOperation()->walk([&](linalg::LinalgOp op) {
      if (llvm::any_of(op->getOperands(), hasStructuredLevel))
        ops.push_back(op);
    });
    for (linalg::LinalgOp op : ops) {
      PlanAttr plan = getPlan(op);
      std::string obstacle = findObstacle(op, plan);
      if (!obstacle.empty()) {
        ++numLeft;
        remarkMissed(op, getArgument(), obstacle);
        continue;
      }
      remarkPassed(op, getArgument(), {{"plan", toRemarkValue(plan)}});
      convert(op, plan);
      ++numConverted;
    }
  }
};
} // namespace
