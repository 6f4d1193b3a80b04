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
#include "mlir/Interfaces/LoopLikeInterface.h"
#include "tasd/Dialect/TASD/IR/TASD.h"
#include "tasd/Runtime/ABI.h"

namespace mlir::tasd {
#define GEN_PASS_DEF_CONVERTTASDTORUNTIME
#include "tasd/Conversion/TASDToRuntime/Passes.h.inc"
} // namespace mlir::tasd

using namespace mlir;
using namespace mlir::tasd;

static constexpr StringLiteral kPackFunction = "tasd_runtime_pack";

namespace {
/// Collects the words of a record.
class Record {
public:
  Record(OpBuilder &builder, Location loc) : builder(builder), loc(loc) {}

  void add(int64_t word) {
    words.push_back(arith::ConstantIndexOp::create(builder, loc, word));
  }
  void add(Value word) { words.push_back(word); }
  void add(OpFoldResult word) {
    words.push_back(getValueOrCreateConstantIndexOp(builder, loc, word));
  }

  /// Adds the address of the first byte of a contiguous buffer, or of element 0
  /// of a strided one.
  void addAddress(Value buffer);
  /// Adds the number of bytes of a contiguous buffer.
  void addNumBytes(Value buffer);

  /// Stores the words on the stack, in memory taken at the head of `block`;
  /// returns their address.
  Value store(Block &block);

private:
  OpBuilder &builder;
  Location loc;
  SmallVector<Value> words;
};
} // namespace

static int64_t getByteWidth(Type elementType) {
  return elementType.getIntOrFloatBitWidth() / 8;
}

void Record::addAddress(Value buffer) {
  auto metadata =
      memref::ExtractStridedMetadataOp::create(builder, loc, buffer);
  Value base =
      memref::ExtractAlignedPointerAsIndexOp::create(builder, loc, buffer);
  Value width = arith::ConstantIndexOp::create(
      builder, loc,
      getByteWidth(cast<MemRefType>(buffer.getType()).getElementType()));
  Value offset =
      arith::MulIOp::create(builder, loc, metadata.getOffset(), width);
  add(Value(arith::AddIOp::create(builder, loc, base, offset)));
}

void Record::addNumBytes(Value buffer) {
  auto type = cast<MemRefType>(buffer.getType());
  Value bytes = arith::ConstantIndexOp::create(
      builder, loc, getByteWidth(type.getElementType()));
  for (OpFoldResult size : memref::getMixedSizes(builder, loc, buffer))
    bytes = arith::MulIOp::create(
        builder, loc, bytes,
        getValueOrCreateConstantIndexOp(builder, loc, size));
  add(bytes);
}

Value Record::store(Block &block) {
  Type wordType = builder.getI64Type();
  auto type = MemRefType::get({static_cast<int64_t>(words.size())}, wordType);
  OpBuilder head = OpBuilder::atBlockBegin(&block);
  Value record = memref::AllocaOp::create(head, loc, type);
  for (auto [position, word] : llvm::enumerate(words)) {
    Value value = arith::IndexCastOp::create(builder, loc, wordType, word);
    Value index = arith::ConstantIndexOp::create(builder, loc, position);
    memref::StoreOp::create(builder, loc, value, record, index);
  }
  return memref::ExtractAlignedPointerAsIndexOp::create(builder, loc, record);
}

/// The text of the series in a global, and its address.
static Value getSeriesText(OpBuilder &builder, Location loc, ModuleOp module,
                           StringRef text) {
  std::string name = "tasd_series_" + text.str();
  auto type =
      MemRefType::get({static_cast<int64_t>(text.size())}, builder.getI8Type());
  if (!module.lookupSymbol(name)) {
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPointToStart(module.getBody());
    auto tensorType =
        RankedTensorType::get(type.getShape(), builder.getI8Type());
    auto bytes = DenseElementsAttr::get(
        tensorType,
        ArrayRef<int8_t>(reinterpret_cast<const int8_t *>(text.data()),
                         text.size()));
    memref::GlobalOp::create(builder, loc, name,
                             builder.getStringAttr("private"), type, bytes,
                             /*constant=*/true, /*alignment=*/nullptr);
  }
  Value global = memref::GetGlobalOp::create(builder, loc, type, name);
  return memref::ExtractAlignedPointerAsIndexOp::create(builder, loc, global);
}

/// Where stack memory is taken once, however often `op` runs: in its function,
/// or in each step of a loop whose steps run at the same time.
static Block &getStackBlock(Operation *op) {
  Region *region = op->getParentRegion();
  while (!region->getParentOp()->hasTrait<OpTrait::IsIsolatedFromAbove>() &&
         !region->getParentOp()->hasTrait<OpTrait::HasParallelRegion>())
    region = region->getParentRegion();
  return region->front();
}

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
  auto metadata =
      memref::ExtractStridedMetadataOp::create(builder, loc, op.getInput());
  for (OpFoldResult size : metadata.getConstifiedMixedSizes())
    record.add(size);
  for (OpFoldResult stride : metadata.getConstifiedMixedStrides())
    record.add(stride);
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
  return record.store(getStackBlock(op));
}

/// Pointers are passed as indices: both are 64-bit words.
static func::FuncOp getPackFunction(OpBuilder &builder, ModuleOp module) {
  if (auto function = module.lookupSymbol<func::FuncOp>(kPackFunction))
    return function;
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(module.getBody());
  Type index = builder.getIndexType();
  auto function =
      func::FuncOp::create(builder, module.getLoc(), kPackFunction,
                           builder.getFunctionType({index, index, index}, {}));
  function.setPrivate();
  return function;
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
    Value series = getSeriesText(builder, op.getLoc(), getOperation(), text);
    Value length =
        arith::ConstantIndexOp::create(builder, op.getLoc(), text.size());
    func::CallOp::create(builder, op.getLoc(),
                         getPackFunction(builder, getOperation()),
                         ValueRange{record, series, length});
    op.erase();
    ++numCalls;
  }
};
} // namespace
