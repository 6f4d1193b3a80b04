//===- VectorCopies.cpp - Copies of whole vectors -------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Where a loop is no multiple of the vector, the last vector begins earlier and
// copies some elements once more. Of a loop whose extent is not known the last
// vector is masked, and the rows of the last block are its last row again and
// again: they are written backwards, so that what counts is written last.
//
//===----------------------------------------------------------------------===//

#include "tasd/Conversion/VectorKernels/VectorCopies.h"

#include "tasd/Conversion/VectorKernels/KernelBuilder.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace mlir::tasd;

/// Shorter vectors are not worth their loop, or their shuffles.
static constexpr int64_t kMinLanes = 4;

/// Whether successive values of the loop read successive elements.
static bool isSideBySide(AffineMap map, unsigned loop) {
  if (map.getNumResults() == 0 ||
      llvm::any_of(map.getResults().drop_back(),
                   [&](AffineExpr expr) { return expr.isFunctionOfDim(loop); }))
    return false;
  AffineExpr last = map.getResults().back();
  AffineExpr dim = getAffineDimExpr(loop, map.getContext());
  AffineExpr step = last.replace(dim, dim + 1) - last;
  return simplifyAffineExpr(step, map.getNumDims(), 0) ==
         getAffineConstantExpr(1, map.getContext());
}

/// The loops along which vectors are read and written.
struct VectorLoops {
  unsigned read, write;
};

/// The same loop if that can be, else the longest that can be read along.
static std::optional<VectorLoops> findLoops(AffineMap from, AffineMap to,
                                            ArrayRef<int64_t> extents) {
  std::optional<unsigned> read, write;
  for (unsigned loop = 0; loop < extents.size(); ++loop) {
    if (isSideBySide(to, loop))
      write = loop;
    if (isSideBySide(from, loop) && (!read || extents[loop] > extents[*read]))
      read = loop;
  }
  if (!write || !read)
    return std::nullopt;
  if (isSideBySide(from, *write))
    read = write;
  return VectorLoops{*read, *write};
}

/// The extents of the loops, which alone index the target's dimensions;
/// kDynamic where not static.
static SmallVector<int64_t> getExtents(Value target, AffineMap to) {
  SmallVector<int64_t> extents(to.getNumDims(), ShapedType::kDynamic);
  ArrayRef<int64_t> shape = cast<RankedTensorType>(target.getType()).getShape();
  for (auto [size, expr] : llvm::zip_equal(shape, to.getResults()))
    if (auto dim = dyn_cast<AffineDimExpr>(expr))
      extents[dim.getPosition()] = size;
  return extents;
}

namespace {

class VectorCopy : KernelBuilder {
public:
  VectorCopy(OpBuilder &builder, Location loc, Value source, AffineMap from,
             Type targetType, AffineMap to, ArrayRef<int64_t> extents,
             VectorLoops loops, int64_t lanes, ElementCast cast)
      : KernelBuilder(builder, loc, targetType, lanes), source(source),
        from(from), to(to), extents(extents), loops(loops), lanes(lanes),
        cast(cast), sizes(extents.size()), positions(extents.size()) {}

  Value build(Value target) {
    for (auto [dim, expr] : llvm::enumerate(to.getResults()))
      if (auto loop = dyn_cast<AffineDimExpr>(expr))
        sizes[loop.getPosition()] = extent(target, dim);
    return buildLoops(0, target);
  }

private:
  bool isOpen(unsigned loop) const {
    return ShapedType::isDynamic(extents[loop]);
  }

  /// Loops from loop `depth` on; along one or two of them a vector at a time.
  Value buildLoops(unsigned depth, Value target) {
    if (depth == extents.size())
      return copyBlock(target);
    bool isVector = depth == loops.read || depth == loops.write;
    int64_t step = isVector ? lanes : 1;
    return loop(sizes[depth].value, step, target,
                [&](Value position, ValueRange state) {
                  if (!isOpen(depth) && extents[depth] % step != 0)
                    position = arith::MinUIOp::create(
                        b, position, index(extents[depth] - step));
                  positions[depth] = position;
                  return SmallVector<Value>{
                      buildLoops(depth + 1, state.front())};
                })
        .front();
  }

