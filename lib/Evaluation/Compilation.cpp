//===- Compilation.cpp - From a module to an executable -------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Evaluation/Compilation.h"

#include "tasd/Dialect/TASD/Analysis/Layer.h"
#include "tasd/InitAll.h"

#include "mlir/Dialect/Bufferization/IR/BufferizableOpInterface.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/InitAllDialects.h"
#include "mlir/InitAllExtensions.h"
#include "mlir/Pass/PassManager.h"

#include "llvm/ADT/StringExtras.h"

using namespace mlir;
using namespace ::tasd;
using namespace ::tasd::evaluation;

void evaluation::registerDialects(DialectRegistry &registry) {
  mlir::registerAllDialects(registry);
  registerAllExtensions(registry);
  mlir::tasd::registerAllDialects(registry);
}

//===----------------------------------------------------------------------===//
// Entry
//===----------------------------------------------------------------------===//

static SmallVector<func::FuncOp> getCandidates(ModuleOp module) {
  SmallVector<func::FuncOp> candidates;
  for (auto function : module.getOps<func::FuncOp>())
    if (function.isPublic() && !function.isExternal())
      candidates.push_back(function);
  return candidates;
}

llvm::Expected<func::FuncOp> evaluation::findEntry(ModuleOp module,
                                                   StringRef name) {
  SmallVector<func::FuncOp> candidates = getCandidates(module);
  if (name.empty() && candidates.size() == 1)
    return candidates.front();
  StringRef wanted = name.empty() ? "main" : name;
  for (func::FuncOp function : candidates)
    if (function.getName() == wanted)
      return function;
  if (candidates.empty())
    return llvm::createStringError("expected a public function with a body");
  std::string names = llvm::join(
      llvm::map_range(candidates,
                      [](func::FuncOp function) {
                        return ("'" + function.getName() + "'").str();
                      }),
      ", ");
  return llvm::createStringError(
      name.empty()
          ? "expected the name of an entry, one of " + names
          : "expected an entry among " + names + " but got '" + name + "'");
}

//===----------------------------------------------------------------------===//
// Compilation
//===----------------------------------------------------------------------===//

void evaluation::fixLayerNames(ModuleOp module) {
  for (auto &[name, layer] : mlir::tasd::collectLayers(module)) {
    Operation *op = layer.getOp();
    op->setLoc(
        NameLoc::get(StringAttr::get(op->getContext(), name), op->getLoc()));
  }
}

void evaluation::stripPlans(ModuleOp module) {
  module.walk([](Operation *op) {
    SmallVector<StringAttr> names;
    for (NamedAttribute attribute : op->getDiscardableAttrs())
      if (attribute.getName().getValue().starts_with("tasd."))
        names.push_back(attribute.getName());
    for (StringAttr name : names)
      op->removeDiscardableAttr(name);
  });
}

/// Makes `entry` callable from outside, and its arguments read-only: they are
/// the caller's arrays.
static void prepareEntry(func::FuncOp entry) {
  Builder builder(entry.getContext());
  entry->setAttr(LLVM::LLVMDialect::getEmitCWrapperAttrName(),
                 builder.getUnitAttr());
  for (unsigned i = 0; i < entry.getNumArguments(); ++i)
    entry.setArgAttr(i, bufferization::BufferizationDialect::kWritableAttrName,
                     builder.getBoolAttr(false));
}

FailureOr<OwningOpRef<ModuleOp>>
evaluation::lowerLayers(ModuleOp module, const Backend &backend) {
  OwningOpRef<ModuleOp> lowered = module.clone();
  PassManager pm(module.getContext());
  backend.buildLayerPipeline(pm);
  if (failed(pm.run(*lowered)))
    return failure();
  return lowered;
}

FailureOr<Executable> evaluation::compileHost(ModuleOp lowered,
                                              func::FuncOp entry,
                                              const Backend &backend,
                                              unsigned numBuffers) {
  prepareEntry(lowered.lookupSymbol<func::FuncOp>(entry.getName()));
  PassManager pm(lowered.getContext());
  backend.buildHostPipeline(pm);
  if (failed(pm.run(lowered)))
    return failure();
  auto executables = Executable::createAll(
      lowered,
      EntryPoint{entry.getName(), entry.getFunctionType(), numBuffers});
  if (!executables)
    return entry.emitError(llvm::toString(executables.takeError()));
  return std::move(executables->front());
}

FailureOr<Executable> evaluation::compile(ModuleOp module, func::FuncOp entry,
                                          const Backend &backend,
                                          unsigned numBuffers) {
  FailureOr<OwningOpRef<ModuleOp>> lowered = lowerLayers(module, backend);
  if (failed(lowered))
    return failure();
  return compileHost(**lowered, entry, backend, numBuffers);
}
