//===- ConstantBuffers.cpp - Large constants beside the code --------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ConstantBuffers.h"

#include "tasd/Dialect/TASD/IR/ConstantStorage.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/DialectResourceBlobManager.h"

using namespace mlir;
using namespace ::tasd::evaluation;

/// Smaller constants may fold into the code.
static constexpr size_t kMinBytes = 1 << 16;

/// Whether LLVM lays out arrays of such elements as MLIR does.
static bool hasPlainLayout(Type elementType) {
  return elementType.isIntOrFloat() &&
         llvm::is_contained({8, 16, 32, 64},
                            elementType.getIntOrFloatBitWidth());
}

/// The data of a resource; empty if they do not fit its type, which MLIR
/// accepts.
static ArrayRef<char> getElements(DenseResourceElementsAttr resource) {
  const AsmResourceBlob *blob = resource.getRawHandle().getBlob();
  int64_t numBytes = resource.getNumElements() *
                     resource.getElementType().getIntOrFloatBitWidth() / 8;
  if (!blob || static_cast<int64_t>(blob->getData().size()) != numBytes)
    return {};
  return blob->getData();
}

/// The elements in row-major order; empty where MLIR does not hold them so.
static ArrayRef<char> getElements(Attribute value) {
  auto elements = dyn_cast_or_null<ElementsAttr>(value);
  if (!elements || !hasPlainLayout(elements.getElementType()))
    return {};
  if (auto resource = dyn_cast<DenseResourceElementsAttr>(value))
    return getElements(resource);
  auto dense = dyn_cast<DenseElementsAttr>(value);
  return !dense || dense.isSplat() ? ArrayRef<char>() : dense.getRawData();
}

static std::unique_ptr<llvm::MemoryBuffer> copy(ArrayRef<char> elements,
                                                uint64_t alignment) {
  auto buffer = llvm::WritableMemoryBuffer::getNewUninitMemBuffer(
      elements.size(), /*BufferName=*/"", llvm::Align(alignment));
  llvm::copy(elements, buffer->getBufferStart());
  return buffer;
}

ConstantBuffers ConstantBuffers::takeFrom(ModuleOp lowered) {
  ConstantBuffers constants;
  for (auto global : lowered.getOps<LLVM::GlobalOp>()) {
    ArrayRef<char> elements = getElements(global.getValueOrNull());
    if (!global.getConstant() || elements.size() < kMinBytes)
      continue;
    uint64_t alignment = global.getAlignment().value_or(alignof(max_align_t));
    constants.buffers.push_back(
        {global.getSymName().str(), copy(elements, alignment)});
    mlir::tasd::releaseConstantData(lowered.getContext());
    global.removeValueAttr();
    global.setLinkage(LLVM::Linkage::External);
  }
  return constants;
}

llvm::orc::SymbolMap
ConstantBuffers::getSymbols(llvm::orc::MangleAndInterner interner) const {
  llvm::orc::SymbolMap map;
  for (const Buffer &buffer : buffers)
    map[interner(buffer.name)] = {
        llvm::orc::ExecutorAddr::fromPtr(buffer.data->getBufferStart()),
        llvm::JITSymbolFlags::Exported};
  return map;
}
