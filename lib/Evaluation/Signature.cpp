//===- Signature.cpp - What a function takes and gives --------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Evaluation/Signature.h"

#include "mlir/IR/BuiltinTypes.h"

#include "llvm/ADT/StringExtras.h"

using namespace mlir;
using namespace ::tasd;
using namespace ::tasd::evaluation;

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

/// The dtypes of arguments of an element type, that of results first; none for
/// types that arrays cannot hold.
static SmallVector<DType, 2> getAcceptedDTypes(Type type) {
  if (type.isF64())
    return {DType::F64};
  if (type.isF32())
    return {DType::F32};
  if (type.isF16())
    return {DType::F16};
  if (type.isBF16())
    return {DType::BF16, DType::UI16};
  if (isa<Float8E4M3FNType>(type))
    return {DType::F8E4M3FN, DType::UI8};
  if (type.isIndex())
    return {DType::SI64, DType::UI64};
  auto integer = dyn_cast<IntegerType>(type);
  if (!integer)
    return {};

  SmallVector<DType, 2> dtypes;
  switch (integer.getWidth()) {
  case 1:
    return {DType::Bool};
  case 8:
    dtypes = {DType::SI8, DType::UI8};
    break;
  case 16:
    dtypes = {DType::SI16, DType::UI16};
    break;
  case 32:
    dtypes = {DType::SI32, DType::UI32};
    break;
  case 64:
    dtypes = {DType::SI64, DType::UI64};
    break;
  default:
    return {};
  }
  if (integer.isSigned())
    dtypes.pop_back();
  if (integer.isUnsigned())
    dtypes.erase(dtypes.begin());
  return dtypes;
}

static llvm::Expected<TensorSpec> getTensorSpec(Type type) {
  TensorSpec spec;
  llvm::raw_string_ostream(spec.text) << type;
  auto tensor = dyn_cast<RankedTensorType>(type);
  if (!tensor)
    return llvm::createStringError("expected a ranked tensor but got '" +
                                   spec.text + "'");
  spec.accepted = getAcceptedDTypes(tensor.getElementType());
  if (spec.accepted.empty())
    return llvm::createStringError(
        "expected elements of type f64, f32, f16, bf16, f8E4M3FN, index or an "
        "integer of 1, 8, 16, 32 or 64 bits but got '" +
        spec.text + "'");
  spec.dtype = spec.accepted.front();
  for (int64_t extent : tensor.getShape())
    spec.shape.push_back(ShapedType::isDynamic(extent) ? -1 : extent);
  return spec;
}

static llvm::Error getTensorSpecs(TypeRange types, StringRef what,
                                  SmallVectorImpl<TensorSpec> &specs) {
  for (auto [i, type] : llvm::enumerate(types)) {
    llvm::Expected<TensorSpec> spec = getTensorSpec(type);
    if (!spec)
      return llvm::createStringError(what + " " + Twine(i) + ": " +
                                     llvm::toString(spec.takeError()));
    specs.push_back(std::move(*spec));
  }
  return llvm::Error::success();
}

llvm::Expected<Signature> Signature::get(FunctionType type) {
  Signature signature;
  if (llvm::Error error =
          getTensorSpecs(type.getInputs(), "argument", signature.inputs))
    return std::move(error);
  if (llvm::Error error =
          getTensorSpecs(type.getResults(), "result", signature.results))
    return std::move(error);
  return signature;
}

//===----------------------------------------------------------------------===//
// Checks
//===----------------------------------------------------------------------===//

static bool shapesMatch(ArrayRef<int64_t> spec, ArrayRef<int64_t> shape,
                        bool anyRows) {
  if (spec.size() != shape.size())
    return false;
  for (size_t i = 0; i < spec.size(); ++i)
    if (spec[i] >= 0 && spec[i] != shape[i] && !(anyRows && i == 0))
      return false;
  return true;
}

static llvm::Error verifyInput(const TensorSpec &spec, const NDArray &array,
                               size_t position, bool allowMoreRows) {
  if (llvm::is_contained(spec.accepted, array.dtype) &&
      shapesMatch(spec.shape, array.shape, allowMoreRows))
    return llvm::Error::success();
  std::string dtypes =
      llvm::join(llvm::map_range(spec.accepted, getName), " or ");
  return llvm::createStringError(
      "argument " + Twine(position) + ": expected " + dtypes + " of shape " +
      getShapeText(spec.shape) + " but got " + array.getText());
}

llvm::Error Signature::verifyInputs(ArrayRef<NDArray> arrays,
                                    bool allowMoreRows) const {
  if (arrays.size() != inputs.size())
    return llvm::createStringError("expected " + Twine(inputs.size()) +
                                   (inputs.size() == 1 ? " array" : " arrays") +
                                   " as input but got " + Twine(arrays.size()));
  for (size_t i = 0; i < arrays.size(); ++i)
    if (llvm::Error error = verifyInput(inputs[i], arrays[i], i, allowMoreRows))
      return error;
  return llvm::Error::success();
}
