//===- ConstantTensor.cpp - Constants behind foldable ops -----------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Dialect/TASD/Analysis/ConstantTensor.h"

#include "ElementCast.h"
#include "ElementCopy.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/MLProgram/IR/MLProgram.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Utils/IndexingUtils.h"
#include "mlir/IR/DialectResourceBlobManager.h"
#include "tasd/Dialect/TASD/Analysis/Relocation.h"
#include "tasd/Dialect/TASD/IR/TASD.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace mlir::tasd;

//===----------------------------------------------------------------------===//
// Leaves
//===----------------------------------------------------------------------===//

bool mlir::tasd::hasPlainElements(Type elementType) {
  return elementType.isIntOrFloat() &&
         elementType.getIntOrFloatBitWidth() % 8 == 0;
}

FailureOr<ElementsData>
ElementsData::get(ElementsAttr attr,
                  function_ref<InFlightDiagnostic()> emitError) {
  Type elementType = attr.getElementType();
  if (!hasPlainElements(elementType))
    return emitError() << "expected elements of whole bytes but got "
                       << elementType;
  if (auto dense = dyn_cast<DenseIntOrFPElementsAttr>(attr))
    return ElementsData{dense.getRawData(), dense.isSplat()};
  auto resource = dyn_cast<DenseResourceElementsAttr>(attr);
  if (!resource)
    return emitError() << "expected `dense` or `dense_resource` elements";
  StringRef name = resource.getRawHandle().getKey();
  const AsmResourceBlob *blob = resource.getRawHandle().getBlob();
  if (!blob)
    return emitError() << "expected data for resource '" << name
                       << "' but got none";
  size_t expected = attr.getNumElements() * getByteWidth(elementType);
  if (blob->getData().size() != expected)
    return emitError() << "expected " << expected << " bytes for resource '"
                       << name << "' of " << attr.getType() << " but got "
                       << blob->getData().size();
  return ElementsData{blob->getData(), /*isSplat=*/false};
}

Operation *mlir::tasd::findConstantGlobal(Operation *op) {
  auto load = dyn_cast<ml_program::GlobalLoadConstOp>(op);
  auto plainLoad = dyn_cast<ml_program::GlobalLoadOp>(op);
  if (!load && !plainLoad)
    return nullptr;
  SymbolRefAttr symbol = load ? load.getGlobal() : plainLoad.getGlobal();
  auto global =
      SymbolTable::lookupNearestSymbolFrom<ml_program::GlobalOp>(op, symbol);
  return global && !global.getIsMutable() ? global : nullptr;
}

/// The attribute that `op` yields; null if `op` yields none.
static ElementsAttr getElements(Operation *op) {
  if (auto constant = dyn_cast<arith::ConstantOp>(op))
    return dyn_cast<ElementsAttr>(constant.getValue());
  auto global = dyn_cast_or_null<ml_program::GlobalOp>(findConstantGlobal(op));
  return global ? dyn_cast_or_null<ElementsAttr>(global.getValueAttr())
                : nullptr;
}

/// The attribute with the data of a leaf; null if `op` is none, or if its data
/// cannot be seen as plain bytes of its type: MLIR accepts globals whose value
/// has another type.
static ElementsAttr getLeafData(Operation *op) {
  ElementsAttr data = getElements(op);
  bool isPlainData =
      isa_and_present<DenseIntOrFPElementsAttr, DenseResourceElementsAttr>(
          data);
  return isPlainData && data.getType() == op->getResult(0).getType()
             ? data
             : ElementsAttr();
}

/// The scalar that `op` fills a tensor with; null if it is not constant.
static TypedAttr getFillValue(Operation *op) {
  TypedAttr value;
  auto fill = dyn_cast<linalg::FillOp>(op);
  if (fill)
    matchPattern(fill.getInputs()[0], m_Constant(&value));
  return value;
}

//===----------------------------------------------------------------------===//
// Foldable ops
//===----------------------------------------------------------------------===//

