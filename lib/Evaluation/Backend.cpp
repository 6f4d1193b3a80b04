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

namespace {
struct ReferenceBackend : Backend {
  void buildHostPipeline(mlir::OpPassManager &pm) const override {
    mlir::tasd::buildLowerToReferencePipeline(pm);
  }
};

struct CPUBackend : Backend {
  void buildHostPipeline(mlir::OpPassManager &pm) const override {
    mlir::tasd::LinalgToLLVMOptions options;
    options.vectorBits = mlir::tasd::getHostVectorBits();
    mlir::tasd::buildLowerToCPUPipeline(pm, options);
  }
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
    pipelineOptions.vectorBits = mlir::tasd::getHostVectorBits();
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
  static const CPUBackend backend;
  return backend;
}

//===----------------------------------------------------------------------===//
// By name
//===----------------------------------------------------------------------===//

using Created = llvm::Expected<std::unique_ptr<Backend>>;

template <typename T> static Created createHost(const BackendOptions &options) {
  if (!options.machine.empty())
    return llvm::createStringError("expected no machine for back end '" +
                                   options.name + "' but got '" +
                                   options.machine + "'");
  return std::make_unique<T>();
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
      kBackends[] = {{"reference", createHost<ReferenceBackend>},
                     {"cpu", createHost<CPUBackend>},
                     {"ttc", createAccelerator}};
  for (auto [name, create] : kBackends)
    if (name == options.name)
      return create(options);
  return llvm::createStringError("expected the back end reference, cpu or ttc "
                                 "but got '" +
                                 options.name + "'");
}
