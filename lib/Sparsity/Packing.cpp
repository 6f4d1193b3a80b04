//===- Packing.cpp - Series of packed terms -------------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Checks what the caller gave, then runs the family's fused packer over chunks
// of rows, or the patterns one after the other where there is none.
//
//===----------------------------------------------------------------------===//

#include "tasd/Sparsity/Packing.h"

#include "Chunks.h"
#include "Fused.h"
#include "Rows.h"

#include "llvm/ADT/STLExtras.h"

#include <cstring>

using namespace tasd::sparsity;
using llvm::ArrayRef;
using llvm::createStringError;
using llvm::Error;
using llvm::Expected;
using llvm::Twine;

static RowChunks getChunks(const BlockedShape &blocked) {
  return RowChunks(blocked.getNumRows(), blocked.getNumColumns());
}

/// Checks the series, and that columns fit the components that hold them.
static Error verifySeries(const TensorView &tensor, const Series &series) {
  if (series.size() > Series::maxTerms)
    return createStringError("expected at most " + Twine(Series::maxTerms) +
                             " terms but got " + Twine(series.size()));
  constexpr int64_t most = std::numeric_limits<int32_t>::max();
  for (const PatternRef &pattern : series.getPatterns())
    if (tensor.blocked.getNumColumns() > most && !pattern->hasFixedSize())
      return createStringError("expected at most " + Twine(most) +
                               " columns for '" + pattern->getText() +
                               "' but got " +
                               Twine(tensor.blocked.getNumColumns()));
  return Error::success();
}

static std::string getPlace(size_t term, const Pattern &pattern) {
  return (" for term " + Twine(term) + " (" + pattern.getText() + ")").str();
}

/// Checks one component's size, or that it is whole elements where the size
/// depends on elements.
static Error verifyBuffer(const PackedComponent &component, ElementType type,
                          int64_t numBytes, const Twine &where) {
  if (!component.hasStaticShape()) {
    int64_t width = getByteWidth(component.elementType.value_or(type));
    if (numBytes % width != 0)
      return createStringError("expected a multiple of " + Twine(width) +
                               " bytes of " + component.name + " but got " +
                               Twine(numBytes) + where);
    return Error::success();
  }
  if (numBytes != component.getNumBytes(type))
    return createStringError("expected " + Twine(component.getNumBytes(type)) +
                             " bytes of " + component.name + " but got " +
                             Twine(numBytes) + where);
  return Error::success();
}

/// Checks number and sizes of the components of one term.
template <typename Buffers>
static Error verifyTermBuffers(ArrayRef<PackedComponent> components,
                               ElementType type, const Pattern &pattern,
                               size_t term, const Buffers &buffers) {
  std::string where = getPlace(term, pattern);
  if (buffers.size() != components.size())
    return createStringError("expected " + Twine(components.size()) +
                             " buffers but got " + Twine(buffers.size()) +
                             where);
  for (auto [component, buffer] : llvm::zip(components, buffers))
    if (Error error = verifyBuffer(component, type, buffer.size(), where))
      return error;
  return Error::success();
}

template <typename Buffers>
static Error verifyCall(const TensorView &tensor, const Series &series,
                        ArrayRef<Buffers> terms) {
  if (Error error = tensor.verify())
    return error;
  if (Error error = verifySeries(tensor, series))
    return error;
  if (terms.size() != series.size())
    return createStringError("expected buffers for " + Twine(series.size()) +
                             " terms but got " + Twine(terms.size()));
  for (auto [i, pattern] : llvm::enumerate(series.getPatterns()))
    if (Error error =
            verifyTermBuffers(pattern->getPackedComponents(tensor.blocked),
                              tensor.elementType, *pattern, i, terms[i]))
      return error;
  return Error::success();
}

static bool hasFixedSize(const Series &series) {
  return llvm::all_of(series.getPatterns(), [](const PatternRef &pattern) {
    return pattern->hasFixedSize();
  });
}

Expected<Ownership> tasd::sparsity::select(const TensorView &tensor,
                                           const Series &series,
                                           llvm::ThreadPoolInterface *pool) {
  if (Error error = tensor.verify())
    return std::move(error);
  if (Error error = verifySeries(tensor, series))
    return std::move(error);
  Ownership ownership;
  ownership.numRows = tensor.blocked.getNumRows();
  ownership.numColumns = tensor.blocked.getNumColumns();
  ownership.owner.assign(ownership.numRows * ownership.numColumns,
                         Ownership::unowned);
  if (auto packer = createFusedPacker(series, tensor.elementType)) {
    getChunks(tensor.blocked)
        .forEach(pool, [&](int64_t, int64_t begin, int64_t end) {
          packer->selectRows(tensor, begin, end, ownership);
        });
    return ownership;
  }
  for (auto [i, pattern] : llvm::enumerate(series.getPatterns()))
    pattern->select(tensor, ownership, i);
  return ownership;
}

