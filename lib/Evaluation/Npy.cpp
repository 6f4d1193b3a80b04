//===- Npy.cpp - Single arrays in NumPy's format --------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "NpyHeader.h"
#include "tasd/Evaluation/NumpyIO.h"

#include "llvm/Support/Endian.h"
#include "llvm/Support/MathExtras.h"
#include "llvm/Support/SwapByteOrder.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;
using namespace tasd;
using namespace tasd::evaluation;

//===----------------------------------------------------------------------===//
// Element types
//===----------------------------------------------------------------------===//

namespace {
/// An element type as NumPy writes it, without the byte order.
struct DTypeCode {
  StringLiteral code;
  DType dtype;
};
} // namespace

static constexpr DTypeCode kDTypeCodes[] = {
    {"f8", DType::F64},  {"f4", DType::F32},      {"f2", DType::F16},
    {"V2", DType::BF16}, {"V1", DType::F8E4M3FN}, {"i8", DType::SI64},
    {"i4", DType::SI32}, {"i2", DType::SI16},     {"i1", DType::SI8},
    {"u8", DType::UI64}, {"u4", DType::UI32},     {"u2", DType::UI16},
    {"u1", DType::UI8},  {"b1", DType::Bool}};

static constexpr char kNativeOrder = sys::IsLittleEndianHost ? '<' : '>';

static std::string getDescr(DType dtype) {
  for (const DTypeCode &entry : kDTypeCodes)
    if (entry.dtype == dtype)
      return (getByteWidth(dtype) == 1 ? '|' : kNativeOrder) + entry.code.str();
  llvm_unreachable("every dtype has a code");
}

/// Reads an element type, as in "<f4", and whether its bytes are to be swapped.
static Expected<DType> parseDescr(StringRef descr, bool &swapped) {
  StringRef code = descr.ltrim("<>|=");
  char order = code.size() + 1 == descr.size() ? descr.front() : '=';
  swapped = (order == '<' || order == '>') && order != kNativeOrder;
  if (code.starts_with("O"))
    return createStringError("expected numbers but got pickled objects");
  for (const DTypeCode &entry : kDTypeCodes)
    if (entry.code == code && descr.size() <= 3)
      return entry.dtype;
  return createStringError("expected an element type of real numbers or bool "
                           "but got '" +
                           descr.take_front(32) + "'");
}

//===----------------------------------------------------------------------===//
// Reading
//===----------------------------------------------------------------------===//

/// Checks that the elements the header speaks of are what follows it.
static Error verifySize(const NpyHeader &header, DType dtype, size_t fileSize) {
  std::optional<int64_t> numElements = getNumElements(header.shape);
  int64_t numBytes = 0;
  if (!numElements || MulOverflow(*numElements, getByteWidth(dtype), numBytes))
    return createStringError("expected a size of 63 bits but got shape " +
                             getShapeText(header.shape));
  uint64_t found = fileSize - header.dataOffset;
  if (static_cast<uint64_t>(numBytes) != found)
    return createStringError("expected " + Twine(numBytes) +
                             " bytes of data for shape " +
                             getShapeText(header.shape) + " of " +
                             getName(dtype) + " but got " + Twine(found));
  return Error::success();
}

static void swapBytes(NDArray &array) {
  int64_t width = getByteWidth(array.dtype);
  for (auto it = array.bytes.begin(); it != array.bytes.end(); it += width)
    std::reverse(it, it + width);
}

/// The strides of an array in Fortran order, in elements.
static SmallVector<int64_t, 4> getColumnMajorStrides(ArrayRef<int64_t> shape) {
  SmallVector<int64_t, 4> reversed(llvm::reverse(shape));
  SmallVector<int64_t, 4> strides = getRowMajorStrides(reversed);
  std::reverse(strides.begin(), strides.end());
  return strides;
}

Expected<NDArray> evaluation::parseNpy(StringRef bytes) {
  Expected<NpyHeader> header = NpyHeader::parse(bytes);
  if (!header)
    return header.takeError();
  bool swapped = false;
  Expected<DType> dtype = parseDescr(header->descr, swapped);
  if (!dtype)
    return dtype.takeError();
  if (Error error = verifySize(*header, *dtype, bytes.size()))
    return std::move(error);

  NDArray array = NDArray::allocate(*dtype, header->shape);
  copyFromStrided(bytes.data() + header->dataOffset,
                  header->fortranOrder ? getColumnMajorStrides(array.shape)
                                       : getRowMajorStrides(array.shape),
                  array);
  if (swapped)
    swapBytes(array);
  if (*dtype == DType::Bool)
    for (char &byte : array.bytes)
      byte = byte != 0;
  return array;
}

//===----------------------------------------------------------------------===//
// Writing
//===----------------------------------------------------------------------===//

void evaluation::writeNpy(raw_ostream &os, const NDArray &array) {
  NpyHeader header;
  header.descr = getDescr(array.dtype);
  header.shape = array.shape;
  os << header.getText();
  os.write(array.bytes.data(), array.bytes.size());
}
