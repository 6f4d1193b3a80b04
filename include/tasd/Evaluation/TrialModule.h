//===- TrialModule.h - Run what plans give, compiled once -------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What a planned layer computes is by definition the dense op on its operands
// composed from their series. A trial module is the dense model, whose weights
// can be replaced by composed ones and whose activations are composed when it
// runs: many plans are tried without a compilation for each.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_EVALUATION_TRIALMODULE_H
#define TASD_EVALUATION_TRIALMODULE_H

#include "tasd/Dialect/TASD/Analysis/ConstantTensor.h"
#include "tasd/Dialect/TASD/Analysis/Layer.h"
#include "tasd/Evaluation/Compilation.h"
#include "tasd/Evaluation/Slicing.h"

namespace tasd::evaluation {

/// Which inputs of a layer may get a series.
using TriedInputs = std::array<bool, 2>;

/// An input of a layer, by the layer's position among those of the module.
struct LayerInput {
  size_t layer;
  unsigned input;
};

/// Writes what weights become by a plan to `target`, which holds a copy of the
/// dense ones. May be called from several threads at once.
using ComposeWeights = std::function<llvm::Error(
    LayerInput place, mlir::tasd::OperandPlanAttr plan,
    const sparsity::TensorView &dense,
    const sparsity::MutableTensorView &target)>;

/// What their series keeps, as it is.
llvm::Error composeKept(LayerInput place, mlir::tasd::OperandPlanAttr plan,
                        const sparsity::TensorView &dense,
                        const sparsity::MutableTensorView &target);

class TrialModule {
public:
  /// Compiles a copy of `module` for a back end of the CPU, without its plans.
  /// `tried` says for each layer, in the order of collectLayers, which inputs a
  /// plan may give a series. The module outlives this, and keeps its weights as
  /// they are. Errors have been emitted: weights without data, what does not
  /// compile.
  static mlir::FailureOr<TrialModule>
  create(mlir::ModuleOp module, mlir::func::FuncOp entry,
         llvm::ArrayRef<TriedInputs> tried,
         const Backend &backend = getCPUBackend(),
         ComposeWeights composeWeights = composeKept);

  TrialModule(TrialModule &&);
  TrialModule &operator=(TrialModule &&) = delete;
  ~TrialModule();

  /// Why no series can be tried for a layer; empty if one can. Its plan has to
  /// be dense.
  llvm::StringRef getObstacle(size_t layer) const { return obstacles[layer]; }

  /// Runs the model with a plan for each layer, null where it is dense, as
  /// runSliced does. May be called from several threads at once, each of which
  /// then holds one copy of the weights that are composed. Errors: inputs that
  /// do not fit; of the function that composes weights.
  llvm::Expected<RunResult> run(llvm::ArrayRef<mlir::tasd::PlanAttr> plans,
                                llvm::ArrayRef<NDArray> inputs,
                                int64_t batch = 0) const;

private:
  /// Weights that may get a series, and their dense data.
  struct Weights {
    LayerInput place;
    bool isUnsigned;
    mlir::tasd::ConstantTensor constant;
    /// The data in row-major order, where the constant's are in another one.
    NDArray copy;

    const void *getData() const;
  };
  /// What one run holds: composed weights, kept for the next that asks for the
  /// same.
  struct Workspace;

  TrialModule(Executable executable, ComposeWeights composeWeights,
              std::vector<Weights> weights, std::vector<LayerInput> slots,
              std::vector<std::string> obstacles);
  static mlir::FailureOr<Weights> getWeights(const mlir::tasd::Layer &layer,
                                             LayerInput place);
  std::unique_ptr<Workspace> takeWorkspace() const;
  void giveBack(std::unique_ptr<Workspace> workspace) const;
  llvm::Expected<std::vector<const void *>>
  compose(Workspace &workspace,
          llvm::ArrayRef<mlir::tasd::PlanAttr> plans) const;

  Executable executable;
  ComposeWeights composeWeights;
  std::vector<Weights> weights;
  /// The activations that may get a series.
  std::vector<LayerInput> slots;
  std::vector<std::string> obstacles;
  /// Workspaces that no run holds.
  struct Idle;
  std::unique_ptr<Idle> idle;
};

} // namespace tasd::evaluation

#endif // TASD_EVALUATION_TRIALMODULE_H
