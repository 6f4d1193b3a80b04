//===- RuntimeCall.cpp - Calls of the C interface -------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Conversion/RuntimeCalls/RuntimeCall.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"

using namespace mlir;
using namespace mlir::tasd;

int64_t mlir::tasd::getByteWidth(Type elementType) {
  return elementType.getIntOrFloatBitWidth() / 8;
}

//===----------------------------------------------------------------------===//
// Record
//===----------------------------------------------------------------------===//

void Record::add(int64_t word) {
  words.push_back(arith::ConstantIndexOp::create(builder, loc, word));
}

void Record::add(OpFoldResult word) {
  words.push_back(getValueOrCreateConstantIndexOp(builder, loc, word));
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

void Record::addSizesAndStrides(Value buffer) {
  auto metadata =
      memref::ExtractStridedMetadataOp::create(builder, loc, buffer);
  for (OpFoldResult size : metadata.getConstifiedMixedSizes())
    add(size);
  for (OpFoldResult stride : metadata.getConstifiedMixedStrides())
    add(stride);
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

Value Record::store(Operation *op) {
  Type wordType = builder.getI64Type();
  auto type = MemRefType::get({static_cast<int64_t>(words.size())}, wordType);
  OpBuilder head = OpBuilder::atBlockBegin(&getStackBlock(op));
  Value record = memref::AllocaOp::create(head, loc, type);
  for (auto [position, word] : llvm::enumerate(words)) {
    Value value = arith::IndexCastOp::create(builder, loc, wordType, word);
    Value index = arith::ConstantIndexOp::create(builder, loc, position);
    memref::StoreOp::create(builder, loc, value, record, index);
  }
  return memref::ExtractAlignedPointerAsIndexOp::create(builder, loc, record);
}

//===----------------------------------------------------------------------===//
// Globals and calls
//===----------------------------------------------------------------------===//

Value mlir::tasd::getConstantBytes(OpBuilder &builder, Location loc,
                                   ModuleOp module, StringRef name,
                                   StringRef bytes) {
  auto type = MemRefType::get({static_cast<int64_t>(bytes.size())},
                              builder.getI8Type());
  if (!module.lookupSymbol(name)) {
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPointToStart(module.getBody());
    auto tensorType =
        RankedTensorType::get(type.getShape(), builder.getI8Type());
    auto elements = DenseElementsAttr::get(
        tensorType,
        ArrayRef<int8_t>(reinterpret_cast<const int8_t *>(bytes.data()),
                         bytes.size()));
    memref::GlobalOp::create(builder, loc, name,
                             builder.getStringAttr("private"), type, elements,
                             /*constant=*/true, /*alignment=*/nullptr);
  }
  Value global = memref::GetGlobalOp::create(builder, loc, type, name);
  return memref::ExtractAlignedPointerAsIndexOp::create(builder, loc, global);
}

/// The declaration of a function that takes so many words.
static func::FuncOp getFunction(OpBuilder &builder, ModuleOp module,
                                StringRef name, size_t numWords) {
  if (auto function = module.lookupSymbol<func::FuncOp>(name))
    return function;
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(module.getBody());
  SmallVector<Type> inputs(numWords, builder.getIndexType());
  auto function = func::FuncOp::create(builder, module.getLoc(), name,
                                       builder.getFunctionType(inputs, {}));
  function.setPrivate();
  return function;
}

void mlir::tasd::callRuntime(OpBuilder &builder, Location loc, ModuleOp module,
                             StringRef function, ValueRange words) {
  func::CallOp::create(builder, loc,
                       getFunction(builder, module, function, words.size()),
                       words);
}
