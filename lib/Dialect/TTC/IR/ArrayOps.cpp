//===- ArrayOps.cpp - Instructions of the array ---------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Dialect/TTC/IR/TTC.h"

using namespace mlir;
using namespace mlir::ttc;

/// The extents of a tile or the like; none of an argument, where what lies past
/// the extents is zero.
static std::optional<SmallVector<int64_t, 2>> getExtents(Type type) {
  return llvm::TypeSwitch<Type, std::optional<SmallVector<int64_t, 2>>>(type)
      .Case<TileType, TermsType, AccumulatorsType>([](auto matrix) {
        return SmallVector<int64_t, 2>{matrix.getRows(), matrix.getColumns()};
      })
      .Default(std::nullopt);
}

/// Checks a place in `value`, and that the extents from there on lie inside it.
static LogicalResult verifyRead(Operation *op, Value value, AffineMap map,
                                ValueRange counters, ArrayRef<int64_t> extents,
                                StringRef what) {
  auto bounds = getExtents(value.getType());
  if (failed(verifyPlace(op, map, counters, bounds ? 2 : 3, what)))
    return failure();
  if (!bounds)
    return success();
  return verifyInside(op, map, counters, extents, *bounds, what);
}

//===----------------------------------------------------------------------===//
// DecomposeOp
//===----------------------------------------------------------------------===//

void DecomposeOp::build(OpBuilder &builder, OperationState &state,
                        TermsType terms, mlir::tasd::SeriesAttr series, Value a,
                        const Place &place) {
  build(builder, state, terms, series, a, place.counters, place.map);
}

/// Checks that no `decompose` lies between this one and a user.
static LogicalResult verifyNextDecompose(DecomposeOp decompose,
                                         Operation *user) {
  Block *block = decompose->getBlock();
  Operation *last = block->findAncestorOpInBlock(*user);
  for (Operation *op = decompose->getNextNode(); op != last;
       op = op->getNextNode()) {
    DecomposeOp next;
    op->walk([&](DecomposeOp other) { next = other; });
    if (!next)
      continue;
    InFlightDiagnostic diag =
        user->emitOpError("expected terms of the last ttc.decompose");
    diag.attachNote(next.getLoc()) << "which is here";
    return diag;
  }
  return success();
}

LogicalResult DecomposeOp::verify() {
  TermsType terms = getType();
  if (failed(verifyRead(*this, getA(), getPlace(), getCounters(),
                        {terms.getRows(), terms.getColumns()},
                        "a"))) // decompose_c1
    return failure();
  for (Operation *user : getTerms().getUsers())
    if (failed(verifyNextDecompose(*this, user))) // decompose_c2
      return failure();
  return success();
}

//===----------------------------------------------------------------------===//
// MmaOp
//===----------------------------------------------------------------------===//

void MmaOp::build(OpBuilder &builder, OperationState &state,
                  mlir::tasd::SeriesAttr pattern, int64_t term, Value a,
                  const Place &aPlace, Value b, const Place &bPlace,
                  Value accumulators, const Place &zPlace,
                  ArrayRef<int64_t> covers, NestAttr nest, int64_t zeroPoint) {
  build(builder, state, pattern, term, a, aPlace.counters, aPlace.map, b,
        bPlace.counters, bPlace.map, accumulators, zPlace.counters, zPlace.map,
        covers, nest, zeroPoint);
}

/// Checks the pattern against what A is.
static LogicalResult verifyPattern(MmaOp mma) {
  std::optional<mlir::tasd::SeriesAttr> pattern = mma.getPattern();
  if (pattern && pattern->size() != 1) // mma_c4
    return mma.emitOpError("expected one pattern but got ")
           << pattern->getText();
  if (!pattern &&
      isa<PackedArgumentType, TermsType>(mma.getA().getType())) // mma_c4
    return mma.emitOpError("expected a pattern of ") << mma.getA().getType();
  if (!pattern && mma.getTerm() != 0) // mma_c5
    return mma.emitOpError("expected term 0 without a pattern but got ")
           << mma.getTerm();
  return success();
}

/// Checks what the nest covers.
static LogicalResult verifyCovers(MmaOp mma) {
  ArrayRef<int64_t> covers = mma.getCovers();
  if (covers.size() != 3 ||
      llvm::any_of(covers, [](int64_t extent) { return extent < 1; })) // mma_c3
    return mma.emitOpError("expected to cover 3 positive extents but got [")
           << covers << "]";
  for (Dimension dimension : {Dimension::M, Dimension::N, Dimension::K}) {
    int64_t steps = mma.getNest().getExtent(dimension);
    int64_t extent = covers[static_cast<int64_t>(dimension)];
    if (steps < extent) // mma_c3
      return mma.emitOpError("expected a nest of at least ")
             << extent << " steps along " << stringifyDimension(dimension)
             << " but got " << steps;
  }
  return success();
}

/// Checks that terms out of the TASD units are used whole.
static LogicalResult verifyTerms(MmaOp mma) {
  auto terms = dyn_cast<TermsType>(mma.getA().getType());
  if (!terms)
    return success();
  if (terms.getRows() == mma.getCovers()[0] &&
      terms.getColumns() == mma.getCovers()[2] &&
      mma.getACounters().empty()) // mma_c7
    return success();
  return mma.emitOpError("expected to cover ")
         << terms << " as a whole, from [0, 0] on";
}

LogicalResult MmaOp::verify() {
  if (failed(verifyPattern(*this)) || failed(verifyCovers(*this)) ||
      failed(verifyTerms(*this)))
    return failure();
  int64_t m = getCovers()[0], n = getCovers()[1], k = getCovers()[2];
  // mma_c1, mma_c2
  return success(succeeded(verifyRead(*this, getA(), getAPlace(),
                                      getACounters(), {m, k}, "a")) &&
                 succeeded(verifyRead(*this, getB(), getBPlace(),
                                      getBCounters(), {n, k}, "b")) &&
                 succeeded(verifyRead(*this, getAccumulators(), getZPlace(),
                                      getZCounters(), {m, n}, "accumulators")));
}
