//===- BufferizableOpInterfaceImpl.cpp - Bufferization of the ops left ----===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Dialect/TASD/Transforms/BufferizableOpInterfaceImpl.h"

#include "mlir/Dialect/Bufferization/IR/BufferizableOpInterface.h"
#include "mlir/Dialect/Bufferization/IR/DstBufferizableOpInterfaceImpl.h"
#include "tasd/Dialect/TASD/IR/TASD.h"

using namespace mlir;
using namespace mlir::tasd;
using namespace mlir::bufferization;

namespace {
struct PackInterface
    : DstBufferizableOpInterfaceExternalModel<PackInterface, PackOp> {
  /// Every byte of an output is written; none is read.
  bool bufferizesToMemoryRead(Operation *op, OpOperand &operand,
                              const AnalysisState &) const {
    return cast<PackOp>(op).isDpsInput(&operand);
  }

  LogicalResult bufferize(Operation *op, RewriterBase &rewriter,
                          const BufferizationOptions &options,
                          BufferizationState &state) const {
    auto pack = cast<PackOp>(op);
    FailureOr<Value> input =
        getBuffer(rewriter, pack.getInput(), options, state);
    if (failed(input))
      return failure();
    SmallVector<Value> outputs;
    for (Value output : pack.getOutputs()) {
      FailureOr<Value> buffer = getBuffer(rewriter, output, options, state);
      if (failed(buffer))
        return failure();
      outputs.push_back(*buffer);
    }
    PackOp::create(rewriter, op->getLoc(), TypeRange(), pack.getSeries(),
                   pack.getAlong(), pack.getIsUnsigned(), *input, outputs);
    replaceOpWithBufferizedValues(rewriter, op, outputs);
    return success();
  }
};

struct RecordInterface
    : BufferizableOpInterface::ExternalModel<RecordInterface, RecordOp> {
  bool bufferizesToMemoryRead(Operation *, OpOperand &,
                              const AnalysisState &) const {
    return true;
  }
  bool bufferizesToMemoryWrite(Operation *, OpOperand &,
                               const AnalysisState &) const {
    return false;
  }
  AliasingValueList getAliasingValues(Operation *, OpOperand &,
                                      const AnalysisState &) const {
    return {};
  }

  LogicalResult bufferize(Operation *op, RewriterBase &rewriter,
                          const BufferizationOptions &options,
                          BufferizationState &state) const {
    auto record = cast<RecordOp>(op);
    FailureOr<Value> buffer =
        getBuffer(rewriter, record.getTensor(), options, state);
    if (failed(buffer))
      return failure();
    rewriter.modifyOpInPlace(
        op, [&] { record.getTensorMutable().assign(*buffer); });
    return success();
  }
};
} // namespace

void mlir::tasd::registerBufferizableOpInterfaceExternalModels(
    DialectRegistry &registry) {
  registry.addExtension(+[](MLIRContext *context, TASDDialect *) {
    PackOp::attachInterface<PackInterface>(*context);
    RecordOp::attachInterface<RecordInterface>(*context);
  });
}
