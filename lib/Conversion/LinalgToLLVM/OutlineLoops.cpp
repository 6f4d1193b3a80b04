//===- OutlineLoops.cpp - A function for each loop nest -------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Precondition: structured control flow on buffers. Postcondition: a function
// has at most one loop that stands in no other, or is the body of a parallel
// one; the body of each parallel loop is a call.
//
// LLVM asks of every loop which conditions hold where it starts, and walks back
// through all loops before it: in one function, compile time grows with the
// square of the number of layers. Bodies of parallel loops are functions since
// upstream puts them into the scope of their stack, an op of a single block.
//
//===----------------------------------------------------------------------===//

#include "tasd/Conversion/LinalgToLLVM/Passes.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/SCF/Utils/Utils.h"
#include "mlir/IR/Matchers.h"
#include "mlir/Transforms/RegionUtils.h"
#include "llvm/ADT/MapVector.h"

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

/// Puts the body of `loop` into a region that yields what the loop reduces.
static scf::ExecuteRegionOp wrapBody(RewriterBase &rewriter,
                                     scf::ParallelOp loop) {
  Location loc = loop.getLoc();
  Operation *reduce = loop.getBody()->getTerminator();
  rewriter.setInsertionPointToStart(loop.getBody());
  auto region =
      scf::ExecuteRegionOp::create(rewriter, loc, reduce->getOperandTypes());
  Block *block = rewriter.createBlock(&region.getRegion());
  for (Operation &op : llvm::make_early_inc_range(llvm::make_range(
           std::next(region->getIterator()), reduce->getIterator())))
    rewriter.moveOpBefore(&op, block, block->end());
  rewriter.setInsertionPointToEnd(block);
  scf::YieldOp::create(rewriter, loc, reduce->getOperands());
  rewriter.modifyOpInPlace(reduce,
                           [&] { reduce->setOperands(region.getResults()); });
  return region;
}

/// Copies the constants that `region` uses into it: as arguments of a function
/// LLVM would not know them.
static void copyConstants(RewriterBase &rewriter, Region &region) {
  llvm::MapVector<Operation *, SmallVector<OpOperand *>> constants;
  visitUsedValuesDefinedAbove(region, [&](OpOperand *operand) {
    if (matchPattern(operand->get(), m_Constant()))
      constants[operand->get().getDefiningOp()].push_back(operand);
  });
  rewriter.setInsertionPointToStart(&region.front());
  for (auto &[constant, uses] : constants) {
    Value copy = rewriter.clone(*constant)->getResult(0);
    for (OpOperand *use : uses)
      rewriter.modifyOpInPlace(use->getOwner(), [&] { use->set(copy); });
  }
}

/// Replaces `region`, of one block, by what is in it.
static void unwrap(RewriterBase &rewriter, scf::ExecuteRegionOp region) {
  Block *block = &region.getRegion().front();
  Operation *yield = block->getTerminator();
  SmallVector<Value> results(yield->getOperands());
  rewriter.eraseOp(yield);
  rewriter.inlineBlockBefore(block, region);
  rewriter.replaceOp(region, results);
}

namespace {

struct OutlineLoops : tasd::impl::OutlineLoopsBase<OutlineLoops> {
  void runOnOperation() override {
    SymbolTable symbols(getOperation());
    IRRewriter rewriter(&getContext());
    auto functions = llvm::to_vector(getOperation().getOps<func::FuncOp>());
    for (func::FuncOp function : functions) {
      SmallVector<scf::ForOp> loops = getOuterLoops(function);
      if (loops.size() < 2)
        continue;
      for (scf::ForOp loop : loops) {
        if (failed(outline(rewriter, symbols, function.getName() + "_loop",
                           wrap(rewriter, loop))))
          return signalPassFailure();
        ++numLoops;
      }
    }
    if (failed(outlineBodies(rewriter, symbols)))
      signalPassFailure();
  }

private:
  LogicalResult outlineBodies(RewriterBase &rewriter, SymbolTable &symbols) {
    SmallVector<scf::ParallelOp> loops;
    getOperation().walk([&](scf::ParallelOp loop) { loops.push_back(loop); });
    for (scf::ParallelOp loop : loops) {
      StringRef name = loop->getParentOfType<func::FuncOp>().getName();
      if (failed(outline(rewriter, symbols, name + "_tile",
                         wrapBody(rewriter, loop))))
        return failure();
      ++numBodies;
    }
    return success();
  }

  LogicalResult outline(RewriterBase &rewriter, SymbolTable &symbols,
                        const Twine &name, scf::ExecuteRegionOp region) {
    copyConstants(rewriter, region.getRegion());
    func::CallOp call;
    FailureOr<func::FuncOp> function = outlineSingleBlockRegion(
        rewriter, region.getLoc(), region.getRegion(), name.str(), &call);
    if (failed(function))
      return region.emitError("cannot be moved into a function of its own");
    (*function).setPrivate();
    // Else LLVM would move it back.
    (*function)->setAttr("passthrough", rewriter.getStrArrayAttr({"noinline"}));
    // The symbol table finds a name that is free.
    (*function)->remove();
    call.setCallee(symbols.insert(*function));
    unwrap(rewriter, region);
    return success();
  }
};

} // namespace
