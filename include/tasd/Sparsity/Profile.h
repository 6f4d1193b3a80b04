//===- Profile.h - Statistics of operands, measured on data -----*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What a model's operands hold while it runs: each tensor that passes is added
// up and forgotten, so that memory does not grow with the data.
//
// A profile is a function of the tensors observed: it does not depend on their
// order, on the number of threads, nor on how they were divided among profiles
// that were merged, since sums over tensors are exact. Sums within one tensor
// are those of measure. Only second-moment matrices are summed in double.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_SPARSITY_PROFILE_H
#define TASD_SPARSITY_PROFILE_H

#include "tasd/Sparsity/MagnitudeDistribution.h"
#include "tasd/Sparsity/Metrics.h"
#include "tasd/Sparsity/SecondMomentMatrix.h"
#include "tasd/Support/ExactSum.h"

#include <map>

namespace tasd::sparsity {

/// What is measured of an operand beside what always is.
struct ProfileRequest {
  /// Series whose loss is measured, and sizes of blocks whose non-zeros are
  /// counted; each once.
  std::vector<Series> series;
  std::vector<int64_t> blockSizes;
  /// Whether the products of all pairs of columns are measured.
  bool hasMatrix = false;

  /// Errors: a series or size that comes twice, a size outside [1, 65536].
  llvm::Error verify() const;
};

/// What a series drops.
struct SeriesProfile {
  Series series;
  int64_t droppedNonZeros = 0;
  ExactSum droppedMagnitude, droppedSquaredNorm;
};

/// The statistics of one operand. Rows and columns are those of TensorView.
struct OperandProfile {
  int64_t numColumns = 0;
  /// Over all tensors.
  int64_t numRows = 0;
  int64_t numNonZeros = 0;
  ExactSum magnitude, squaredNorm;
  MagnitudeDistribution distribution;
  std::vector<BlockHistogram> histograms;
  std::vector<SeriesProfile> series;
  /// The sum of a^2 over each column.
  std::vector<ExactSum> columnSquares;
  std::optional<SecondMomentMatrix> matrix;
  /// Of a profile from a file, that of its matrix; empty if it has none.
  std::string matrixPath;

  OperandProfile() = default;
  OperandProfile(const ProfileRequest &request, int64_t numColumns);

  /// Adds a tensor. Errors, which leave the profile as it was: an invalid view,
  /// another number of columns, an element that is not finite or so large that
  /// sums of squares exceed ExactSum::kLargest.
  llvm::Error observe(const TensorView &tensor,
                      llvm::ThreadPoolInterface *pool = nullptr);

  /// Adds what another profile of the operand observed. Errors, which leave the
  /// profile as it was: other columns, block sizes or series, a matrix in one
  /// of the two alone.
  llvm::Error merge(const OperandProfile &other);

  int64_t getNumElements() const { return numRows * numColumns; }
  /// As measure gives them for all the data at once, but for rounding.
  TensorMetrics getTensorMetrics() const;
  SeriesMetrics getSeriesMetrics(size_t index) const;
  /// The smallest share of elements that holds `share` of the magnitude, with
  /// the error of MagnitudeDistribution::getNumLargest.
  double getPseudoDensity(double share = 0.99) const;
  /// The mean of a^2 over each column.
  std::vector<double> getSecondMoments() const;
};

/// The operands of a model's layers.
struct Profile {
  /// By the layer's name, then by the number of the layer's input.
  std::map<std::string, std::map<int64_t, OperandProfile>> layers;

  /// The operand's profile; null if it was not measured.
  const OperandProfile *find(llvm::StringRef layer, int64_t input) const;

  /// Adds another profile; operands that one of the two lacks are taken over.
  /// Errors name layer and input.
  llvm::Error merge(const Profile &other);
};

/// Names an operand in messages: "layer 'conv1', input 0".
std::string getOperandText(llvm::StringRef layer, int64_t input);

} // namespace tasd::sparsity

#endif // TASD_SPARSITY_PROFILE_H