/// The operand that `op` shows in another way; null if `op` is not foldable.
static Value getSource(Operation *op) {
  if (isa<tensor::ExpandShapeOp, tensor::CollapseShapeOp, tensor::CastOp>(op))
    return op->getOperand(0);
  if (auto slice = dyn_cast<tensor::ExtractSliceOp>(op))
    return slice.getOffsets().empty() && slice.getSizes().empty() &&
                   slice.getStrides().empty()
               ? slice.getSource()
               : Value();
  if (op->getNumOperands() == 1 && isElementCast(op))
    return op->getOperand(0);
  if (std::optional<Relocation> relocation = matchRelocation(op))
    return relocation->source;
  return nullptr;
}

bool ConstantTensor::isConstant(Value value) {
  while (true) {
    auto type = dyn_cast<RankedTensorType>(value.getType());
    Operation *op = value.getDefiningOp();
    if (!op || !type || !type.hasStaticShape() ||
        !hasPlainElements(type.getElementType()))
      return false;
    if (getLeafData(op) || getFillValue(op))
      return true;
    value = getSource(op);
    if (!value)
      return false;
  }
}

//===----------------------------------------------------------------------===//
// Folding
//===----------------------------------------------------------------------===//

namespace mlir::tasd {
/// Applies foldable ops to the constants they show.
class ConstantFolder {
public:
  static FailureOr<ConstantTensor> fold(Operation *op);

private:
  static FailureOr<ConstantTensor> foldLeaf(Operation *op, ElementsAttr data);
  static ConstantTensor foldFill(Operation *op, TypedAttr value);
  static ConstantTensor apply(Operation *op, ConstantTensor source);
  static ConstantTensor relocate(const Relocation &relocation,
                                 RankedTensorType type, ConstantTensor source);
  static ConstantTensor slice(tensor::ExtractSliceOp op, ConstantTensor source);
  static ConstantTensor expand(tensor::ExpandShapeOp op, ConstantTensor source);
  static ConstantTensor collapse(tensor::CollapseShapeOp op,
                                 ConstantTensor source);
  static ConstantTensor copy(const ConstantTensor &source,
                             RankedTensorType type, Operation *cast);
};
} // namespace mlir::tasd

FailureOr<ConstantTensor> ConstantFolder::foldLeaf(Operation *op,
                                                   ElementsAttr data) {
  FailureOr<ElementsData> elements =
      ElementsData::get(data, [&] { return op->emitError(); });
  if (failed(elements))
    return failure();
  ConstantTensor tensor;
  tensor.type = cast<RankedTensorType>(op->getResult(0).getType());
  tensor.data = elements->bytes.data();
  tensor.strides = elements->isSplat
                       ? SmallVector<int64_t>(tensor.type.getRank(), 0)
                       : computeStrides(tensor.type.getShape());
  return tensor;
}

ConstantTensor ConstantFolder::foldFill(Operation *op, TypedAttr value) {
  ConstantTensor tensor;
  tensor.type = cast<RankedTensorType>(op->getResult(0).getType());
  Type elementType = tensor.type.getElementType();
  auto dense = DenseElementsAttr::get(RankedTensorType::get({}, elementType),
                                      ArrayRef<Attribute>(value));
  tensor.data = dense.getRawData().data();
  tensor.strides.assign(tensor.type.getRank(), 0);
  return tensor;
}

/// Copies into row-major order, and casts on the way.
ConstantTensor ConstantFolder::copy(const ConstantTensor &source,
                                    RankedTensorType type, Operation *cast) {
  ConstantTensor result;
  result.type = type;
  result.strides = computeStrides(type.getShape());
  result.copy = std::make_shared<std::vector<char>>(
      type.getNumElements() * getByteWidth(type.getElementType()));
  copyElements({source.type, source.data, source.strides}, cast,
               type.getElementType(), result.copy->data());
  result.data = result.copy->data();
  return result;
}

ConstantTensor ConstantFolder::relocate(const Relocation &relocation,
                                        RankedTensorType type,
                                        ConstantTensor source) {
  SmallVector<int64_t> loopStrides(relocation.inputMap.getNumDims(), 0);
  for (auto [expr, stride] :
       llvm::zip(relocation.inputMap.getResults(), source.strides))
    loopStrides[*matchLoop(expr)] = stride;
  ConstantTensor result = source;
  result.strides.clear();
  for (AffineExpr expr : relocation.outputMap.getResults())
    result.strides.push_back(loopStrides[*matchLoop(expr)]);
  result.type = type.clone(source.type.getElementType());
  return relocation.cast ? copy(result, type, relocation.cast) : result;
}

