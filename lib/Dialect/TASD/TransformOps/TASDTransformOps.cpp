//===- TASDTransformOps.cpp - Ops of the transform dialect ----------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

// With asserts the transform dialect checks ops that it is given by a function
// that an LLVM compiled without them does not have.
#include "llvm/Config/abi-breaking.h"
#if !defined(NDEBUG) && !LLVM_ENABLE_ABI_BREAKING_CHECKS
#define NDEBUG
#include "mlir/Dialect/Transform/IR/TransformDialect.h"
#undef NDEBUG
#include <cassert>
#endif

#include "tasd/Dialect/TASD/TransformOps/TASDTransformOps.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;
using namespace mlir::tasd;

/// Parses `[2:4, 2:4+1:8]`.
static ParseResult parseSeriesList(OpAsmParser &parser, ArrayAttr &series) {
  SmallVector<Attribute> parsed;
  auto parseOne = [&]() -> ParseResult {
    FailureOr<SeriesAttr> one = SeriesAttr::parseBare(parser);
    if (failed(one))
      return failure();
    parsed.push_back(*one);
    return success();
  };
  if (parser.parseCommaSeparatedList(AsmParser::Delimiter::Square, parseOne))
    return failure();
  series = parser.getBuilder().getArrayAttr(parsed);
  return success();
}

static void printSeriesList(OpAsmPrinter &printer, Operation *,
                            ArrayAttr series) {
  printer << "[";
  llvm::interleaveComma(series.getAsRange<SeriesAttr>(), printer,
                        [&](SeriesAttr one) { printer << one.getText(); });
  printer << "]";
}

#define GET_OP_CLASSES
#include "tasd/Dialect/TASD/TransformOps/TASDTransformOps.cpp.inc"

//===----------------------------------------------------------------------===//
// Registration
//===----------------------------------------------------------------------===//

namespace {
class TASDTransformExtension
    : public transform::TransformDialectExtension<TASDTransformExtension> {
public:
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(TASDTransformExtension)

  void init() {
    // Of the attributes of the ops.
    declareDependentDialect<TASDDialect>();
    // Of what the rewrites build.
    declareGeneratedDialect<affine::AffineDialect>();
    declareGeneratedDialect<arith::ArithDialect>();
    declareGeneratedDialect<linalg::LinalgDialect>();
    declareGeneratedDialect<scf::SCFDialect>();
    declareGeneratedDialect<tensor::TensorDialect>();
    declareGeneratedDialect<vector::VectorDialect>();
    registerTransformOps<
#define GET_OP_LIST
#include "tasd/Dialect/TASD/TransformOps/TASDTransformOps.cpp.inc"
        >();
  }
};
} // namespace

void mlir::tasd::registerTransformDialectExtension(DialectRegistry &registry) {
  registry.addExtensions<TASDTransformExtension>();
}
