//===- EmbedPrograms.cpp - Programs in host modules -----------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Precondition: bufferized. Postcondition: no ttc op. The record's layout is
// that of tasd/Runtime/ABI.h.
//
//===----------------------------------------------------------------------===//

#include "tasd/Target/TTC/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "tasd/Conversion/RuntimeCalls/RuntimeCall.h"
#include "tasd/Runtime/ABI.h"
#include "tasd/Simulator/ProgramFile.h"
#include "tasd/Target/TTC/Translation.h"

namespace mlir::ttc {
#define GEN_PASS_DEF_EMBEDPROGRAMS
#include "tasd/Target/TTC/Passes.h.inc"
} // namespace mlir::ttc

using namespace mlir;
using namespace mlir::ttc;
using mlir::tasd::Record;

static constexpr StringLiteral kLaunchFunction = "tasd_runtime_launch";

/// Whether each tensor of a launch of the program is a component of packed
/// terms, which the run time takes as a matrix.
static SmallVector<bool> getIsPacked(ProgramOp program) {
  SmallVector<bool> isPacked;
  for (auto argument : program.getOps<ArgumentOp>())
    isPacked.append(argument.getHostTypes().size(),
                    isa<PackedArgumentType>(argument.getType()));
  return isPacked;
}

/// A buffer with all dimensions but the last collapsed into one; fails if it is
/// not contiguous.
static FailureOr<Value> collapseRows(OpBuilder &builder, LaunchOp op,
                                     Value buffer) {
  auto type = cast<MemRefType>(buffer.getType());
  int64_t rank = type.getRank();
  if (!type.areTrailingDimsContiguous(rank))
    return op.emitOpError("expected contiguous components of packed terms but "
                          "got ")
           << type;
  if (rank == 2)
    return buffer;
  if (rank == 1)
    return Value(memref::ExpandShapeOp::create(
        builder, op.getLoc(), ArrayRef<int64_t>{1, type.getShape()[0]}, buffer,
        ArrayRef<ReassociationIndices>{{0, 1}}));
  SmallVector<ReassociationIndices> groups(2);
  llvm::append_range(groups[0], llvm::seq<int64_t>(0, rank - 1));
  groups[1].push_back(rank - 1);
  return Value(
      memref::CollapseShapeOp::create(builder, op.getLoc(), buffer, groups));
}

/// Adds the address and the size of constant bytes.
static void addBytes(Record &record, OpBuilder &builder, LaunchOp op,
                     const Twine &name, StringRef bytes) {
  record.add(mlir::tasd::getConstantBytes(builder, op.getLoc(),
                                          op->getParentOfType<ModuleOp>(),
                                          name.str(), bytes));
  record.add(static_cast<int64_t>(bytes.size()));
}

/// Adds a tensor of a launch to its record.
static void addTensor(Record &record, Value buffer) {
  record.add(cast<MemRefType>(buffer.getType()).getRank());
  record.addAddress(buffer);
  record.addSizesAndStrides(buffer);
}

namespace {
struct EmbedProgramsPass
    : mlir::ttc::impl::EmbedProgramsBase<EmbedProgramsPass> {
  using EmbedProgramsBase::EmbedProgramsBase;

  void runOnOperation() override {
    WalkResult result = getOperation().walk([&](LaunchOp op) {
      return failed(call(op)) ? WalkResult::interrupt() : WalkResult::advance();
    });
    if (result.wasInterrupted())
      return signalPassFailure();
    for (auto program :
         llvm::make_early_inc_range(getOperation().getOps<ProgramOp>())) {
      program.erase();
      ++numPrograms;
    }
  }

private:
  LogicalResult call(LaunchOp op);
};
} // namespace

LogicalResult EmbedProgramsPass::call(LaunchOp op) {
  if (!op.hasPureBufferSemantics())
    return op.emitOpError("expected buffers: bufferize first");
  auto program =
      SymbolTable::lookupNearestSymbolFrom<ProgramOp>(op, op.getProgramAttr());
  OpBuilder builder(op);
  std::string bytes = simulator::writeProgram(exportProgram(program));
  Record record(builder, op.getLoc());
  record.add(TASD_RUNTIME_ABI_VERSION);
  addBytes(record, builder, op, "tasd_program_" + program.getSymName(), bytes);
  addBytes(record, builder, op, "tasd_layer_" + op.getLaunchName(),
           op.getLaunchName());
  record.add(static_cast<int64_t>(op->getNumOperands()));
  for (auto [buffer, isPacked] :
       llvm::zip_equal(op->getOperands(), getIsPacked(program))) {
    FailureOr<Value> tensor =
        isPacked ? collapseRows(builder, op, buffer) : FailureOr<Value>(buffer);
    if (failed(tensor))
      return failure();
    addTensor(record, *tensor);
  }
  mlir::tasd::callRuntime(builder, op.getLoc(), getOperation(), kLaunchFunction,
                          record.store(op));
  op.erase();
  ++numLaunches;
  return success();
}
