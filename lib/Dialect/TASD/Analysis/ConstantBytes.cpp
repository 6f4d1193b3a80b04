//===- ConstantBytes.cpp - The bytes of constant components ---------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Dialect/TASD/Analysis/ConstantBytes.h"

#include "mlir/IR/Matchers.h"
#include "tasd/Dialect/TASD/Analysis/ConstantTensor.h"

using namespace mlir;
using namespace mlir::tasd;

LogicalResult ConstantBytes::read(ValueRange values) {
  for (Value value : values) {
    ElementsAttr attr;
    if (!matchPattern(value, m_Constant(&attr)) || failed(add(attr)))
      return failure();
  }
  return success();
}

LogicalResult ConstantBytes::add(ElementsAttr attr) {
  FailureOr<ElementsData> data =
      ElementsData::get(attr, [] { return InFlightDiagnostic(); });
  if (failed(data))
    return failure();
  components.push_back(
      data->isSplat ? repeat(data->bytes, attr.getNumElements()) : data->bytes);
  return success();
}

ArrayRef<char> ConstantBytes::repeat(ArrayRef<char> element, int64_t count) {
  std::vector<char> &copy = copies.emplace_back();
  for (int64_t i = 0; i < count; ++i)
    llvm::append_range(copy, element);
  return copy;
}

bool mlir::tasd::areConstants(ValueRange components) {
  return llvm::all_of(components, [](Value component) {
    return matchPattern(component, m_Constant());
  });
}
