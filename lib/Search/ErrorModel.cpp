//===- ErrorModel.cpp - How much a series is wrong ------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Search/ErrorModel.h"

#include <cmath>
#include <limits>

using namespace tasd::search;

static constexpr int kQuantumExponent = -62;

llvm::StringRef tasd::search::getName(ErrorModel model) {
  constexpr std::array<llvm::StringRef, 4> names = {
      "dropped-non-zeros", "dropped-magnitude", "frobenius", "output-error"};
  return names[static_cast<size_t>(model)];
}

std::optional<ErrorModel> tasd::search::parseErrorModel(llvm::StringRef text) {
  for (ErrorModel model : kErrorModels)
    if (getName(model) == text)
      return model;
  return std::nullopt;
}

double ErrorFigures::get(ErrorModel model) const {
  switch (model) {
  case ErrorModel::DroppedNonZeros:
    return droppedNonZeros;
  case ErrorModel::DroppedMagnitude:
    return droppedMagnitude;
  case ErrorModel::Frobenius:
    return squaredFrobenius;
  case ErrorModel::OutputError:
    return squaredOutput;
  }
  llvm_unreachable("all error models handled");
}

ErrorFigures &ErrorFigures::operator+=(const ErrorFigures &other) {
  droppedNonZeros += other.droppedNonZeros;
  droppedMagnitude += other.droppedMagnitude;
  squaredFrobenius += other.squaredFrobenius;
  squaredOutput += other.squaredOutput;
  return *this;
}

static double forbidUnlessFinite(double figure) {
  return std::isfinite(figure) ? figure
                               : std::numeric_limits<double>::infinity();
}

ErrorFigures
tasd::search::getErrorFigures(const sparsity::SeriesMetrics &metrics,
                              double squaredOutput) {
  if (metrics.isLossless())
    return {};
  constexpr double forbidden = std::numeric_limits<double>::infinity();
  if (!std::isfinite(metrics.droppedMagnitude))
    return {forbidden, forbidden, forbidden, forbidden};
  double frobenius = metrics.getRelativeFrobeniusError();
  ErrorFigures figures;
  figures.droppedNonZeros = metrics.getDroppedNonZeroShare();
  figures.droppedMagnitude =
      forbidUnlessFinite(metrics.getDroppedMagnitudeShare());
  figures.squaredFrobenius = forbidUnlessFinite(frobenius * frobenius);
  figures.squaredOutput = forbidUnlessFinite(squaredOutput);
  return figures;
}

ErrorSum ErrorSum::fromFigure(double error) {
  assert(error >= 0 && error <= kMaxError && "expected a figure in range");
  // Scaling by a power of two is exact.
  return ErrorSum(
      static_cast<Int128>(std::ceil(std::ldexp(error, -kQuantumExponent))));
}

llvm::Expected<ErrorSum> ErrorSum::fromBound(double bound) {
  if (!(bound >= 0))
    return llvm::createStringError(
        "expected a bound on the error of at least 0 but got %g", bound);
  double quanta = std::floor(std::ldexp(bound, -kQuantumExponent));
  if (quanta >= static_cast<double>(unlimited().quanta))
    return unlimited();
  return ErrorSum(static_cast<Int128>(quanta));
}

double ErrorSum::toDouble() const {
  double nearest = static_cast<double>(quanta);
  if (static_cast<Int128>(nearest) < quanta)
    nearest = std::nextafter(nearest, std::numeric_limits<double>::infinity());
  return std::ldexp(nearest, kQuantumExponent);
}