Error tasd::sparsity::packInto(const TensorView &tensor, const Series &series,
                               ArrayRef<TermBuffers> terms,
                               llvm::ThreadPoolInterface *pool) {
  if (Error error = verifyCall(tensor, series, terms))
    return error;
  auto packer = hasFixedSize(series)
                    ? createFusedPacker(series, tensor.elementType)
                    : nullptr;
  if (packer) {
    getChunks(tensor.blocked)
        .forEach(pool, [&](int64_t, int64_t begin, int64_t end) {
          packer->packRows(tensor, begin, end, terms);
        });
    return Error::success();
  }
  Expected<Ownership> ownership = select(tensor, series, pool);
  if (!ownership)
    return ownership.takeError();
  for (auto [i, pattern] : llvm::enumerate(series.getPatterns()))
    if (Error error = verifyTermBuffers(
            pattern->getSizedComponents(tensor, *ownership, i),
            tensor.elementType, *pattern, i, terms[i]))
      return error;
  for (auto [i, pattern] : llvm::enumerate(series.getPatterns()))
    pattern->pack(tensor, *ownership, i, terms[i]);
  return Error::success();
}

/// Buffers for all components of a series of fixed size.
static std::vector<TermBuffers> allocateTerms(const TensorView &tensor,
                                              const Series &series,
                                              ComponentAllocator allocate) {
  std::vector<TermBuffers> buffers(series.size());
  for (auto [i, pattern] : llvm::enumerate(series.getPatterns()))
    for (const PackedComponent &component :
         pattern->getPackedComponents(tensor.blocked))
      buffers[i].push_back(allocate(i, component));
  return buffers;
}

Error tasd::sparsity::packInto(const TensorView &tensor, const Series &series,
                               ComponentAllocator allocate,
                               llvm::ThreadPoolInterface *pool) {
  if (Error error = tensor.verify())
    return error;
  if (hasFixedSize(series))
    return packInto(tensor, series, allocateTerms(tensor, series, allocate),
                    pool);
  Expected<Ownership> ownership = select(tensor, series, pool);
  if (!ownership)
    return ownership.takeError();
  for (auto [i, pattern] : llvm::enumerate(series.getPatterns())) {
    TermBuffers buffers;
    for (const PackedComponent &component :
         pattern->getSizedComponents(tensor, *ownership, i))
      buffers.push_back(allocate(i, component));
    pattern->pack(tensor, *ownership, i, buffers);
  }
  return Error::success();
}

Expected<PackedSeries> tasd::sparsity::pack(const TensorView &tensor,
                                            const Series &series,
                                            llvm::ThreadPoolInterface *pool) {
  PackedSeries packed;
  packed.components.resize(series.size());
  auto allocate = [&](size_t term, const PackedComponent &component) {
    return llvm::MutableArrayRef<char>(packed.components[term].emplace_back(
        component.getNumBytes(tensor.elementType)));
  };
  if (Error error = packInto(tensor, series, allocate, pool))
    return std::move(error);
  return packed;
}

/// Sets the elements of rows [rowBegin, rowEnd) to +0.
static void clearRows(const MutableTensorView &tensor, int64_t rowBegin,
                      int64_t rowEnd) {
  RowLayout layout(tensor.blocked, tensor.strides);
  int64_t width = getByteWidth(tensor.elementType);
  int64_t numColumns = layout.getNumColumns();
  for (int64_t row = rowBegin; row < rowEnd; ++row) {
    char *begin =
        static_cast<char *>(tensor.data) + layout.getRowOffset(row) * width;
    if (layout.hasContiguousColumns()) {
      std::memset(begin, 0, numColumns * width);
      continue;
    }
    for (int64_t column = 0; column < numColumns; ++column)
      std::memset(begin + layout.getColumnOffset(column) * width, 0, width);
  }
}

Error tasd::sparsity::unpackInto(const Series &series,
                                 ArrayRef<ConstTermBuffers> terms,
                                 const MutableTensorView &tensor,
                                 llvm::ThreadPoolInterface *pool) {
  if (Error error = verifyCall(TensorView(tensor), series, terms))
    return error;
  for (auto [i, pattern] : llvm::enumerate(series.getPatterns()))
    if (Error error =
            pattern->verifyPacked(tensor.blocked, tensor.elementType, terms[i]))
      return createStringError(llvm::toString(std::move(error)) +
                               getPlace(i, *pattern));
  auto packer = createFusedPacker(series, tensor.elementType);
  getChunks(tensor.blocked)
      .forEach(pool, [&](int64_t, int64_t begin, int64_t end) {
        clearRows(tensor, begin, end);
        if (packer)
          packer->unpackRows(terms, begin, end, tensor);
      });
  if (packer)
    return Error::success();
  for (auto [i, pattern] : llvm::enumerate(series.getPatterns()))
    pattern->unpack(terms[i], tensor);
  return Error::success();
}

Error tasd::sparsity::recompose(const MutableTensorView &tensor,
                                const Series &series,
                                llvm::ThreadPoolInterface *pool) {
  Expected<PackedSeries> packed = pack(tensor, series, pool);
  if (!packed)
    return packed.takeError();
  std::vector<ConstTermBuffers> terms;
  for (const auto &components : packed->components)
    terms.emplace_back(components.begin(), components.end());
  return unpackInto(series, terms, tensor, pool);
}
