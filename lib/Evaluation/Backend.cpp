//===- Backend.cpp - Where a program runs ---------------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Evaluation/Backend.h"

#include "tasd/Machine/MachineFile.h"
#include "tasd/Machine/ProgramSupport.h"
#include "tasd/Pipelines/Lowering.h"

using namespace tasd;
using namespace tasd::evaluation;

Backend::~Backend() = default;

static void setHostOptions(mlir::tasd::LinalgToLLVMOptions &pipelineOptions,
                           const HostOptions &options) {
  mlir::tasd::setHostMachine(pipelineOptions);
  pipelineOptions.dense = options.dense;
  pipelineOptions.threads = options.numThreads;
}

namespace {
struct ReferenceBackend : Backend {
  void buildHostPipeline(mlir::OpPassManager &pm) const override {
    mlir::tasd::buildLowerToReferencePipeline(pm);
  }
};

class CPUBackend : public Backend {
public:
  explicit CPUBackend(const HostOptions &options) : options(options) {}

  void buildHostPipeline(mlir::OpPassManager &pm) const override {
    mlir::tasd::LinalgToLLVMOptions pipelineOptions;
    setHostOptions(pipelineOptions, options);
    mlir::tasd::buildLowerToCPUPipeline(pm, pipelineOptions);
  }

private:
  HostOptions options;
};

class AcceleratorBackend : public Backend {
public:
  AcceleratorBackend(const BackendOptions &options, machine::Machine machine)
      : options(options), machine(std::move(machine)) {}

  void buildLayerPipeline(mlir::OpPassManager &pm) const override {
    mlir::tasd::LowerToTTCOptions pipelineOptions;
    pipelineOptions.machine = options.machine;
    pipelineOptions.objective = cost::getName(options.objective).str();
    mlir::tasd::buildLayersToTTCPipeline(pm, pipelineOptions);
  }
  void buildHostPipeline(mlir::OpPassManager &pm) const override {
    mlir::tasd::LinalgToLLVMOptions pipelineOptions;
    setHostOptions(pipelineOptions, options.host);
    mlir::tasd::buildHostPipeline(pm, pipelineOptions);
  }
  const machine::Machine *getMachine() const override { return &machine; }

private:
  BackendOptions options;
  machine::Machine machine;
};
} // namespace

const Backend &evaluation::getReferenceBackend() {
  static const ReferenceBackend backend;
  return backend;
}

const Backend &evaluation::getCPUBackend() {
  static const CPUBackend backend(HostOptions{});
  return backend;
}

//===----------------------------------------------------------------------===//
// By name
//===----------------------------------------------------------------------===//

using Created = llvm::Expected<std::unique_ptr<Backend>>;

static llvm::Error verifyNoMachine(const BackendOptions &options) {
  if (options.machine.empty())
    return llvm::Error::success();
  return llvm::createStringError("expected no machine for back end '" +
                                 options.name + "' but got '" +
                                 options.machine + "'");
}

static Created createReference(const BackendOptions &options) {
  if (llvm::Error error = verifyNoMachine(options))
    return std::move(error);
  if (options.host.dense != mlir::tasd::DenseKernels::Vector)
    return llvm::createStringError(
        "expected no BLAS for back end 'reference', which is plain loops");
  if (options.host.numThreads != 1)
    return llvm::createStringError(
        "expected 1 thread for back end 'reference' but got " +
        llvm::Twine(options.host.numThreads));
  return std::make_unique<ReferenceBackend>();
}

static Created createCPU(const BackendOptions &options) {
  if (llvm::Error error = verifyNoMachine(options))
    return std::move(error);
  return std::make_unique<CPUBackend>(options.host);
}

static Created createAccelerator(const BackendOptions &options) {
  if (options.machine.empty())
    return llvm::createStringError("expected a machine for back end '" +
                                   options.name + "'");
  auto machine = machine::loadMachine(options.machine);
  if (!machine)
    return machine.takeError();
  if (llvm::Error error = machine::checkProgramSupport(*machine))
    return std::move(error);
  return std::make_unique<AcceleratorBackend>(options, std::move(*machine));
}

Created evaluation::createBackend(const BackendOptions &options) {
  static constexpr std::pair<llvm::StringLiteral,
                             Created (*)(const BackendOptions &)>
      kBackends[] = {{"reference", createReference},
                     {"cpu", createCPU},
                     {"ttc", createAccelerator}};
  for (auto [name, create] : kBackends)
    if (name == options.name)
      return create(options);
  return llvm::createStringError("expected the back end reference, cpu or ttc "
                                 "but got '" +
                                 options.name + "'");
}
