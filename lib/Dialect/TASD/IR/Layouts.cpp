//===- Layouts.cpp - Series laid out for a target -------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "tasd/Dialect/TASD/IR/LayoutTarget.h"
#include "tasd/Sparsity/LaneRows.h"
#include "tasd/Sparsity/RowRecords.h"

using namespace mlir;
using namespace mlir::tasd;

LayoutTarget::~LayoutTarget() = default;

//===----------------------------------------------------------------------===//
// RowRecordsAttr
//===----------------------------------------------------------------------===//

LogicalResult
RowRecordsAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                       int64_t batches, int64_t rows, int64_t depth,
                       int64_t stride) {
  sparsity::RowRecords layout({batches, rows, depth, stride});
  if (llvm::Error error = layout.verifyParameters()) // row_records_c1
    return emitError() << llvm::toString(std::move(error));
  return success();
}

std::shared_ptr<const sparsity::Layout> RowRecordsAttr::getLayout() const {
  return std::make_shared<sparsity::RowRecords>(
      sparsity::RowRecords::Parameters{getBatches(), getRows(), getDepth(),
                                       getStride()});
}

//===----------------------------------------------------------------------===//
// LaneRowsAttr
//===----------------------------------------------------------------------===//

LogicalResult LaneRowsAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                                   int64_t lanes) {
  sparsity::LaneRows layout(lanes);
  if (llvm::Error error = layout.verifyParameters()) // lane_rows_c1
    return emitError() << llvm::toString(std::move(error));
  return success();
}

std::shared_ptr<const sparsity::Layout> LaneRowsAttr::getLayout() const {
  return std::make_shared<sparsity::LaneRows>(getLanes());
}

//===----------------------------------------------------------------------===//
// AssembleAsOp
//===----------------------------------------------------------------------===//

SmallVector<RankedTensorType>
AssembleAsOp::getComponentTypes(LayoutAttrInterface layout, SeriesType type) {
  SmallVector<RankedTensorType> types;
  for (const sparsity::PackedComponent &component :
       layout.getLayout()->getComponents(type.getBlockedShape()))
    types.push_back(getComponentType(component, type.getElementType()));
  return types;
}

SmallVector<Value> AssembleAsOp::getSizedComponents() {
  return tasd::getSizedComponents(getComponents());
}

LogicalResult AssembleAsOp::verify() {
  SeriesType type = getResult().getType();
  if (!type.hasStaticShape()) // assemble_as_c2
    return emitOpError("expected a static shape but got ") << type;
  auto elementType = getSparsityElementType(type.getElementType(), false);
  if (llvm::Error error = getLayout().getLayout()->verify(
          type.getBlockedShape(), *elementType)) // assemble_as_c2
    return emitOpError(llvm::toString(std::move(error)));
  SmallVector<RankedTensorType> expected = getComponentTypes(getLayout(), type);
  if (!llvm::equal(getComponents().getTypes(), expected)) // assemble_as_c1
    return emitOpError("expected components of types ")
           << llvm::ArrayRef<RankedTensorType>(expected) << " but got "
           << getComponents().getTypes();
  return success();
}
