//===- ModuleSession.cpp - A module and its context -----------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ModuleSession.h"

#include "tasd/Evaluation/Compilation.h"
#include "tasd/Evaluation/ScoreFile.h"
#include "tasd/ModuleIO/ModuleFile.h"

#include "mlir/Parser/Parser.h"

using namespace mlir;
using namespace ::tasd::evaluation;

static DialectRegistry createRegistry(llvm::MemoryBuffer &file) {
  DialectRegistry registry;
  registerDialects(registry);
  mlir::tasd::registerConstantStorage(registry, file);
  registerScoreReader(registry);
  return registry;
}

static std::shared_ptr<llvm::SourceMgr>
createSources(std::unique_ptr<llvm::MemoryBuffer> file) {
  auto sources = std::make_shared<llvm::SourceMgr>();
  sources->AddNewSourceBuffer(std::move(file), SMLoc());
  return sources;
}

static MLIRContext::Threading getThreading(llvm::ThreadPoolInterface *pool) {
  return pool ? MLIRContext::Threading::DISABLED
              : MLIRContext::Threading::ENABLED;
}

ModuleSession::ModuleSession(std::unique_ptr<llvm::MemoryBuffer> file,
                             llvm::ThreadPoolInterface *pool)
    : context(createRegistry(*file), getThreading(pool)),
      sources(createSources(std::move(file))), handler(*sources, &context) {
  if (pool)
    context.setThreadPool(*pool);
  // An op's text may hold all of a model's weights.
  context.printOpOnDiagnostic(false);
}

ModuleOp ModuleSession::parse() {
  module = parseSourceFile<ModuleOp>(sources, ParserConfig(&context));
  return *module;
}
