//===- Compensator.h - Rows whose kept values make up for others -*- C++ -*-==//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_SPARSITY_COMPENSATOR_H
#define TASD_LIB_SPARSITY_COMPENSATOR_H

#include "RowElements.h"

#include "tasd/Sparsity/Compensation.h"

#define EIGEN_MPL2_ONLY
#include <Eigen/Core>

namespace tasd::sparsity {

/// The second moments of the inputs, which windows share.
class Moments {
public:
  Moments(llvm::ArrayRef<double> values, int64_t size)
      : values(values.data(), size, size), size(size) {}

  int64_t getSize() const { return size; }
  double get(int64_t i, int64_t j) const { return values(i, j); }
  double getMeanOfDiagonal() const {
    return size == 0 ? 0 : values.diagonal().mean();
  }
  /// d^T H d of the differences of one window.
  double getError(llvm::ArrayRef<double> differences) const {
    Eigen::Map<const Eigen::VectorXd> d(differences.data(), size);
    return d.dot(values * d);
  }

private:
  Eigen::Map<const Eigen::MatrixXd> values;
  int64_t size;
};

/// Compensates the rows of a tensor, each on its own.
class Compensator {
public:
  Compensator(const TensorView &tensor, const Series &series,
              const Moments &moments, const CompensationOptions &options)
      : tensor(tensor), series(series), moments(moments),
        damping(options.damping * moments.getMeanOfDiagonal()) {}

  /// What becomes of one row, and its errors. Thread-safe.
  std::pair<RowElements, Compensation> run(int64_t row) const;

private:
  std::vector<double> solve(llvm::ArrayRef<double> weights,
                            const std::vector<bool> &kept) const;
  void solveWindow(llvm::MutableArrayRef<double> weights,
                   llvm::ArrayRef<int64_t> kept,
                   llvm::ArrayRef<int64_t> dropped) const;
  double getError(llvm::ArrayRef<double> weights,
                  llvm::ArrayRef<double> others) const;
  std::vector<bool> findKept(const RowElements &row) const;

  const TensorView &tensor;
  const Series &series;
  const Moments &moments;
  /// What is added to the diagonal.
  double damping;
};

} // namespace tasd::sparsity

#endif // TASD_LIB_SPARSITY_COMPENSATOR_H
