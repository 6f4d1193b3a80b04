//===- TestModules.h - Compiled modules for tests ---------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_UNITTESTS_EVALUATION_TESTMODULES_H
#define TASD_UNITTESTS_EVALUATION_TESTMODULES_H

#include "TestArrays.h"
#include "tasd/Evaluation/Compilation.h"
#include "tasd/Evaluation/Slicing.h"

#include "mlir/IR/MLIRContext.h"
#include "mlir/Parser/Parser.h"

#include "llvm/Support/FormatVariadic.h"
#include "gtest/gtest.h"

namespace tasd::evaluation {

using Elements = std::vector<double>;

/// Compiles modules and runs them.
class ModuleTest : public testing::Test {
protected:
  ModuleTest() {
    mlir::DialectRegistry registry;
    registerDialects(registry);
    context.appendDialectRegistry(registry);
  }

  /// Compiles function "main" of a module.
  Executable compileText(llvm::StringRef text,
                         const Backend &backend = getCPUBackend()) {
    module = mlir::parseSourceString<mlir::ModuleOp>(
        text, mlir::ParserConfig(&context));
    if (!module)
      llvm::report_fatal_error("the test's module does not parse");
    llvm::Expected<mlir::func::FuncOp> entry = findEntry(*module, "main");
    if (!entry)
      llvm::report_fatal_error(entry.takeError());
    mlir::FailureOr<Executable> executable = compile(*module, *entry, backend);
    if (mlir::failed(executable))
      llvm::report_fatal_error("the test's module does not compile");
    return std::move(*executable);
  }

  llvm::SmallVector<NDArray> run(const Executable &executable,
                                 llvm::ArrayRef<NDArray> inputs,
                                 int64_t batch = 0) {
    llvm::Expected<RunResult> result = runSliced(executable, inputs, batch);
    if (!result)
      llvm::report_fatal_error(result.takeError());
    return std::move(result->results);
  }

  std::string getMessage(const Executable &executable,
                         llvm::ArrayRef<NDArray> inputs, int64_t batch = 0) {
    llvm::Expected<RunResult> result = runSliced(executable, inputs, batch);
    return result ? std::string() : llvm::toString(result.takeError());
  }

  mlir::MLIRContext context;
  mlir::OwningOpRef<mlir::ModuleOp> module;
};

inline constexpr char kMatmul[] = R"(
  func.func @main(%a: tensor<2x3xf32>, %b: tensor<3x2xf32>) -> tensor<2x2xf32> {
    %zero = arith.constant 0.0 : f32
    %empty = tensor.empty() : tensor<2x2xf32>
    %init = linalg.fill ins(%zero : f32) outs(%empty : tensor<2x2xf32>) -> tensor<2x2xf32>
    %c = linalg.matmul ins(%a, %b : tensor<2x3xf32>, tensor<3x2xf32>)
                       outs(%init : tensor<2x2xf32>) -> tensor<2x2xf32>
    return %c : tensor<2x2xf32>
  })";

/// y = x + x for a tensor type and an addition.
inline std::string getDoubling(llvm::StringRef type, llvm::StringRef addition) {
  return llvm::formatv(R"(
    func.func @main(%x: tensor<{0}>) -> tensor<{0}> {{
      %y = linalg.map {{ {1} } ins(%x, %x : tensor<{0}>, tensor<{0}>) outs(%x : tensor<{0}>)
      return %y : tensor<{0}>
    })",
                       type, addition)
      .str();
}

} // namespace tasd::evaluation

#endif // TASD_UNITTESTS_EVALUATION_TESTMODULES_H
