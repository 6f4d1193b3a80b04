//===- tasd-time-modules.cpp - Run modules in turn, on request ------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Compiles modules for the CPU, each in a way of its own, and runs them one at
// a time, as the standard input asks: whoever compares them, or compares them
// with another program, alternates their runs, and what else the machine does
// meanwhile is the same for all.
//
// Freed memory stays with the process, as in programs that run a network often.
//
//===----------------------------------------------------------------------===//

#include "tasd/Evaluation/Compilation.h"
#include "tasd/Evaluation/Executable.h"
#include "tasd/Evaluation/NumpyIO.h"
#include "tasd/ModuleIO/ModuleFile.h"
#include "tasd/Runtime/DenseLibrary.h"
#include "tasd/Support/Memory.h"

#include "mlir/IR/MLIRContext.h"
#include "mlir/Parser/Parser.h"

#include "llvm/Support/CommandLine.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/WithColor.h"

#include <chrono>
#include <iostream>
#include <map>

using namespace mlir;
using namespace ::tasd::evaluation;

namespace cl = llvm::cl;

static cl::OptionCategory category("Options of tasd-time-modules");
static cl::list<std::string>
    variants(cl::Positional, cl::OneOrMore,
             cl::desc("<name>=<module>[,dense=vector|blas][,threads=N] ..."),
             cl::cat(category));
static cl::list<std::string>
    inputPaths("input", cl::desc("Arguments, .npy or .npz files"),
               cl::value_desc("file"), cl::cat(category));

namespace {
/// A module and how it is compiled.
struct Variant {
  std::string name, path;
  HostOptions host;
};
} // namespace

static llvm::Expected<Variant> parseVariant(StringRef text) {
  SmallVector<StringRef> parts;
  text.split(parts, ',');
  auto [name, path] = parts.front().split('=');
  Variant variant{name.str(), path.str(), {}};
  for (StringRef option : llvm::drop_begin(parts)) {
    if (option == "dense=blas")
      variant.host.dense = mlir::tasd::DenseKernels::BLAS;
    else if (option == "dense=vector")
      variant.host.dense = mlir::tasd::DenseKernels::Vector;
    else if (!option.consume_front("threads=") ||
             option.getAsInteger(10, variant.host.numThreads))
      return llvm::createStringError(
          "expected dense=vector, dense=blas or threads=N but got '" + option +
          "'");
  }
  if (name.empty() || path.empty())
    return llvm::createStringError("expected a name and a module but got '" +
                                   text + "'");
  return variant;
}

static llvm::Expected<std::vector<NDArray>> readInputs() {
  std::vector<NDArray> inputs;
  for (const std::string &path : inputPaths) {
    auto arrays = readArrays(path);
    if (!arrays)
      return arrays.takeError();
    for (NamedArray &named : *arrays)
      inputs.push_back(std::move(named.array));
  }
  return inputs;
}

/// Parses and compiles a module. What the context reports goes to stderr.
static llvm::Expected<Executable> compileVariant(const Variant &variant) {
  auto file = mlir::tasd::openModuleFile(variant.path);
  if (!file)
    return file.takeError();
  DialectRegistry registry;
  registerDialects(registry);
  mlir::tasd::registerConstantStorage(registry, **file);
  MLIRContext context(registry);
  auto sources = std::make_shared<llvm::SourceMgr>();
  sources->AddNewSourceBuffer(std::move(*file), SMLoc());
  SourceMgrDiagnosticHandler handler(*sources, &context);
  auto module = parseSourceFile<ModuleOp>(sources, ParserConfig(&context));
  if (!module)
    return llvm::createStringError("cannot parse '" + variant.path + "'");
  auto entry = findEntry(*module, /*name=*/"");
  if (!entry)
    return entry.takeError();
  auto backend = createBackend({"cpu", "", {}, variant.host});
  if (!backend)
    return backend.takeError();
  FailureOr<Executable> executable = compile(*module, *entry, **backend);
  if (failed(executable))
    return llvm::createStringError("cannot compile '" + variant.path + "'");
  return std::move(*executable);
}

using Executables = std::map<std::string, Executable>;

/// Prints how long each took to compile, and the library that it calls.
static llvm::Error compileAll(Executables &executables) {
  for (const std::string &text : variants) {
    llvm::Expected<Variant> variant = parseVariant(text);
    if (!variant)
      return variant.takeError();
    auto start = std::chrono::steady_clock::now();
    llvm::Expected<Executable> executable = compileVariant(*variant);
    if (!executable)
      return executable.takeError();
    std::chrono::duration<double, std::milli> time =
        std::chrono::steady_clock::now() - start;
    llvm::outs() << variant->name << llvm::format(" %.1f", time.count());
    if (variant->host.dense == mlir::tasd::DenseKernels::BLAS)
      llvm::outs() << " " << ::tasd::runtime::getDenseLibrary()->getName();
    llvm::outs() << "\n";
    llvm::outs().flush();
    executables.insert({variant->name, std::move(*executable)});
  }
  return llvm::Error::success();
}

/// Runs what each line names; prints its wall-clock time and the CPU time of
/// the thread that called it.
static llvm::Error serve(const Executables &executables,
                         ArrayRef<NDArray> inputs) {
  std::string name;
  while (std::getline(std::cin, name)) {
    auto executable = executables.find(name);
    if (executable == executables.end())
      return llvm::createStringError("expected the name of a module but got '" +
                                     name + "'");
    llvm::Expected<RunResult> result = executable->second.run(inputs);
    if (!result)
      return result.takeError();
    llvm::outs() << llvm::format("%.6f %.6f\n", result->milliseconds,
                                 result->threadMilliseconds);
    llvm::outs().flush();
  }
  return llvm::Error::success();
}

static llvm::Error timeModules() {
  llvm::Expected<std::vector<NDArray>> inputs = readInputs();
  if (!inputs)
    return inputs.takeError();
  Executables executables;
  if (llvm::Error error = compileAll(executables))
    return error;
  return serve(executables, *inputs);
}

int main(int argc, char **argv) {
  llvm::InitLLVM init(argc, argv);
  ::tasd::keepFreedMemory();
  cl::HideUnrelatedOptions(category);
  cl::ParseCommandLineOptions(
      argc, argv,
      "Compile modules for the CPU and print, for each, the milliseconds that "
      "took\nand the library that it calls; then run those that the standard "
      "input names, a line each, and "
      "print the\nmilliseconds of each run: by the clock, and of CPU time\n");
  if (llvm::Error error = timeModules()) {
    llvm::WithColor::error(llvm::errs(), "tasd-time-modules")
        << llvm::toString(std::move(error)) << "\n";
    return 1;
  }
  return 0;
}
