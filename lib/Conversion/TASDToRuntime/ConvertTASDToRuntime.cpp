//===- ConvertTASDToRuntime.cpp - Run-time packs as calls of the C ABI ----===//
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

/// Fills in the record of a pack, as tasd/Runtime/ABI.h lays it out.
static Value storePackRecord(OpBuilder &builder, PackOp op) {
  Location loc = op.getLoc();
  Record record(builder, loc);
  SeriesType type = op.getSeriesType();
  record.add(TASD_RUNTIME_ABI_VERSION);
  record.add(static_cast<int64_t>(
      *getSparsityElementType(type.getElementType(), op.getIsUnsigned())));
  record.add(type.getRank());
  record.add(static_cast<int64_t>(type.getAlong().size()));
  for (int64_t dim : type.getAlong())
    record.add(dim);
  record.addAddress(op.getInput());
  record.addSizesAndStrides(op.getInput());
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

namespace {
struct ConvertTASDToRuntimePass
    : mlir::tasd::impl::ConvertTASDToRuntimeBase<ConvertTASDToRuntimePass> {
  using ConvertTASDToRuntimeBase::ConvertTASDToRuntimeBase;

  void runOnOperation() override {
    WalkResult result = getOperation().walk([&](PackOp op) {
      if (failed(verifyBuffers(op)))
        return WalkResult::interrupt();
      call(op);
      return WalkResult::advance();
    });
    if (result.wasInterrupted())
      signalPassFailure();
  }

private:
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
    op.erase();
    ++numCalls;
  }
};
} // namespace