ConstantTensor ConstantFolder::slice(tensor::ExtractSliceOp op,
                                     ConstantTensor source) {
  ConstantTensor result = source;
  result.type = op.getType();
  result.strides.clear();
  llvm::SmallBitVector dropped = op.getDroppedDims();
  int64_t width = getByteWidth(source.type.getElementType());
  for (auto [dim, stride] : llvm::enumerate(source.strides)) {
    result.data += op.getStaticOffsets()[dim] * stride * width;
    if (!dropped[dim])
      result.strides.push_back(stride * op.getStaticStrides()[dim]);
  }
  return result;
}

ConstantTensor ConstantFolder::expand(tensor::ExpandShapeOp op,
                                      ConstantTensor source) {
  ConstantTensor result = source;
  result.type = cast<RankedTensorType>(op.getType());
  result.strides.assign(result.type.getRank(), 0);
  for (auto [dim, group] : llvm::enumerate(op.getReassociationIndices())) {
    int64_t stride = source.strides[dim];
    for (int64_t inner : llvm::reverse(group)) {
      result.strides[inner] = stride;
      stride *= result.type.getDimSize(inner);
    }
  }
  return result;
}

/// The stride of dimensions that are walked as one; none if one stride does not
/// walk them.
static std::optional<int64_t> mergeStrides(ArrayRef<int64_t> group,
                                           ArrayRef<int64_t> shape,
                                           ArrayRef<int64_t> strides) {
  std::optional<int64_t> merged, expected;
  for (int64_t dim : llvm::reverse(group)) {
    if (shape[dim] == 1)
      continue;
    if (expected && strides[dim] != *expected)
      return std::nullopt;
    if (!merged)
      merged = strides[dim];
    expected = strides[dim] * shape[dim];
  }
  return merged.value_or(0);
}

ConstantTensor ConstantFolder::collapse(tensor::CollapseShapeOp op,
                                        ConstantTensor source) {
  ConstantTensor result = source;
  result.type = cast<RankedTensorType>(op.getType());
  result.strides.clear();
  for (const ReassociationIndices &group : op.getReassociationIndices()) {
    std::optional<int64_t> stride =
        mergeStrides(group, source.type.getShape(), source.strides);
    if (!stride)
      return copy(source, result.type, /*cast=*/nullptr);
    result.strides.push_back(*stride);
  }
  return result;
}

ConstantTensor ConstantFolder::apply(Operation *op, ConstantTensor source) {
  auto type = cast<RankedTensorType>(op->getResult(0).getType());
  return llvm::TypeSwitch<Operation *, ConstantTensor>(op)
      .Case([&](tensor::ExpandShapeOp op) { return expand(op, source); })
      .Case([&](tensor::CollapseShapeOp op) { return collapse(op, source); })
      .Case([&](tensor::ExtractSliceOp op) { return slice(op, source); })
      .Case([&](tensor::CastOp) {
        source.type = type;
        return source;
      })
      .Default([&](Operation *op) {
        if (std::optional<Relocation> relocation = matchRelocation(op))
          return relocate(*relocation, type, source);
        return copy(source, type, /*cast=*/op);
      });
}

FailureOr<ConstantTensor> ConstantFolder::fold(Operation *op) {
  if (ElementsAttr data = getLeafData(op))
    return foldLeaf(op, data);
  if (TypedAttr value = getFillValue(op))
    return foldFill(op, value);
  FailureOr<ConstantTensor> source = fold(getSource(op).getDefiningOp());
  if (failed(source))
    return failure();
  return apply(op, *source);
}

FailureOr<ConstantTensor> ConstantTensor::get(Value value) {
  assert(isConstant(value) && "expected a constant");
  return ConstantFolder::fold(value.getDefiningOp());
}

sparsity::TensorView ConstantTensor::getView(ArrayRef<int64_t> along,
                                             bool isUnsigned) const {
  sparsity::TensorView view;
  view.data = data;
  view.elementType = *getSparsityElementType(type.getElementType(), isUnsigned);
  view.blocked.shape.assign(type.getShape().begin(), type.getShape().end());
  view.blocked.along.assign(along.begin(), along.end());
  view.strides.assign(strides.begin(), strides.end());
  return view;
}
