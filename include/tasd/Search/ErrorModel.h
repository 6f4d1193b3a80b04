//===- ErrorModel.h - How much a series is wrong ----------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The figures by which the error of a layer is told before the model is run,
// and their exact sums.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_SEARCH_ERRORMODEL_H
#define TASD_SEARCH_ERRORMODEL_H

#include "tasd/Search/Int128.h"
#include "tasd/Sparsity/Metrics.h"

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <array>
#include <optional>

namespace tasd::search {

/// Which figure is summed over the layers.
enum class ErrorModel : uint8_t {
  /// Share of the non-zeros that are dropped.
  DroppedNonZeros,
  /// Share of the magnitude that is dropped.
  DroppedMagnitude,
  /// Squared norm of the residual over that of the operand.
  Frobenius,
  /// Expected squared norm of what the residual changes in the layer's output,
  /// over that of the output, products of different columns left out.
  OutputError,
};
constexpr std::array<ErrorModel, 4> kErrorModels = {
    ErrorModel::DroppedNonZeros, ErrorModel::DroppedMagnitude,
    ErrorModel::Frobenius, ErrorModel::OutputError};

/// "dropped-non-zeros", "dropped-magnitude", "frobenius" or "output-error".
llvm::StringRef getName(ErrorModel model);
std::optional<ErrorModel> parseErrorModel(llvm::StringRef text);

/// What a candidate gets wrong in its layer, by every model. An infinite figure
/// says that the candidate must not be chosen.
struct ErrorFigures {
  double droppedNonZeros = 0;
  double droppedMagnitude = 0;
  double squaredFrobenius = 0;
  double squaredOutput = 0;

  double get(ErrorModel model) const;
  /// Adds the figures of the layer's other operand.
  ErrorFigures &operator+=(const ErrorFigures &other);
};

/// The figures of one operand. `squaredOutput` is the share of the weighted
/// squared norm that is dropped (sparsity::WeightedNorms::getDroppedShare).
/// What is not finite or not a number counts as infinite, as do all figures
/// where an infinity or a NaN is dropped. A series that drops nothing has no
/// error, whatever it keeps.
ErrorFigures getErrorFigures(const sparsity::SeriesMetrics &metrics,
                             double squaredOutput);

/// The largest finite figure that can be summed.
constexpr double kMaxError = static_cast<double>(int64_t(1) << 40);

/// A sum of errors, as a whole number of quanta of 2^-62. Figures of at least
/// 2^-10 are whole numbers of quanta as they are; smaller ones are rounded up,
/// by less than 2.2e-19. Sums are exact, so they depend on no order.
class ErrorSum {
public:
  constexpr ErrorSum() = default;

  /// Not above any other.
  static constexpr ErrorSum unlimited() { return ErrorSum(Int128(1) << 126); }
  static constexpr ErrorSum fromQuanta(Int128 quanta) {
    return ErrorSum(quanta);
  }
  /// The least sum that is not below `error`, which is from 0 to kMaxError.
  static ErrorSum fromFigure(double error);
  /// The largest sum within a bound, which may be infinite. Errors: it is
  /// negative or not a number.
  static llvm::Expected<ErrorSum> fromBound(double bound);

  Int128 getQuanta() const { return quanta; }
  /// The least double that is not below the sum: as a bound it admits the sum.
  double toDouble() const;

  ErrorSum operator+(ErrorSum other) const {
    return ErrorSum(quanta + other.quanta);
  }
  ErrorSum operator-(ErrorSum other) const {
    return ErrorSum(quanta - other.quanta);
  }
  ErrorSum &operator+=(ErrorSum other) { return *this = *this + other; }
  bool operator<(ErrorSum other) const { return quanta < other.quanta; }
  bool operator<=(ErrorSum other) const { return quanta <= other.quanta; }
  bool operator==(ErrorSum other) const { return quanta == other.quanta; }

private:
  explicit constexpr ErrorSum(Int128 quanta) : quanta(quanta) {}

  Int128 quanta = 0;
};

} // namespace tasd::search

#endif // TASD_SEARCH_ERRORMODEL_H
