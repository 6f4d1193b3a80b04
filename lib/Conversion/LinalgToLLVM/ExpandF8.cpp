//===- ExpandF8.cpp - Conversions of f8 in integers -----------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// LLVM has no f8. Upstream turns its memory and constants into i8, and computes
// on it by widening and narrowing (arith-emulate-unsupported-floats); what is
// missing are these two conversions.
//
// Precondition: scalars and vectors. Postcondition: no arith.extf of f8E4M3FN,
// no arith.truncf to it but from f64.
//
//===----------------------------------------------------------------------===//

#include "tasd/Conversion/LinalgToLLVM/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

namespace mlir::tasd {
#define GEN_PASS_DEF_EXPANDF8
#include "tasd/Conversion/LinalgToLLVM/Passes.h.inc"
} // namespace mlir::tasd

using namespace mlir;

static bool isF8(Type type) {
  return isa<Float8E4M3FNType>(getElementTypeOrSelf(type));
}

/// A scalar or vector like `type`, of other elements.
static Type withElements(Type type, Type elementType) {
  if (auto shaped = dyn_cast<ShapedType>(type))
    return shaped.clone(elementType);
  return elementType;
}

namespace {

/// Ops on values of the shape of one type.
class Arithmetic {
public:
  Arithmetic(PatternRewriter &rewriter, Location loc, Type shape)
      : rewriter(rewriter), loc(loc),
        i8(withElements(shape, rewriter.getI8Type())),
        i32(withElements(shape, rewriter.getI32Type())),
        f32(withElements(shape, rewriter.getF32Type())) {}

  Value constant(uint32_t bits) {
    APInt value(32, bits);
    if (auto shaped = dyn_cast<ShapedType>(i32))
      return create<arith::ConstantOp>(DenseElementsAttr::get(shaped, value));
    return create<arith::ConstantOp>(rewriter.getIntegerAttr(i32, value));
  }
  Value asFloat(Value bits) { return create<arith::BitcastOp>(f32, bits); }
  Value asBits(Value number) { return create<arith::BitcastOp>(i32, number); }

  template <typename Op, typename... Args> Value create(Args &&...args) {
    return Op::create(rewriter, loc, std::forward<Args>(args)...);
  }
  /// With a constant as the second operand.
  template <typename Op> Value apply(Value value, uint32_t bits) {
    return create<Op>(value, constant(bits));
  }
  Value isAtLeast(Value value, uint32_t bits) {
    return create<arith::CmpIOp>(arith::CmpIPredicate::uge, value,
                                 constant(bits));
  }

  PatternRewriter &rewriter;
  Location loc;
  Type i8, i32, f32;
};

/// Moves exponent and fraction to their places in an f32, and mends the
/// exponent by a power of two, which is right for subnormals too.
struct ExpandExtF : OpRewritePattern<arith::ExtFOp> {
  ExpandExtF(MLIRContext *context, tasd::PassStatistic &numExpanded)
      : OpRewritePattern(context), numExpanded(numExpanded) {}

  LogicalResult matchAndRewrite(arith::ExtFOp op,
                                PatternRewriter &rewriter) const override {
    if (!isF8(op.getIn().getType()))
      return rewriter.notifyMatchFailure(op, "expected an f8E4M3FN");
    Arithmetic ops(rewriter, op.getLoc(), op.getType());
    Value byte = ops.create<arith::BitcastOp>(ops.i8, op.getIn());
    Value bits = ops.create<arith::ExtUIOp>(ops.i32, byte);
    Value magnitude = ops.apply<arith::AndIOp>(bits, 0x7f);
    Value moved = ops.asFloat(ops.apply<arith::ShLIOp>(magnitude, 20));
    Value number = ops.create<arith::MulFOp>(
        moved, ops.asFloat(ops.constant(0x7b800000))); // 2^120
    Value result = ops.create<arith::SelectOp>(ops.isAtLeast(magnitude, 0x7f),
                                               ops.constant(0x7fc00000),
                                               ops.asBits(number));
    Value sign =
        ops.apply<arith::ShLIOp>(ops.apply<arith::AndIOp>(bits, 0x80), 24);
    result = ops.asFloat(ops.create<arith::OrIOp>(result, sign));
    unsigned width = getElementTypeOrSelf(op.getType()).getIntOrFloatBitWidth();
    if (width > 32)
      result = ops.create<arith::ExtFOp>(op.getType(), result);
    else if (width < 32)
      result = ops.create<arith::TruncFOp>(op.getType(), result);
    rewriter.replaceOp(op, result);
    ++numExpanded;
    return success();
  }

