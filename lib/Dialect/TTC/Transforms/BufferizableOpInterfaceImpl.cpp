//===- BufferizableOpInterfaceImpl.cpp - Bufferization of launches --------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Dialect/TTC/Transforms/BufferizableOpInterfaceImpl.h"

#include "mlir/Dialect/Bufferization/IR/BufferizableOpInterface.h"
#include "mlir/Dialect/Bufferization/IR/DstBufferizableOpInterfaceImpl.h"
#include "tasd/Dialect/TTC/IR/TTC.h"

using namespace mlir;
using namespace mlir::ttc;
using namespace mlir::bufferization;

namespace {
/// Inputs are read, and outputs read and written, as the base has it: a program
/// may begin from what an output holds.
struct LaunchInterface
    : DstBufferizableOpInterfaceExternalModel<LaunchInterface, LaunchOp> {
  LogicalResult bufferize(Operation *op, RewriterBase &rewriter,
                          const BufferizationOptions &options,
                          BufferizationState &state) const {
    auto launch = cast<LaunchOp>(op);
    SmallVector<Value> buffers;
    for (Value operand : launch->getOperands()) {
      FailureOr<Value> buffer = getBuffer(rewriter, operand, options, state);
      if (failed(buffer))
        return failure();
      buffers.push_back(*buffer);
    }
    auto [inputs, outputs] =
        std::pair(ArrayRef(buffers).drop_back(launch.getOutputs().size()),
                  ArrayRef(buffers).take_back(launch.getOutputs().size()));
    auto made = LaunchOp::create(rewriter, op->getLoc(), TypeRange(),
                                 launch.getProgramAttr(), inputs, outputs,
                                 launch.getLayerAttr());
    made->setDiscardableAttrs(op->getDiscardableAttrDictionary());
    replaceOpWithBufferizedValues(rewriter, op, outputs);
    return success();
  }
};
} // namespace

void mlir::ttc::registerBufferizableOpInterfaceExternalModels(
    DialectRegistry &registry) {
  registry.addExtension(+[](MLIRContext *context, TTCDialect *) {
    LaunchOp::attachInterface<LaunchInterface>(*context);
  });
}
