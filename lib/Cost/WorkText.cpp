//===- WorkText.cpp - The text of a work ----------------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Cost/WorkText.h"

#include "llvm/ADT/SmallVector.h"

using namespace tasd::cost;
using llvm::Error;
using llvm::StringRef;
using llvm::Twine;

static Error fail(StringRef expected, StringRef got) {
  return llvm::createStringError("expected " + expected + " but got '" + got +
                                 "'");
}

/// As many numbers as `syntax` has names, all at least 1 but the last
/// `numZeroable`.
static llvm::Expected<llvm::SmallVector<int64_t>>
parseNumbers(StringRef text, StringRef syntax, size_t numZeroable = 0) {
  llvm::SmallVector<StringRef> cells;
  text.split(cells, ',');
  size_t count = syntax.count(',') + 1;
  if (cells.size() != count)
    return fail(syntax, text);
  llvm::SmallVector<int64_t> numbers;
  for (StringRef cell : cells) {
    int64_t least = numbers.size() + numZeroable < count ? 1 : 0;
    int64_t number;
    if (cell.trim().getAsInteger(10, number) || number < least ||
        number > kMaxExtent)
      return fail(
          ("a number from " + Twine(least) + " to " + Twine(kMaxExtent)).str(),
          cell);
    numbers.push_back(number);
  }
  return numbers;
}

Error tasd::cost::parseGemm(StringRef text, Work &work) {
  auto numbers = parseNumbers(text, "M,N,K");
  if (!numbers)
    return numbers.takeError();
  work.extents.m = (*numbers)[0];
  work.extents.n = (*numbers)[1];
  work.extents.k = (*numbers)[2];
  work.window.reset();
  return Error::success();
}

/// Positions of a kernel along one dimension of a padded image; at most 0 where
/// the kernel is larger.
static int64_t countPositions(int64_t size, int64_t kernel, int64_t stride,
                              int64_t pad) {
  int64_t slack = size + 2 * pad - kernel;
  return slack < 0 ? 0 : slack / stride + 1;
}

Error tasd::cost::parseConvolution(StringRef text, Work &work) {
  auto numbers = parseNumbers(text, "N,H,W,C,F,KH,KW,STRIDE,PAD",
                              /*numZeroable=*/1);
  if (!numbers)
    return numbers.takeError();
  llvm::ArrayRef<int64_t> n = *numbers;
  Window window;
  window.channels = n[3];
  double pixels = n[0], taps = n[3];
  for (size_t dim : {0, 1}) {
    int64_t size = n[1 + dim], kernel = n[5 + dim], stride = n[7];
    int64_t positions = countPositions(size, kernel, stride, n[8]);
    if (positions < 1)
      return fail("a kernel no larger than the padded input", text);
    window.dims.push_back({size, positions, kernel, stride});
    pixels *= positions;
    taps *= kernel;
  }
  if (std::max(pixels, taps) > kMaxExtent)
    return fail(("at most " + Twine(kMaxExtent) + " pixels, and taps").str(),
                text);
  work.extents = getProduct(window, n[0], n[4]);
  work.window = window;
  return Error::success();
}

Error tasd::cost::parseTypes(StringRef text, Work &work) {
  llvm::SmallVector<StringRef> names;
  text.split(names, ',');
  if (names.size() != kOperands.size())
    return fail("the types of A,B,Z", text);
  for (StringRef name : names)
    if (!machine::getElementWords(name))
      return fail("the name of an element type", name);
  work.a.type = names[0].str();
  work.b.type = names[1].str();
  work.resultType = names[2].str();
  return Error::success();
}
