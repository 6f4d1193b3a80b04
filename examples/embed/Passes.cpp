//===- Passes.cpp - The compiler's own passes -----------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Passes.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Interfaces/DataLayoutInterfaces.h"

using namespace mlir;

namespace {

struct NameLayers : PassWrapper<NameLayers, OperationPass<ModuleOp>> {
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(NameLayers)
  StringRef getArgument() const override { return "embed-name-layers"; }
  StringRef getDescription() const override { return "Name layers"; }

  void runOnOperation() override {
    getOperation().walk([](Operation *op) {
      if (auto name = op->getAttrOfType<StringAttr>("layer")) {
        op->setLoc(NameLoc::get(name, op->getLoc()));
        op->removeAttr("layer");
      }
    });
  }
};

struct CountConstants : PassWrapper<CountConstants, OperationPass<ModuleOp>> {
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(CountConstants)
  StringRef getArgument() const override { return "embed-count-constants"; }
  StringRef getDescription() const override { return "Count constants"; }

  void runOnOperation() override {
    DataLayout layout(getOperation());
    uint64_t bytes = 0;
    for (auto global : getOperation().getOps<LLVM::GlobalOp>())
      bytes += layout.getTypeSize(global.getType()).getFixedValue();
    emitRemark(getOperation().getLoc()) << bytes << " bytes of constants";
  }
};

} // namespace

std::unique_ptr<Pass> embed::createNameLayers() {
  return std::make_unique<NameLayers>();
}

std::unique_ptr<Pass> embed::createCountConstants() {
  return std::make_unique<CountConstants>();
}
