//===- ParseModule.cpp - Fuzzes the assembly of the dialect ---------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Any text is a module or diagnostics. What parses and verifies prints as a
// module that parses and prints the same.
//
//===----------------------------------------------------------------------===//

#include "tasd/InitAll.h"

#include "mlir/Bytecode/BytecodeReader.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Parser/Parser.h"
#include "llvm/Support/MemoryBufferRef.h"

using namespace mlir;

/// The module that `input` is, printed; none where it is none. In a context of
/// its own: attributes are never freed, and resources that a context has seen
/// come back under another name. The context knows our dialect and the little
/// that a module around its ops needs: upstream's parsers are not tested here,
/// and that of linalg crashes on malformed text.
static std::optional<std::string> parseAndPrint(const std::string &input) {
  DialectRegistry registry;
  registry
      .insert<arith::ArithDialect, func::FuncDialect, tensor::TensorDialect>();
  tasd::registerAllDialects(registry);
  MLIRContext context(registry, MLIRContext::Threading::DISABLED);
  ScopedDiagnosticHandler silence(&context, [](Diagnostic &) {});
  auto module = parseSourceString<ModuleOp>(input, &context);
  if (!module)
    return std::nullopt;
  std::string text;
  llvm::raw_string_ostream stream(text);
  module->print(stream);
  return text;
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  // The parser needs the terminating zero of a string.
  std::string input(data, data + size);
  // MLIR's reader trusts bytecode: malformed bytecode may crash it.
  if (isBytecode(llvm::MemoryBufferRef(input, "input")))
    return -1;
  std::optional<std::string> text = parseAndPrint(input);
  if (text && parseAndPrint(*text) != text)
    abort();
  return 0;
}
