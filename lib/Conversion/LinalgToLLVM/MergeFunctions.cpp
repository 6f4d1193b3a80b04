//===- MergeFunctions.cpp - One function for equal ones -------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Precondition: any. Postcondition: no two private functions that are only
// called do the same, op by op.
//
// Layers of equal shape become equal loop nests, of which LLVM need compile
// one. Upstream's duplicate-function-elimination would also take functions that
// the user sees.
//
//===----------------------------------------------------------------------===//

#include "tasd/Conversion/LinalgToLLVM/Passes.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/OperationSupport.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/StringSet.h"

namespace mlir::tasd {
#define GEN_PASS_DEF_MERGEFUNCTIONS
#include "tasd/Conversion/LinalgToLLVM/Passes.h.inc"
} // namespace mlir::tasd

using namespace mlir;

/// A function's attributes but its name.
static DictionaryAttr getAttributes(func::FuncOp function) {
  NamedAttrList attributes(function->getAttrs());
  attributes.erase(SymbolTable::getSymbolAttrName());
  return attributes.getDictionary(function.getContext());
}

static llvm::hash_code hash(func::FuncOp function) {
  llvm::hash_code code = hash_value(getAttributes(function));
  function.getBody().walk([&](Operation *op) {
    code = llvm::hash_combine(
        code, OperationEquivalence::computeHash(
                  op, OperationEquivalence::ignoreHashValue,
                  OperationEquivalence::ignoreHashValue,
                  OperationEquivalence::Flags::IgnoreLocations));
  });
  return code;
}

static bool areEqual(func::FuncOp a, func::FuncOp b) {
  return getAttributes(a) == getAttributes(b) &&
         OperationEquivalence::isRegionEquivalentTo(
             &a.getBody(), &b.getBody(),
             OperationEquivalence::Flags::IgnoreLocations);
}

/// The functions that something else than a call names.
static llvm::StringSet<> getNamed(ModuleOp module) {
  llvm::StringSet<> names;
  module.walk([&](Operation *op) {
    if (!isa<func::CallOp>(op))
      op->getAttrDictionary().walk([&](SymbolRefAttr symbol) {
        names.insert(symbol.getRootReference().getValue());
      });
  });
  return names;
}

namespace {

struct MergeFunctions : tasd::impl::MergeFunctionsBase<MergeFunctions> {
  void runOnOperation() override {
    llvm::StringSet<> named = getNamed(getOperation());
    // Callers may be equal once what they call is one.
    while (mergeOnce(named))
      ;
  }

private:
  /// Whether any function was merged.
  bool mergeOnce(const llvm::StringSet<> &named) {
    llvm::MapVector<size_t, SmallVector<func::FuncOp>> kept;
    llvm::StringMap<StringRef> replacements;
    SmallVector<func::FuncOp> merged;
    for (auto function : getOperation().getOps<func::FuncOp>()) {
      if (!function.isPrivate() || function.isDeclaration() ||
          named.contains(function.getName()))
        continue;
      SmallVector<func::FuncOp> &others = kept[hash(function)];
      auto *equal = llvm::find_if(others, [&](func::FuncOp other) {
        return areEqual(function, other);
      });
      if (equal == others.end()) {
        others.push_back(function);
        continue;
      }
      replacements[function.getName()] = equal->getName();
      merged.push_back(function);
    }
    replaceCallees(replacements);
    for (func::FuncOp function : merged)
      function.erase();
    numMerged += merged.size();
    return !merged.empty();
  }

  void replaceCallees(const llvm::StringMap<StringRef> &replacements) {
    if (!replacements.empty())
      getOperation().walk([&](func::CallOp call) {
        auto callee = replacements.find(call.getCallee());
        if (callee != replacements.end())
          call.setCallee(callee->second);
      });
  }
};

} // namespace
