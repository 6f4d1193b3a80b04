//===- RowElements.cpp - A row of floats as numbers -----------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RowElements.h"

#include "Rows.h"

#include "llvm/ADT/APFloat.h"
#include "llvm/ADT/APInt.h"
#include "llvm/Support/ErrorHandling.h"

#include <cstring>

using namespace tasd::sparsity;

static const llvm::fltSemantics &getSemantics(ElementType type) {
  switch (type) {
  case ElementType::F64:
    return llvm::APFloat::IEEEdouble();
  case ElementType::F32:
    return llvm::APFloat::IEEEsingle();
  case ElementType::F16:
    return llvm::APFloat::IEEEhalf();
  case ElementType::BF16:
    return llvm::APFloat::BFloat();
  default:
    llvm_unreachable("expected a float");
  }
}

RowElements::RowElements(const TensorView &tensor, int64_t row)
    : type(tensor.elementType), width(getByteWidth(type)) {
  RowLayout layout(tensor.blocked, tensor.strides);
  bytes.resize(layout.getNumColumns() * width);
  for (int64_t column = 0; column < layout.getNumColumns(); ++column)
    std::memcpy(
        &bytes[column * width],
        static_cast<const char *>(tensor.data) +
            (layout.getRowOffset(row) + layout.getColumnOffset(column)) * width,
        width);
}

TensorView RowElements::getView() const {
  int64_t numColumns = bytes.size() / width;
  return TensorView::contiguous(bytes.data(), type, {1, numColumns}, {1});
}

std::vector<double> RowElements::getValues() const {
  std::vector<double> values;
  const llvm::fltSemantics &semantics = getSemantics(type);
  for (size_t offset = 0; offset < bytes.size(); offset += width) {
    uint64_t bits = 0;
    std::memcpy(&bits, &bytes[offset], width);
    values.push_back(llvm::APFloat(semantics, llvm::APInt(8 * width, bits))
                         .convertToDouble());
  }
  return values;
}

void RowElements::set(int64_t column, double value) {
  llvm::APFloat rounded(value);
  bool losesInfo;
  rounded.convert(getSemantics(type), llvm::APFloat::rmNearestTiesToEven,
                  &losesInfo);
  uint64_t bits = rounded.bitcastToAPInt().getZExtValue();
  std::memcpy(&bytes[column * width], &bits, width);
}

void RowElements::write(const MutableTensorView &tensor, int64_t row) const {
  RowLayout layout(tensor.blocked, tensor.strides);
  for (int64_t column = 0; column < layout.getNumColumns(); ++column)
    std::memcpy(
        static_cast<char *>(tensor.data) +
            (layout.getRowOffset(row) + layout.getColumnOffset(column)) * width,
        &bytes[column * width], width);
}
