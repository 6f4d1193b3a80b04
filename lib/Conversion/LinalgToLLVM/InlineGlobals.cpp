//===- InlineGlobals.cpp - Constant globals as constants ------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Precondition: any module. Postcondition: no ml_program.global is loaded that
// is never stored to; the ones left are tensors with an initial value.
//
//===----------------------------------------------------------------------===//

#include "tasd/Conversion/LinalgToLLVM/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MLProgram/IR/MLProgram.h"

namespace mlir::tasd {
#define GEN_PASS_DEF_INLINEGLOBALS
#include "tasd/Conversion/LinalgToLLVM/Passes.h.inc"
} // namespace mlir::tasd

using namespace mlir;

namespace {

/// Loads and stores of one global.
struct GlobalUses {
  SmallVector<Operation *> loads;
  bool isStored = false;
  bool hasOtherUse = false;
};

/// The constant that `load` reads from `global`, if it is one.
TypedAttr getValueOf(ml_program::GlobalOp global, Operation *load) {
  auto value = dyn_cast_or_null<TypedAttr>(global.getValueAttr());
  Type type = load->getResult(0).getType();
  if (!value || !arith::ConstantOp::isBuildableWith(value, type))
    return nullptr;
  return value;
}

struct InlineGlobals : tasd::impl::InlineGlobalsBase<InlineGlobals> {
  using InlineGlobalsBase::InlineGlobalsBase;

  void runOnOperation() override {
    SymbolTable symbols(getOperation());
    collectUses(symbols);
    for (auto global : llvm::make_early_inc_range(
             getOperation().getOps<ml_program::GlobalOp>()))
      if (failed(inlineGlobal(global)))
        return signalPassFailure();
  }

private:
  void collectUses(SymbolTable &symbols) {
    uses.clear();
    getOperation().walk([&](Operation *op) {
      for (NamedAttribute attr : op->getAttrs())
        if (auto symbol = dyn_cast<SymbolRefAttr>(attr.getValue()))
          if (auto global = symbols.lookup<ml_program::GlobalOp>(
                  symbol.getRootReference()))
            record(op, uses[global]);
    });
  }

  static void record(Operation *op, GlobalUses &entry) {
    if (isa<ml_program::GlobalLoadOp, ml_program::GlobalLoadConstOp>(op))
      entry.loads.push_back(op);
    else if (isa<ml_program::GlobalStoreOp>(op))
      entry.isStored = true;
    else
      entry.hasOtherUse = true;
  }

  LogicalResult inlineGlobal(ml_program::GlobalOp global) {
    GlobalUses &entry = uses[global];
    if (entry.isStored || entry.hasOtherUse)
      return checkMutable(global);
    for (Operation *load : entry.loads) {
      TypedAttr value = getValueOf(global, load);
      if (!value)
        return load->emitError("expected the loaded global to have a value of "
                               "type ")
               << load->getResult(0).getType();
      OpBuilder builder(load);
      load->replaceAllUsesWith(
          arith::ConstantOp::create(builder, load->getLoc(), value));
      load->erase();
      ++numLoads;
    }
    if (global.isPrivate()) {
      global.erase();
      ++numErased;
    }
    return success();
  }

  LogicalResult checkMutable(ml_program::GlobalOp global) {
    if (isa<RankedTensorType>(global.getType()) && global.getValueAttr())
      return success();
    return global.emitError("expected a mutable global to be a ranked tensor "
                            "with an initial value");
  }

  DenseMap<Operation *, GlobalUses> uses;
};

} // namespace
