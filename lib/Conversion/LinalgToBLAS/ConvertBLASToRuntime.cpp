//===- ConvertBLASToRuntime.cpp - Products for a BLAS as calls ------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Precondition: bufferized. Postcondition: no op names the function of the
// runtime that multiplies matrices. The record's layout is that of
// tasd/Runtime/ABI.h.
//
//===----------------------------------------------------------------------===//

#include "LibraryCall.h"
#include "tasd/Conversion/LinalgToBLAS/Passes.h"
#include "tasd/Conversion/RuntimeCalls/RuntimeCall.h"
#include "tasd/Runtime/ABI.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"

namespace mlir::tasd {
#define GEN_PASS_DEF_CONVERTBLASTORUNTIME
#include "tasd/Conversion/LinalgToBLAS/Passes.h.inc"
} // namespace mlir::tasd

using namespace mlir;
using namespace mlir::tasd;

/// The loops that the rows and the columns of each operand stand for.
static constexpr std::pair<unsigned, unsigned> kOperandLoops[] = {
    {Row, Depth}, {Depth, Column}, {Row, Column}};

/// Position of a loop among the dimensions of an operand.
static std::optional<unsigned> getDim(AffineMap map, unsigned loop) {
  return map.getResultPosition(getAffineDimExpr(loop, map.getContext()));
}

static bool isMatrix(AffineMap map, std::pair<unsigned, unsigned> loops) {
  return map.getNumResults() == 2 && getDim(map, loops.first) &&
         getDim(map, loops.second);
}

static LogicalResult verifyProduct(linalg::GenericOp op) {
  if (!op.hasPureBufferSemantics())
    return op.emitOpError("expected buffers: bufferize first");
  SmallVector<AffineMap> maps = op.getIndexingMapsArray();
  bool isProduct = maps.size() == std::size(kOperandLoops) &&
                   op.getNumLoops() == 3 && op.getNumReductionLoops() == 1;
  for (auto [map, loops] : llvm::zip(maps, kOperandLoops))
    isProduct &= isMatrix(map, loops);
  if (!isProduct)
    return op.emitOpError("expected a product of two matrices");
  Type type = getElementTypeOrSelf(op.getOutputs().front());
  if (!type.isF32() && !type.isF64())
    return op.emitOpError("expected f32 or f64 but got ") << type;
  return success();
}

static OpFoldResult getExtent(OpBuilder &builder, linalg::GenericOp op,
                              unsigned operand, unsigned loop) {
  unsigned dim = *getDim(op.getIndexingMapsArray()[operand], loop);
  return memref::getMixedSize(builder, op.getLoc(), op->getOperand(operand),
                              dim);
}

/// Adds the address and the strides of a matrix.
static void addMatrix(Record &record, OpBuilder &builder, linalg::GenericOp op,
                      unsigned operand) {
  Value buffer = op->getOperand(operand);
  AffineMap map = op.getIndexingMapsArray()[operand];
  auto metadata =
      memref::ExtractStridedMetadataOp::create(builder, op.getLoc(), buffer);
  SmallVector<OpFoldResult> strides = metadata.getConstifiedMixedStrides();
  auto [first, second] = kOperandLoops[operand];
  record.addAddress(buffer);
  record.add(strides[*getDim(map, first)]);
  record.add(strides[*getDim(map, second)]);
}

/// Fills in the record of a product, as tasd/Runtime/ABI.h lays it out.
static Value storeRecord(OpBuilder &builder, linalg::GenericOp op) {
  Record record(builder, op.getLoc());
  record.add(TASD_RUNTIME_ABI_VERSION);
  bool isF32 = getElementTypeOrSelf(op.getOutputs().front()).isF32();
  record.add(isF32 ? TASD_RUNTIME_F32 : TASD_RUNTIME_F64);
  record.add(getExtent(builder, op, /*operand=*/2, Row));
  record.add(getExtent(builder, op, /*operand=*/2, Column));
  record.add(getExtent(builder, op, /*operand=*/0, Depth));
  for (unsigned operand = 0; operand < op->getNumOperands(); ++operand)
    addMatrix(record, builder, op, operand);
  return record.store(op);
}

namespace {
struct ConvertBLASToRuntimePass
    : mlir::tasd::impl::ConvertBLASToRuntimeBase<ConvertBLASToRuntimePass> {
  using ConvertBLASToRuntimeBase::ConvertBLASToRuntimeBase;

  void runOnOperation() override {
    WalkResult result = getOperation().walk([&](linalg::GenericOp op) {
      if (op.getLibraryCall() != kGemmFunction)
        return WalkResult::advance();
      return convert(op);
    });
    if (result.wasInterrupted())
      signalPassFailure();
  }

private:
  WalkResult convert(linalg::GenericOp op) {
    if (failed(verifyProduct(op)))
      return WalkResult::interrupt();
    OpBuilder builder(op);
    callRuntime(builder, op.getLoc(), getOperation(), kGemmFunction,
                storeRecord(builder, op));
    op.erase();
    ++numCalls;
    return WalkResult::advance();
  }
};
} // namespace
