//===- OutlineLoops.cpp - A function for each loop nest -------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Precondition: structured control flow on buffers. Postcondition: a function
// has at most one loop that stands in no other.
//
// LLVM asks of every loop which conditions hold where it starts, and walks back
// through all loops before it: in one function, compile time grows with the
// square of the number of layers.
//
//===----------------------------------------------------------------------===//

#include "tasd/Conversion/LinalgToLLVM/Passes.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/SCF/Utils/Utils.h"

namespace mlir::tasd {
#define GEN_PASS_DEF_OUTLINELOOPS
#include "tasd/Conversion/LinalgToLLVM/Passes.h.inc"
} // namespace mlir::tasd

using namespace mlir;

/// The loops of a function that stand in no other.
static SmallVector<scf::ForOp> getOuterLoops(func::FuncOp function) {
  SmallVector<scf::ForOp> loops;
  for (Block &block : function.getBody())
    llvm::append_range(loops, block.getOps<scf::ForOp>());
  return loops;
}

/// Puts `loop` alone into a region that yields its results.
static scf::ExecuteRegionOp wrap(RewriterBase &rewriter, scf::ForOp loop) {
  Location loc = loop.getLoc();
  rewriter.setInsertionPoint(loop);
  auto region =
      scf::ExecuteRegionOp::create(rewriter, loc, loop.getResultTypes());
  rewriter.replaceAllUsesWith(loop.getResults(), region.getResults());
  Block *block = rewriter.createBlock(&region.getRegion());
  rewriter.moveOpBefore(loop, block, block->end());
  rewriter.setInsertionPointToEnd(block);
  scf::YieldOp::create(rewriter, loc, loop.getResults());
  return region;
}

namespace {

struct OutlineLoops : tasd::impl::OutlineLoopsBase<OutlineLoops> {
  void runOnOperation() override {
    SymbolTable symbols(getOperation());
    IRRewriter rewriter(&getContext());
    for (auto function :
         llvm::to_vector(getOperation().getOps<func::FuncOp>())) {
      SmallVector<scf::ForOp> loops = getOuterLoops(function);
      if (loops.size() < 2)
        continue;
      for (scf::ForOp loop : loops)
        if (failed(outline(rewriter, symbols, function.getName(), loop)))
          return signalPassFailure();
    }
  }

private:
  LogicalResult outline(RewriterBase &rewriter, SymbolTable &symbols,
                        StringRef name, scf::ForOp loop) {
    scf::ExecuteRegionOp region = wrap(rewriter, loop);
    func::CallOp call;
    FailureOr<func::FuncOp> function =
        outlineSingleBlockRegion(rewriter, loop.getLoc(), region.getRegion(),
                                 (name + "_loop").str(), &call);
    if (failed(function))
      return loop.emitError("cannot be moved into a function of its own");
    (*function).setPrivate();
    // Else LLVM would move it back.
    (*function)->setAttr("passthrough", rewriter.getStrArrayAttr({"noinline"}));
    // The symbol table finds a name that is free.
    (*function)->remove();
    call.setCallee(symbols.insert(*function));
    ++numLoops;
    return success();
  }
};

} // namespace