  tasd::PassStatistic &numExpanded;
};

/// Rounds to the nearest, ties to even; what is too large becomes NaN.
struct ExpandTruncF : OpRewritePattern<arith::TruncFOp> {
  ExpandTruncF(MLIRContext *context, tasd::PassStatistic &numExpanded)
      : OpRewritePattern(context), numExpanded(numExpanded) {}

  LogicalResult matchAndRewrite(arith::TruncFOp op,
                                PatternRewriter &rewriter) const override {
    Type from = getElementTypeOrSelf(op.getIn().getType());
    if (!isF8(op.getType()) || from.getIntOrFloatBitWidth() > 32)
      return rewriter.notifyMatchFailure(
          op, "expected f8E4M3FN of a float of at most 32 bits");
    Arithmetic ops(rewriter, op.getLoc(), op.getType());
    Value number = op.getIn();
    if (!from.isF32())
      number = ops.create<arith::ExtFOp>(ops.f32, number);
    Value bits = ops.asBits(number);
    Value magnitude = ops.apply<arith::AndIOp>(bits, 0x7fffffff);
    Value isNormal = ops.isAtLeast(magnitude, 0x3c800000); // 2^-6
    Value byte = ops.create<arith::SelectOp>(
        isNormal, getNormal(ops, magnitude), getSubnormal(ops, magnitude));
    Value sign =
        ops.apply<arith::AndIOp>(ops.apply<arith::ShRUIOp>(bits, 24), 0x80);
    byte = ops.create<arith::TruncIOp>(ops.i8,
                                       ops.create<arith::OrIOp>(byte, sign));
    rewriter.replaceOpWithNewOp<arith::BitcastOp>(op, op.getType(), byte);
    ++numExpanded;
    return success();
  }

  tasd::PassStatistic &numExpanded;

private:
  /// Half of a last place less one, and one more where the last place is odd.
  static Value getNormal(Arithmetic &ops, Value magnitude) {
    Value last =
        ops.apply<arith::AndIOp>(ops.apply<arith::ShRUIOp>(magnitude, 20), 1);
    Value rounded = ops.create<arith::AddIOp>(
        ops.apply<arith::AddIOp>(magnitude, 0x7ffff), last);
    // The difference of the biases is 120.
    Value moved = ops.apply<arith::ShRUIOp>(
        ops.apply<arith::SubIOp>(rounded, 120u << 23), 20);
    return ops.apply<arith::MinUIOp>(moved, 0x7f);
  }

  /// Adding 2^14, whose last place is 2^-9, rounds to that.
  static Value getSubnormal(Arithmetic &ops, Value magnitude) {
    constexpr uint32_t shift = 0x46800000; // 2^14
    Value sum = ops.create<arith::AddFOp>(ops.asFloat(magnitude),
                                          ops.asFloat(ops.constant(shift)));
    return ops.apply<arith::SubIOp>(ops.asBits(sum), shift);
  }
};

struct ExpandF8 : tasd::impl::ExpandF8Base<ExpandF8> {
  using ExpandF8Base::ExpandF8Base;

  void runOnOperation() override {
    MLIRContext *context = &getContext();
    RewritePatternSet patterns(context);
    patterns.add<ExpandExtF, ExpandTruncF>(context, numExpanded);
    if (failed(applyPatternsGreedily(getOperation(), std::move(patterns))))
      signalPassFailure();
  }
};

} // namespace
