//===- ConvertTASDToRuntime.cpp - What runs at run time, as calls ---------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Precondition: bufferized. Postcondition: no tasd op. The record's layout is
// that of tasd/Runtime/ABI.h.
//
//===----------------------------------------------------------------------===//

#include "tasd/Conversion/TASDToRuntime/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "tasd/Conversion/RuntimeCalls/RuntimeCall.h"
#include "tasd/Dialect/TASD/IR/TASD.h"
#include "tasd/Runtime/ABI.h"

namespace mlir::tasd {
#define GEN_PASS_DEF_CONVERTTASDTORUNTIME
#include "tasd/Conversion/TASDToRuntime/Passes.h.inc"
} // namespace mlir::tasd

using namespace mlir;
using namespace mlir::tasd;

static constexpr StringLiteral kPackFunction = "tasd_runtime_pack";
static constexpr StringLiteral kRecordFunction = "tasd_runtime_record";

//===----------------------------------------------------------------------===//
// Records
//===----------------------------------------------------------------------===//

/// Adds the words of a tensor with its blocked dimensions.
static void addTensor(Record &record, Value buffer, ArrayRef<int64_t> along,
                      bool isUnsigned) {
  auto type = cast<MemRefType>(buffer.getType());
  record.add(static_cast<int64_t>(
      *getSparsityElementType(type.getElementType(), isUnsigned)));
  record.add(type.getRank());
  record.add(static_cast<int64_t>(along.size()));
  for (int64_t dim : along)
    record.add(dim);
  record.addAddress(buffer);
  record.addSizesAndStrides(buffer);
}

/// Fills in the record of a pack, as tasd/Runtime/ABI.h lays it out.
static Value storePackRecord(OpBuilder &builder, PackOp op) {
  Location loc = op.getLoc();
  Record record(builder, loc);
  SeriesType type = op.getSeriesType();
  record.add(TASD_RUNTIME_ABI_VERSION);
  addTensor(record, op.getInput(), op.getAlong(), op.getIsUnsigned());
  SmallVector<int64_t> counts = type.getNumComponents();
  record.add(static_cast<int64_t>(counts.size()));
  auto output = op.getOutputs().begin();
  for (int64_t count : counts) {
    record.add(count);
    for (int64_t i = 0; i < count; ++i, ++output) {
      record.addAddress(*output);
      record.addNumBytes(*output);
    }
  }
  return record.store(op);
}

/// Adds the address and the size of text, in a global that is named for it.
static void addText(Record &record, OpBuilder &builder, RecordOp op,
                    StringRef prefix, StringRef text) {
  record.add(getConstantBytes(builder, op.getLoc(),
                              op->getParentOfType<ModuleOp>(),
                              (prefix + text).str(), text));
  record.add(static_cast<int64_t>(text.size()));
}

/// Fills in the record of what is added to a profile.
static Value storeProfileRecord(OpBuilder &builder, RecordOp op) {
  Record record(builder, op.getLoc());
  record.add(TASD_RUNTIME_ABI_VERSION);
  addTensor(record, op.getTensor(), op.getAlong(), op.getIsUnsigned());
  addText(record, builder, op, "tasd_layer_", op.getLayer());
  record.add(op.getInputIndexAttr().getInt());
  ArrayRef<int64_t> sizes = op.getBlockSizes().value_or(ArrayRef<int64_t>());
  record.add(static_cast<int64_t>(sizes.size()));
  for (int64_t size : sizes)
    record.add(size);
  ArrayRef<Attribute> series;
  if (op.getSeries())
    series = op.getSeries()->getValue();
  record.add(static_cast<int64_t>(series.size()));
  for (Attribute one : series)
    addText(record, builder, op, "tasd_series_",
            cast<SeriesAttr>(one).getText());
  record.add(static_cast<int64_t>(op.getFullSecondMoments()));
  return record.store(op);
}

//===----------------------------------------------------------------------===//
// Calls
//===----------------------------------------------------------------------===//

/// The run time writes outputs as one piece each.
static LogicalResult verifyBuffers(PackOp op) {
  if (!op.hasPureBufferSemantics())
    return op.emitOpError("expected buffers: bufferize first");
  for (Value output : op.getOutputs()) {
    auto type = cast<MemRefType>(output.getType());
    if (!type.areTrailingDimsContiguous(type.getRank()))
      return op.emitOpError("expected contiguous outputs but got ") << type;
  }
  return success();
}

static LogicalResult verifyBuffers(RecordOp op) {
  if (!isa<MemRefType>(op.getTensor().getType()))
    return op.emitOpError("expected a buffer: bufferize first");
  return success();
}

namespace {
struct ConvertTASDToRuntimePass
    : mlir::tasd::impl::ConvertTASDToRuntimeBase<ConvertTASDToRuntimePass> {
  using ConvertTASDToRuntimeBase::ConvertTASDToRuntimeBase;

  void runOnOperation() override {
    WalkResult result = getOperation().walk([&](Operation *op) {
      if (auto pack = dyn_cast<PackOp>(op))
        return convert(pack);
      if (auto record = dyn_cast<RecordOp>(op))
        return convert(record);
      return WalkResult::advance();
    });
    if (result.wasInterrupted())
      signalPassFailure();
  }

private:
  template <typename OpTy> WalkResult convert(OpTy op) {
    if (failed(verifyBuffers(op)))
      return WalkResult::interrupt();
    call(op);
    op.erase();
    ++numCalls;
    return WalkResult::advance();
  }

  void call(PackOp op) {
    OpBuilder builder(op);
    std::string text = op.getSeries().getText();
    Value record = storePackRecord(builder, op);
    Value series = getConstantBytes(builder, op.getLoc(), getOperation(),
                                    "tasd_series_" + text, text);
    Value length =
        arith::ConstantIndexOp::create(builder, op.getLoc(), text.size());
    callRuntime(builder, op.getLoc(), getOperation(), kPackFunction,
                {record, series, length});
  }

  void call(RecordOp op) {
    OpBuilder builder(op);
    callRuntime(builder, op.getLoc(), getOperation(), kRecordFunction,
                storeProfileRecord(builder, op));
  }
};
} // namespace