  Value copyBlock(Value target) {
    SmallVector<Value> rows;
    int64_t numRows = loops.read == loops.write ? 1 : lanes;
    Value readMask = getMask(loops.read), writeMask = getMask(loops.write);
    for (int64_t i = 0; i < numRows; ++i) {
      Value row = read(source, getIndices(from, loops.write, i), readMask);
      rows.push_back(cast(b, b.getLoc(), row));
    }
    if (numRows > 1)
      turn(rows);
    for (int64_t i = numRows - 1; i >= 0; --i)
      target = write(rows[i], target, getIndices(to, loops.read, i), writeMask);
    return target;
  }

  /// The lanes before the end of a loop; null where all are.
  Value getMask(unsigned loop) {
    return isOpen(loop) ? mask(positions[loop], sizes[loop], lanes) : nullptr;
  }

  /// Swaps the off-diagonal halves of the block, then those of its quarters,
  /// and so on.
  void turn(MutableArrayRef<Value> rows) {
    for (int64_t half = lanes / 2; half >= 1; half /= 2)
      for (int64_t i = 0; i < lanes; ++i) {
        if (i & half)
          continue;
        Value upper = rows[i], lower = rows[i + half];
        SmallVector<int64_t> first, second;
        for (int64_t lane = 0; lane < lanes; ++lane) {
          bool isRight = lane & half;
          first.push_back(isRight ? lanes + lane - half : lane);
          second.push_back(isRight ? lanes + lane : lane + half);
        }
        rows[i] = vector::ShuffleOp::create(b, upper, lower, first);
        rows[i + half] = vector::ShuffleOp::create(b, upper, lower, second);
      }
  }

  /// The indices of `map` at the present positions, that of one loop moved.
  SmallVector<Value> getIndices(AffineMap map, unsigned moved,
                                int64_t distance) {
    SmallVector<Value> operands(positions);
    operands[moved] = add(operands[moved], distance);
    if (isOpen(moved) && distance != 0)
      operands[moved] = arith::MinUIOp::create(
          b, operands[moved], sub(sizes[moved].value, index(1)));
    SmallVector<Value> indices;
    for (unsigned result = 0; result < map.getNumResults(); ++result)
      indices.push_back(affine::makeComposedAffineApply(
          b, b.getLoc(), map.getSubMap(result), getAsOpFoldResult(operands)));
    return indices;
  }

  Value source;
  AffineMap from, to;
  ArrayRef<int64_t> extents;
  VectorLoops loops;
  int64_t lanes;
  ElementCast cast;
  SmallVector<Extent> sizes;
  SmallVector<Value> positions;
};

} // namespace

Value mlir::tasd::buildVectorCopy(OpBuilder &builder, Location loc,
                                  Value source, AffineMap from, Value target,
                                  AffineMap to, int64_t vectorBits,
                                  ElementCast cast) {
  SmallVector<int64_t> extents = getExtents(target, to);
  std::optional<VectorLoops> loops = findLoops(from, to, extents);
  if (!loops)
    return nullptr;
  Type type = getElementTypeOrSelf(target.getType());
  // Smaller elements take a byte each in memory, and less in a vector.
  if (getElementTypeOrSelf(source.getType()).getIntOrFloatBitWidth() < 8 ||
      type.getIntOrFloatBitWidth() < 8)
    return nullptr;
  int64_t most = vectorBits / type.getIntOrFloatBitWidth();
  for (unsigned loop : {loops->read, loops->write})
    if (ShapedType::isStatic(extents[loop]))
      most = std::min(most, extents[loop]);
  if (most < kMinLanes)
    return nullptr;
  int64_t lanes = llvm::bit_floor(static_cast<uint64_t>(most));
  return VectorCopy(builder, loc, source, from, type, to, extents, *loops,
                    lanes, cast)
      .build(target);
}
