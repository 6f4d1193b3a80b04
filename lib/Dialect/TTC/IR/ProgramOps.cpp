//===- ProgramOps.cpp - Programs, arguments and loops ---------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Dialect/TTC/IR/TTC.h"

#include "Assembly.h"

#include "mlir/IR/PatternMatch.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace mlir::ttc;

//===----------------------------------------------------------------------===//
// ProgramOp
//===----------------------------------------------------------------------===//

ParseResult mlir::ttc::parseHash(OpAsmParser &parser, IntegerAttr &hash) {
  uint64_t value;
  if (parser.parseInteger(value))
    return failure();
  hash = parser.getBuilder().getI64IntegerAttr(static_cast<int64_t>(value));
  return success();
}

void mlir::ttc::printHash(OpAsmPrinter &printer, Operation *,
                          IntegerAttr hash) {
  printer << llvm::format_hex(hash.getValue().getZExtValue(), 18);
}

void ProgramOp::build(OpBuilder &builder, OperationState &state, StringRef name,
                      StringRef machine, uint64_t machineHash, Type sumType) {
  state.getOrAddProperties<Properties>().sym_name = builder.getStringAttr(name);
  state.getOrAddProperties<Properties>().machine =
      builder.getStringAttr(machine);
  state.getOrAddProperties<Properties>().machine_hash =
      builder.getI64IntegerAttr(static_cast<int64_t>(machineHash));
  state.getOrAddProperties<Properties>().sum_type = TypeAttr::get(sumType);
  state.addRegion()->emplaceBlock();
}

SmallVector<RankedTensorType> ProgramOp::getHostTypes() {
  SmallVector<RankedTensorType> types;
  for (auto argument : getOps<ArgumentOp>())
    llvm::append_range(types, argument.getHostTypes());
  return types;
}

static bool declares(Operation &op) {
  return isa<ArgumentOp, RingOp, TokenOp>(op);
}

/// Checks that the ops of one kind have names that differ.
template <typename Op> static LogicalResult verifyNames(ProgramOp program) {
  llvm::StringSet<> names;
  for (Op op : program.getOps<Op>())
    if (!names.insert(op.getName()).second)
      return op.emitOpError("expected another name than that of an earlier one "
                            "but got \"")
             << op.getName() << "\"";
  return success();
}

LogicalResult ProgramOp::verifyRegions() {
  WalkResult result = getBody().walk([&](Operation *op) {
    if (isa_and_present<TTCDialect>(op->getDialect()))
      return WalkResult::advance();
    op->emitOpError("expected an op of the ttc dialect in a program");
    return WalkResult::interrupt();
  });
  if (result.wasInterrupted()) // program_c2
    return failure();
  bool hasInstruction = false;
  for (Operation &op : getBody().front()) {
    if (declares(op) && hasInstruction) // program_c2
      return op.emitOpError("expected declarations before instructions");
    hasInstruction |= !declares(op);
  }
  return success(succeeded(verifyNames<ArgumentOp>(*this)) && // program_c3
                 succeeded(verifyNames<RingOp>(*this)));
}

//===----------------------------------------------------------------------===//
// ArgumentOp
//===----------------------------------------------------------------------===//

SmallVector<RankedTensorType> ArgumentOp::getHostTypes() {
  if (auto packed = dyn_cast<PackedArgumentType>(getType()))
    return packed.getHostTypes();
  return {cast<TensorArgumentType>(getType()).getHostType()};
}

/// Adds the largest steps of the digits to the indices they move; fails if one
/// does not fit 64 bits or a digit is on no dimension.
static LogicalResult addLargest(ArrayRef<DigitAttr> digits,
                                MutableArrayRef<int64_t> indices) {
  for (DigitAttr digit : digits) {
    int64_t step;
    if (digit.getDimension() >= static_cast<int64_t>(indices.size()) ||
        llvm::MulOverflow(digit.getExtent() - 1, digit.getScale(), step))
      return failure();
    int64_t &index = indices[digit.getDimension()];
    if (llvm::AddOverflow(index, step, index))
      return failure();
  }
  return success();
}

/// Checks that axes name dimensions of a tensor, and indices inside it.
static LogicalResult verifyAxes(ArgumentOp op, TensorArgumentType tensor) {
  SmallVector<int64_t> largest(tensor.getShape().size(), 0);
  AxesAttr axes = op.getAxesAttr();
  if (failed(addLargest(axes.getBatch(), largest)) ||
      failed(addLargest(axes.getRows(), largest)) ||
      failed(addLargest(axes.getColumns(), largest))) // argument_c2
    return op.emitOpError("expected digits on dimensions of ") << tensor;
  for (auto [dim, index] : llvm::enumerate(largest))
    if (index >= tensor.getShape()[dim]) // argument_c2
      return op.emitOpError("expected indices below ")
             << tensor.getShape()[dim] << " on dimension " << dim
             << " but got up to " << index;
  return success();
}

LogicalResult ArgumentOp::verify() {
  auto tensor = dyn_cast<TensorArgumentType>(getType());
  if (static_cast<bool>(tensor) !=
      static_cast<bool>(getAxesAttr())) // argument_c1
    return emitOpError(tensor ? "expected axes of a dense tensor"
                              : "expected no axes of packed terms");
  double density = getDensity().convertToDouble();
  bool isShare = density >= 0 && density <= 1;
  if (!isShare || (!tensor && density != 1)) // argument_c3
    return emitOpError("expected a density in [0, 1], and 1 of packed terms, "
                       "but got ")
           << density;
  return tensor ? verifyAxes(*this, tensor) : success();
}

//===----------------------------------------------------------------------===//
// LoopOp
//===----------------------------------------------------------------------===//

ParseResult mlir::ttc::parseCountedBody(OpAsmParser &parser, IntegerAttr &bound,
                                        Region &body) {
  OpAsmParser::Argument counter;
  int64_t steps;
  if (parser.parseArgument(counter) || parser.parseKeyword("to") ||
      parser.parseInteger(steps))
    return failure();
  counter.type = parser.getBuilder().getIndexType();
  bound = parser.getBuilder().getI64IntegerAttr(steps);
  return parser.parseRegion(body, counter);
}

void mlir::ttc::printCountedBody(OpAsmPrinter &printer, Operation *,
                                 IntegerAttr bound, Region &body) {
  printer << body.getArgument(0) << " to " << bound.getInt() << " ";
  printer.printRegion(body, /*printEntryBlockArgs=*/false);
}

void LoopOp::build(OpBuilder &builder, OperationState &state, int64_t bound) {
  state.getOrAddProperties<Properties>().bound =
      builder.getI64IntegerAttr(bound);
  state.addRegion()->emplaceBlock().addArgument(builder.getIndexType(),
                                                state.location);
}

LogicalResult LoopOp::verify() {
  if (getBody().getNumArguments() != 1 ||
      !getBody().getArgument(0).getType().isIndex()) // loop_c2
    return emitOpError("expected a body with one argument of type index");
  return success();
}
