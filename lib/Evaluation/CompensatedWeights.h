//===- CompensatedWeights.h - Weights that make up for others ---*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What layers are tried with where their weights are compensated. Matrices of
// second moments and weights that were computed once stand in files, which are
// gone with this: in memory is what is being worked on.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_EVALUATION_COMPENSATEDWEIGHTS_H
#define TASD_LIB_EVALUATION_COMPENSATEDWEIGHTS_H

#include "tasd/Evaluation/TrialModule.h"
#include "tasd/Sparsity/Compensation.h"
#include "tasd/Sparsity/Profile.h"

#include "llvm/ADT/StringMap.h"

#include <mutex>

namespace tasd::evaluation {

class CompensatedWeights {
public:
  /// Of the layers of a module that outlives this, in the order of
  /// collectLayers, by what `profile` measured of their activations. Errors:
  /// files cannot be written.
  static llvm::Expected<std::unique_ptr<CompensatedWeights>>
  create(mlir::ModuleOp module, sparsity::Profile profile);
  ~CompensatedWeights();

  /// The profile, and its file.
  const sparsity::Profile &getProfile() const { return profile; }
  std::string getProfilePath() const;
  sparsity::CompensationOptions getOptions() const { return {}; }

  /// A ComposeWeights: what the series keeps, compensated where that can be
  /// done. Errors: files cannot be read or written.
  llvm::Error compose(LayerInput place, mlir::tasd::OperandPlanAttr plan,
                      const sparsity::TensorView &dense,
                      const sparsity::MutableTensorView &target);

  /// For each series the share of the layer's expected squared output that is
  /// lost after compensation, by some of the rows; none where the weights
  /// cannot be compensated. Errors: as compose; of weights without data,
  /// emitted.
  mlir::FailureOr<std::optional<std::vector<double>>>
  estimateErrors(size_t layer, unsigned input, llvm::ArrayRef<int64_t> along,
                 llvm::ArrayRef<sparsity::Series> series) const;

private:
  CompensatedWeights() = default;

  const sparsity::OperandProfile *
  findActivations(LayerInput place, llvm::ArrayRef<int64_t> along) const;
  llvm::Error compute(const sparsity::OperandProfile &activations,
                      const sparsity::Series &series,
                      const sparsity::TensorView &dense,
                      const sparsity::MutableTensorView &target) const;
  std::string getPath(LayerInput place, mlir::tasd::OperandPlanAttr plan);

  std::string directory;
  sparsity::Profile profile;
  llvm::SmallVector<mlir::tasd::NamedLayer> layers;
  llvm::ThreadPoolInterface *pool = nullptr;
  /// Numbers the files of weights.
  std::mutex mutex;
  llvm::StringMap<size_t> numbers;
};

} // namespace tasd::evaluation

#endif // TASD_LIB_EVALUATION_COMPENSATEDWEIGHTS_H
