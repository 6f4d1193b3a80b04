//===- NumpyFiles.cpp - NumPy's files by name -----------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Evaluation/NumpyIO.h"
#include "tasd/Support/OutputFile.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;
using namespace tasd;
using namespace tasd::evaluation;

//===----------------------------------------------------------------------===//
// Reading
//===----------------------------------------------------------------------===//

/// Orders names with a number at their end by it: arr_2 before arr_10.
static bool isNameLess(StringRef a, StringRef b) {
  StringRef stemA = a.rtrim("0123456789"), stemB = b.rtrim("0123456789");
  if (stemA != stemB)
    return a < b;
  StringRef digitsA = a.drop_front(stemA.size()).ltrim('0');
  StringRef digitsB = b.drop_front(stemB.size()).ltrim('0');
  if (digitsA.size() != digitsB.size())
    return digitsA.size() < digitsB.size();
  return digitsA != digitsB ? digitsA < digitsB : a < b;
}

static Expected<std::vector<NamedArray>> parseArrays(StringRef bytes) {
  if (!bytes.starts_with("PK")) {
    Expected<NDArray> array = parseNpy(bytes);
    if (!array)
      return array.takeError();
    std::vector<NamedArray> arrays;
    arrays.push_back({"", std::move(*array)});
    return arrays;
  }
  Expected<std::vector<NamedArray>> arrays = parseNpz(bytes);
  if (arrays)
    llvm::sort(*arrays, [](const NamedArray &a, const NamedArray &b) {
      return isNameLess(a.name, b.name);
    });
  return arrays;
}

/// Reads a file or pipe; devices, which may have no end, are refused.
static Expected<std::unique_ptr<MemoryBuffer>> readFile(StringRef path) {
  sys::fs::file_status status;
  if (std::error_code code = sys::fs::status(path, status))
    return createStringError(code.message());
  if (status.type() != sys::fs::file_type::regular_file &&
      status.type() != sys::fs::file_type::fifo_file)
    return createStringError("expected a file");
  auto buffer = MemoryBuffer::getFile(path, /*IsText=*/false,
                                      /*RequiresNullTerminator=*/false);
  if (!buffer)
    return createStringError(buffer.getError().message());
  return std::move(*buffer);
}

Expected<std::vector<NamedArray>> evaluation::readArrays(StringRef path) {
  auto makeError = [&](Error error) {
    return createStringError("cannot read '" + path +
                             "': " + toString(std::move(error)));
  };
  Expected<std::unique_ptr<MemoryBuffer>> buffer = readFile(path);
  if (!buffer)
    return makeError(buffer.takeError());
  Expected<std::vector<NamedArray>> arrays =
      parseArrays((*buffer)->getBuffer());
  if (!arrays)
    return makeError(arrays.takeError());
  return arrays;
}

//===----------------------------------------------------------------------===//
// Writing
//===----------------------------------------------------------------------===//

Error evaluation::verifyOutputPath(StringRef path, size_t count) {
  if (path.ends_with(".npz") || (path.ends_with(".npy") && count == 1))
    return Error::success();
  return createStringError(
      "cannot write '" + path + "': expected a name that ends in .npz" +
      (count == 1 ? " or .npy" : " for " + std::to_string(count) + " arrays"));
}

Expected<std::vector<char>>
evaluation::encodeArrays(StringRef path, ArrayRef<NamedArray> arrays) {
  if (Error error = verifyOutputPath(path, arrays.size()))
    return std::move(error);
  if (path.ends_with(".npz")) {
    Expected<std::vector<char>> bytes = encodeNpz(arrays);
    if (!bytes)
      return createStringError("cannot write '" + path +
                               "': " + toString(bytes.takeError()));
    return bytes;
  }
  std::string text;
  raw_string_ostream os(text);
  writeNpy(os, arrays.front().array);
  return std::vector<char>(text.begin(), text.end());
}

Error evaluation::writeArrays(StringRef path, ArrayRef<NamedArray> arrays) {
  Expected<std::vector<char>> bytes = encodeArrays(path, arrays);
  if (!bytes)
    return bytes.takeError();
  return writeOutputFile(
      path, [&](raw_ostream &os) { os.write(bytes->data(), bytes->size()); });
}
