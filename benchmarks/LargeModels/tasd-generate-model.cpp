//===- tasd-generate-model.cpp - Write a model of a given size ------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Writes a stack of transformer blocks with random pruned weights, in bytecode:
// models that are too large to keep or to fetch.
//
//===----------------------------------------------------------------------===//

#include "Transformer.h"

#include "tasd/Support/OutputFile.h"

#include "mlir/AsmParser/AsmParser.h"
#include "mlir/Bytecode/BytecodeWriter.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

#include "llvm/Support/CommandLine.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/WithColor.h"

using namespace mlir;
using namespace tasd::largemodels;

namespace cl = llvm::cl;

static cl::OptionCategory category("Options of tasd-generate-model");
static cl::opt<std::string> outputPath("o", cl::desc("File to write"),
                                       cl::value_desc("file"), cl::Required,
                                       cl::cat(category));
static cl::opt<int64_t> weightsMiB("weights-mib",
                                   cl::desc("Size of all weights, in MiB"),
                                   cl::init(1024), cl::cat(category));
static cl::opt<int64_t> width("width", cl::desc("Features of a token"),
                              cl::init(1024), cl::cat(category));
static cl::opt<int64_t> tokens("tokens", cl::desc("Rows of the input"),
                               cl::init(128), cl::cat(category));
static cl::opt<std::string>
    elementType("element-type", cl::desc("Of the weights: f32, f16, bf16, i8"),
                cl::init("f32"), cl::cat(category));
static cl::opt<bool> inputsFirst(
    "inputs-first",
    cl::desc("Store weights input by output features, not the other way round"),
    cl::cat(category));
static cl::opt<double> density("density",
                               cl::desc("Share of weights that are not zero"),
                               cl::init(0.25), cl::cat(category));
static cl::opt<uint64_t> seed("seed", cl::desc("Seed of the weights"),
                              cl::init(1), cl::cat(category));

static LogicalResult fail(const llvm::Twine &message) {
  llvm::WithColor::error(llvm::errs(), "tasd-generate-model")
      << message << "\n";
  return failure();
}

static FailureOr<TransformerOptions> getOptions(MLIRContext *context) {
  Type type = parseType(elementType, context);
  if (!type || !type.isIntOrFloat() || type.getIntOrFloatBitWidth() % 8 != 0 ||
      type.getIntOrFloatBitWidth() > 32 ||
      (isa<IntegerType>(type) && !type.isInteger(8)))
    return fail("--element-type: expected f32, f16, bf16 or i8 but got '" +
                elementType + "'");
  if (width < 1 || tokens < 1 || weightsMiB < 1)
    return fail("expected --width, --tokens and --weights-mib of at least 1");
  if (!(density >= 0 && density <= 1))
    return fail("--density: expected a share of 0 to 1");
  int64_t weightBytes = weightsMiB << 20;
  int64_t rowBytes = width * type.getIntOrFloatBitWidth() / 8;
  if (weightBytes % rowBytes != 0)
    return fail("--weights-mib: expected a multiple of the " +
                llvm::Twine(rowBytes) + " bytes of a row of weights");
  return TransformerOptions{weightBytes, width,   tokens, inputsFirst,
                            type,        density, seed};
}

static LogicalResult generate() {
  DialectRegistry registry;
  registry.insert<arith::ArithDialect, func::FuncDialect, linalg::LinalgDialect,
                  tensor::TensorDialect>();
  MLIRContext context(registry);
  FailureOr<TransformerOptions> options = getOptions(&context);
  if (failed(options))
    return failure();
  OwningOpRef<ModuleOp> module = buildTransformer(&context, *options);
  if (!module)
    return failure();
  LogicalResult written = success();
  llvm::Error error = tasd::writeOutputFile(outputPath, [&](raw_ostream &os) {
    written = writeBytecodeToFile(*module, os);
  });
  if (error)
    return fail(llvm::toString(std::move(error)));
  return written;
}

int main(int argc, char **argv) {
  llvm::InitLLVM init(argc, argv);
  cl::HideUnrelatedOptions(category);
  cl::ParseCommandLineOptions(
      argc, argv,
      "Write a stack of transformer blocks with random pruned weights\n");
  return failed(generate()) ? 1 : 0;
}
