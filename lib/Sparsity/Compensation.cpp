//===- Compensation.cpp - Kept values that make up for dropped ones -------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Sparsity/Compensation.h"

#include "tasd/Sparsity/Packing.h"

#include "RowElements.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"
#include "llvm/Support/ThreadPool.h"

#define EIGEN_MPL2_ONLY
#include <Eigen/Cholesky>

#include <cmath>

using namespace tasd::sparsity;
using llvm::ArrayRef;
using llvm::Error;
using llvm::Expected;

namespace {
/// The second moments of the inputs, which windows share.
class Moments {
public:
  Moments(ArrayRef<double> values, int64_t size)
      : values(values.data(), size, size), size(size) {}

  int64_t getSize() const { return size; }
  double get(int64_t i, int64_t j) const { return values(i, j); }
  double getMeanOfDiagonal() const {
    return size == 0 ? 0 : values.diagonal().mean();
  }
  /// d^T H d of the differences of one window.
  double getError(ArrayRef<double> differences) const {
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
  std::vector<double> solve(ArrayRef<double> weights,
                            const std::vector<bool> &kept) const;
  void solveWindow(llvm::MutableArrayRef<double> weights,
                   ArrayRef<int64_t> kept, ArrayRef<int64_t> dropped) const;
  double getError(ArrayRef<double> weights, ArrayRef<double> others) const;
  std::vector<bool> findKept(const RowElements &row) const;

  const TensorView &tensor;
  const Series &series;
  const Moments &moments;
  /// What is added to the diagonal.
  double damping;
};
} // namespace

/// Which elements of a row the series keeps.
std::vector<bool> Compensator::findKept(const RowElements &row) const {
  Ownership ownership = llvm::cantFail(select(row.getView(), series));
  std::vector<bool> kept;
  for (uint8_t owner : ownership.owner)
    kept.push_back(owner != Ownership::unowned);
  return kept;
}

double Compensator::getError(ArrayRef<double> weights,
                             ArrayRef<double> others) const {
  std::vector<double> differences;
  for (auto [weight, other] : llvm::zip(weights, others))
    differences.push_back(weight - other);
  double error = 0;
  int64_t size = moments.getSize(), numColumns = weights.size();
  for (int64_t begin = 0; begin < numColumns; begin += size)
    error += moments.getError(ArrayRef(differences).slice(begin, size));
  return error;
}

/// Sets the kept weights of a window to their best values, where the moments
/// allow it; those dropped are read only.
void Compensator::solveWindow(llvm::MutableArrayRef<double> weights,
                              ArrayRef<int64_t> kept,
                              ArrayRef<int64_t> dropped) const {
  int64_t n = kept.size();
  Eigen::MatrixXd matrix(n, n);
  Eigen::VectorXd target = Eigen::VectorXd::Zero(n);
  for (int64_t i = 0; i < n; ++i) {
    for (int64_t j = 0; j < n; ++j)
      matrix(i, j) = moments.get(kept[i], kept[j]) + (i == j ? damping : 0);
    for (int64_t other : dropped)
      target[i] += moments.get(kept[i], other) * weights[other];
  }
  Eigen::LLT<Eigen::Ref<Eigen::MatrixXd>> factors(matrix);
  if (factors.info() != Eigen::Success)
    return;
  factors.solveInPlace(target);
  for (int64_t i = 0; i < n; ++i)
    weights[kept[i]] += target[i];
}

/// The best kept values of a row, and zeros.
std::vector<double> Compensator::solve(ArrayRef<double> weights,
                                       const std::vector<bool> &isKept) const {
  std::vector<double> solved(weights.begin(), weights.end());
  int64_t size = moments.getSize(), numColumns = weights.size();
  for (int64_t begin = 0; begin < numColumns; begin += size) {
    llvm::SmallVector<int64_t> kept, dropped;
    for (int64_t i = 0; i < size; ++i)
      if (weights[begin + i] != 0)
        (isKept[begin + i] ? kept : dropped).push_back(i);
    auto window = llvm::MutableArrayRef(solved).slice(begin, size);
    if (!kept.empty() && !dropped.empty())
      solveWindow(window, kept, dropped);
    for (int64_t i : dropped)
      window[i] = 0;
  }
  return solved;
}

/// Whether a series keeps all of a row, and it is finite.
static bool isCovered(const RowElements &row, const std::vector<bool> &kept) {
  for (auto [value, isKept] : llvm::zip(row.getValues(), kept))
    if (!std::isfinite(value) || (value != 0 && !isKept))
      return false;
  return true;
}

std::pair<RowElements, Compensation> Compensator::run(int64_t row) const {
  RowElements original(tensor, row);
  std::vector<double> weights = original.getValues();
  std::vector<bool> kept = findKept(original);
  RowElements plain = original;
  for (auto [column, isKept] : llvm::enumerate(kept))
    if (!isKept)
      plain.set(column, 0);
  Compensation errors;
  errors.output = getError(weights, std::vector<double>(weights.size()));
  errors.errorBefore = errors.errorAfter = getError(weights, plain.getValues());
  if (errors.errorBefore > 0) {
    RowElements solved = original;
    for (auto [column, value] : llvm::enumerate(solve(weights, kept)))
      solved.set(column, value);
    // Other magnitudes may be given to other terms, and then not all be kept.
    double error = getError(weights, solved.getValues());
    if (error < errors.errorBefore && isCovered(solved, findKept(solved))) {
      errors.errorAfter = error;
      errors.numRows = 1;
      plain = std::move(solved);
    }
  }
  return {std::move(plain), errors};
}

Compensation &Compensation::operator+=(const Compensation &other) {
  output += other.output;
  errorBefore += other.errorBefore;
  errorAfter += other.errorAfter;
  numRows += other.numRows;
  return *this;
}

//===----------------------------------------------------------------------===//
// Checks
//===----------------------------------------------------------------------===//

static bool isFloat(ElementType type) {
  switch (type) {
  case ElementType::F64:
  case ElementType::F32:
  case ElementType::F16:
  case ElementType::BF16:
    return true;
  default:
    return false;
  }
}

/// The number of inputs that the moments are of: all columns, or those of a
/// window.
static Expected<int64_t> getSize(ArrayRef<double> moments, int64_t numColumns) {
  int64_t size = std::llround(std::sqrt(double(moments.size())));
  bool isSquare = size * size == static_cast<int64_t>(moments.size());
  if (!isSquare || (size == 0 ? numColumns != 0 : numColumns % size != 0))
    return llvm::createStringError(
        "expected second moments of " + llvm::Twine(numColumns) +
        " columns, or of a part that repeats, but got " +
        llvm::Twine(moments.size()) + " numbers");
  if (!llvm::all_of(moments, [](double m) { return std::isfinite(m); }))
    return llvm::createStringError("expected finite second moments");
  return size;
}

static Error verify(const TensorView &tensor,
                    const CompensationOptions &options) {
  if (Error error = tensor.verify())
    return error;
  if (!isFloat(tensor.elementType))
    return llvm::createStringError("expected elements of floating point but "
                                   "got " +
                                   getName(tensor.elementType));
  if (!(options.damping >= 0) || std::isinf(options.damping))
    return llvm::createStringError(
        "expected a finite damping of at least 0 but got %g", options.damping);
  return Error::success();
}

static Error verifyResult(const TensorView &tensor,
                          const MutableTensorView &result) {
  if (Error error = TensorView(result).verify())
    return error;
  if (tensor.elementType != result.elementType ||
      tensor.blocked.shape != result.blocked.shape ||
      tensor.blocked.along != result.blocked.along)
    return llvm::createStringError(
        "expected a result of the tensor's type, shape and blocks");
  return Error::success();
}

static bool isFinite(const TensorView &tensor) {
  for (int64_t row = 0; row < tensor.blocked.getNumRows(); ++row)
    for (double value : RowElements(tensor, row).getValues())
      if (!std::isfinite(value))
        return false;
  return true;
}

/// The moments, after all that can be wrong was checked.
static Expected<Moments> getMoments(const TensorView &tensor,
                                    ArrayRef<double> moments,
                                    const CompensationOptions &options) {
  if (Error error = verify(tensor, options))
    return std::move(error);
  Expected<int64_t> size = getSize(moments, tensor.blocked.getNumColumns());
  if (!size)
    return size.takeError();
  if (!isFinite(tensor))
    return llvm::createStringError("expected finite elements but got others");
  return Moments(moments, *size);
}

//===----------------------------------------------------------------------===//
// Rows
//===----------------------------------------------------------------------===//

/// Sums what `run` gives for [0, count), in order.
static Compensation sumOver(int64_t count, llvm::ThreadPoolInterface *pool,
                            llvm::function_ref<Compensation(int64_t)> run) {
  std::vector<Compensation> parts(count);
  if (pool) {
    llvm::ThreadPoolTaskGroup group(*pool);
    for (int64_t i = 0; i < count; ++i)
      pool->async(group, [&, i] { parts[i] = run(i); });
    pool->wait(group);
  } else {
    for (int64_t i = 0; i < count; ++i)
      parts[i] = run(i);
  }
  Compensation sum;
  for (const Compensation &part : parts)
    sum += part;
  return sum;
}

static int64_t getNumRows(const TensorView &tensor) {
  return tensor.blocked.getNumColumns() == 0 ? 0 : tensor.blocked.getNumRows();
}

Expected<Compensation> tasd::sparsity::compensate(
    const TensorView &tensor, const Series &series, ArrayRef<double> moments,
    const MutableTensorView &result, const CompensationOptions &options,
    llvm::ThreadPoolInterface *pool) {
  Expected<Moments> inputs = getMoments(tensor, moments, options);
  if (!inputs)
    return inputs.takeError();
  if (Error error = verifyResult(tensor, result))
    return std::move(error);
  Compensator compensator(tensor, series, *inputs, options);
  return sumOver(getNumRows(tensor), pool, [&](int64_t row) {
    auto [elements, errors] = compensator.run(row);
    elements.write(result, row);
    return errors;
  });
}

Expected<std::vector<Compensation>> tasd::sparsity::sampleCompensation(
    const TensorView &tensor, ArrayRef<Series> series, ArrayRef<double> moments,
    int64_t maxRows, const CompensationOptions &options,
    llvm::ThreadPoolInterface *pool) {
  if (maxRows < 1)
    return llvm::createStringError("expected at least 1 row but got " +
                                   llvm::Twine(maxRows));
  Expected<Moments> inputs = getMoments(tensor, moments, options);
  if (!inputs)
    return inputs.takeError();
  int64_t numRows = getNumRows(tensor), count = std::min(numRows, maxRows);
  std::vector<Compensation> samples;
  for (const Series &one : series) {
    Compensator compensator(tensor, one, *inputs, options);
    samples.push_back(sumOver(count, pool, [&](int64_t i) {
      return compensator.run(i * numRows / count).second;
    }));
  }
  return samples;
}
