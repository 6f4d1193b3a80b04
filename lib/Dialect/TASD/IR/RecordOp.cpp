//===- RecordOp.cpp - Measuring tensors while a program runs --------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Dialect/TASD/IR/TASD.h"

#include "tasd/Sparsity/Profile.h"

using namespace mlir;
using namespace mlir::tasd;

namespace {
/// The profile that is collected: nothing that the program itself can see.
struct ProfileResource : SideEffects::Resource::Base<ProfileResource> {
  StringRef getName() final { return "tasd.profile"; }
};
} // namespace

void RecordOp::getEffects(
    SmallVectorImpl<SideEffects::EffectInstance<MemoryEffects::Effect>>
        &effects) {
  if (isa<MemRefType>(getTensor().getType()))
    effects.emplace_back(MemoryEffects::Read::get(), &getTensorMutable());
  effects.emplace_back(MemoryEffects::Write::get(), ProfileResource::get());
}

sparsity::ProfileRequest RecordOp::getRequest() {
  sparsity::ProfileRequest request;
  request.blockSizes = getBlockSizes().value_or(ArrayRef<int64_t>()).vec();
  if (getSeries())
    for (auto series : getSeries()->getAsRange<SeriesAttr>())
      request.series.push_back(series.getSeries());
  request.hasMatrix = getFullSecondMoments();
  return request;
}

LogicalResult RecordOp::verify() {
  auto type = cast<ShapedType>(getTensor().getType());
  if (failed(verifyBlockedTensor([&] { return emitOpError(); }, type.getShape(),
                                 type.getElementType(),
                                 getAlong()))) // record_c1, record_c2
    return failure();
  if (getIsUnsigned() && !type.getElementType().isInteger()) // record_c3
    return emitOpError(
               "expected an integer element type with `unsigned` but got ")
           << type.getElementType();
  if (llvm::Error error = getRequest().verify()) // record_c4
    return emitOpError(llvm::toString(std::move(error)));
  if (getLayer().empty() || getInputIndexAttr().getInt() < 0) // record_c5
    return emitOpError("expected the name of a layer and an input of at least "
                       "0 but got '")
           << getLayer() << "' and " << getInputIndexAttr().getInt();
  return success();
}
