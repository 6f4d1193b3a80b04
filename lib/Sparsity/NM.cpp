//===- NM.cpp - The N:M pattern -------------------------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The pattern on whole tensors, term by term, and its family. The work itself
// is in NMSegments.cpp.
//
//===----------------------------------------------------------------------===//

#include "tasd/Sparsity/NM.h"

#include "BitPlane.h"
#include "NMFused.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace tasd::sparsity;
using llvm::ArrayRef;
using llvm::createStringError;
using llvm::Expected;
using llvm::StringRef;
using llvm::Twine;

static NMShape getShape(const NMPattern &pattern) {
  return {pattern.getN(), pattern.getM()};
}

/// The shapes of the terms of a series of this family.
static llvm::SmallVector<NMShape, 4> getShapes(const Series &series) {
  llvm::SmallVector<NMShape, 4> shapes;
  for (const PatternRef &pattern : series.getPatterns())
    shapes.push_back(getShape(static_cast<const NMPattern &>(*pattern)));
  return shapes;
}

static llvm::Error createRangeError(const Twine &text) {
  return createStringError("expected 1 <= N <= M <= " + Twine(kMaxBlockSize) +
                           " but got " + text);
}

Expected<PatternRef> NMPattern::get(int64_t n, int64_t m) {
  if (n < 1 || n > m || m > kMaxBlockSize)
    return createRangeError(Twine(n) + ":" + Twine(m));
  return PatternRef(new NMPattern(n, m));
}

unsigned NMPattern::getIndexBits() const {
  return getShape(*this).getIndexBits();
}

int64_t NMPattern::getMetadataBytesPerRow(int64_t numColumns) const {
  return getShape(*this).getMetadataBytesPerRow(numColumns);
}

StringRef NMPattern::getFamilyKeyword() const { return "nm"; }

std::string NMPattern::getText() const {
  return (Twine(n) + ":" + Twine(m)).str();
}

std::optional<double> NMPattern::getMaxDensity() const {
  return double(n) / double(m);
}

std::vector<PackedComponent>
NMPattern::getPackedComponents(const BlockedShape &blocked) const {
  llvm::SmallVector<int64_t, 4> rows;
  for (int64_t dim : blocked.getRowDims())
    rows.push_back(blocked.shape[dim]);
  int64_t numColumns = blocked.getNumColumns();
  PackedComponent values{"values", std::nullopt, rows};
  values.shape.push_back(getShape(*this).getValuesPerRow(numColumns));
  PackedComponent metadata{"metadata", ElementType::SI8, rows};
  metadata.shape.push_back(getMetadataBytesPerRow(numColumns));
  return {std::move(values), std::move(metadata)};
}

bool NMPattern::obeys(const TensorView &tensor) const {
  // All non-zeros of a block are its M largest magnitudes.
  NMShape all{m, m};
  NMSelector selector(all, tensor.elementType, getBestSimdLevel());
  bool result = true;
  forEachSegment(tensor, 0, tensor.blocked.getNumRows(),
                 getSegmentShape(all, tensor.elementType),
                 [&](const Segment &segment) {
                   selector.select(segment);
                   const uint64_t *nonZeros = selector.getKept(0).data();
                   for (int64_t i = 0; i < segment.numColumns; i += m)
                     result &= llvm::popcount(readBits(nonZeros, i, m)) <= n;
                 });
  return result;
}

/// Sets `plane` to the columns of the segment whose owner `test` accepts.
template <typename Test>
static void readOwners(const Ownership &ownership, const Segment &segment,
                       const SegmentShape &shape, Test &&test,
                       std::vector<uint64_t> &plane) {
  plane.assign(getPlaneWords(shape, segment.numColumns), 0);
  const uint8_t *owners = ownership.owner.data() +
                          segment.row * ownership.numColumns +
                          segment.columnBegin;
  for (int64_t i = 0; i < segment.numColumns; ++i)
    plane[i / 64] |= uint64_t(test(owners[i])) << (i % 64);
}

void NMPattern::select(const TensorView &tensor, Ownership &ownership,
                       uint8_t term) const {
  NMShape nm = getShape(*this);
  SegmentShape shape = getSegmentShape(nm, tensor.elementType);
  NMSelector selector(nm, tensor.elementType, getBestSimdLevel());
  std::vector<uint64_t> owned;
  auto isOwned = [](uint8_t owner) { return owner != Ownership::unowned; };
  forEachSegment(tensor, 0, ownership.numRows, shape,
                 [&](const Segment &segment) {
                   readOwners(ownership, segment, shape, isOwned, owned);
                   selector.select(segment, owned);
                   uint8_t *owners = ownership.owner.data() +
                                     segment.row * ownership.numColumns +
                                     segment.columnBegin;
                   ArrayRef<uint64_t> kept = selector.getKept(0);
                   for (int64_t i = 0; i < segment.numColumns; ++i)
                     if (kept[i / 64] >> (i % 64) & 1)
                       owners[i] = term;
                 });
}

void NMPattern::pack(const TensorView &tensor, const Ownership &ownership,
                     uint8_t term,
                     ArrayRef<llvm::MutableArrayRef<char>> components) const {
  NMShape nm = getShape(*this);
  SegmentShape shape = getSegmentShape(nm, tensor.elementType);
  NMTermPacker packer(nm, tensor.elementType, getBestSimdLevel());
  std::vector<uint64_t> kept;
  auto isKept = [term](uint8_t owner) { return owner == term; };
  forEachSegment(tensor, 0, ownership.numRows, shape,
                 [&](const Segment &segment) {
                   readOwners(ownership, segment, shape, isKept, kept);
                   packer.pack(segment, ownership.numColumns, kept, components);
                 });
}

void NMPattern::unpack(ArrayRef<ArrayRef<char>> components,
                       const MutableTensorView &tensor) const {
  unpackNMRows(getShape(*this), components, 0, tensor.blocked.getNumRows(),
               tensor);
}

std::unique_ptr<FusedPacker>
NMPattern::createFusedPacker(const Series &series, ElementType type) const {
  return createNMPacker(getShapes(series), type, getBestSimdLevel());
}

std::unique_ptr<FusedMeter>
NMPattern::createFusedMeter(ArrayRef<Series> series, ElementType type) const {
  std::vector<llvm::SmallVector<NMShape, 4>> shapes;
  for (const Series &one : series)
    shapes.push_back(getShapes(one));
  return createNMMeter(shapes, type, getBestSimdLevel());
}

namespace {

class NMFamily final : public PatternFamily {
public:
  StringRef getKeyword() const override { return "nm"; }
  StringRef getSyntax() const override { return "N:M"; }

  bool claims(StringRef text) const override {
    return text.contains(':') &&
           text.find_first_not_of("0123456789: -") == StringRef::npos;
  }

  Expected<PatternRef> parse(StringRef text) const override {
    auto isNumber = [](StringRef digits) {
      return !digits.empty() && llvm::all_of(digits, llvm::isDigit);
    };
    auto [first, second] = text.split(':');
    if (!isNumber(first) || !isNumber(second))
      return createStringError("expected N:M but got '" + text + "'");
    int64_t n, m;
    // A number that does not fit is out of range, too.
    if (first.getAsInteger(10, n) || second.getAsInteger(10, m))
      return createRangeError(text);
    return NMPattern::get(n, m);
  }
};

} // namespace

std::shared_ptr<const PatternFamily> tasd::sparsity::createNMFamily() {
  return std::make_shared<NMFamily>();
}
