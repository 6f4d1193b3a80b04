//===- Contraction.cpp - Loops and operands of a contraction --------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Dialect/TASD/IR/Contraction.h"
#include "tasd/Dialect/TASD/IR/TASD.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace mlir::tasd;

//===----------------------------------------------------------------------===//
// Indices
//===----------------------------------------------------------------------===//

std::optional<unsigned> mlir::tasd::matchLoop(AffineExpr expr) {
  if (auto dim = dyn_cast<AffineDimExpr>(expr))
    return dim.getPosition();
  return std::nullopt;
}

/// Matches `loop` or `loop * constant`.
static std::optional<ScaledLoop> matchScaledLoop(AffineExpr expr) {
  if (std::optional<unsigned> loop = matchLoop(expr))
    return ScaledLoop{*loop, 1};
  auto product = dyn_cast<AffineBinaryOpExpr>(expr);
  if (!product || product.getKind() != AffineExprKind::Mul)
    return std::nullopt;
  std::optional<unsigned> loop = matchLoop(product.getLHS());
  auto scale = dyn_cast<AffineConstantExpr>(product.getRHS());
  if (!loop || !scale || scale.getValue() < 1)
    return std::nullopt;
  return ScaledLoop{*loop, scale.getValue()};
}

static bool collect(AffineExpr expr, SmallVectorImpl<ScaledLoop> &loops) {
  auto sum = dyn_cast<AffineBinaryOpExpr>(expr);
  if (sum && sum.getKind() == AffineExprKind::Add)
    return collect(sum.getLHS(), loops) && collect(sum.getRHS(), loops);
  std::optional<ScaledLoop> scaled = matchScaledLoop(expr);
  auto isSame = [&](ScaledLoop other) { return other.loop == scaled->loop; };
  if (!scaled || llvm::any_of(loops, isSame))
    return false;
  loops.push_back(*scaled);
  return true;
}

std::optional<SmallVector<ScaledLoop, 2>>
mlir::tasd::matchIndexSum(AffineExpr expr) {
  SmallVector<ScaledLoop, 2> loops;
  if (!collect(expr, loops))
    return std::nullopt;
  return loops;
}

//===----------------------------------------------------------------------===//
// Loops
//===----------------------------------------------------------------------===//

bool Contraction::isWindow(unsigned loop) const {
  if (isParallel(loop))
    return false;
  auto isShared = [&](AffineExpr expr) {
    return expr.isFunctionOfDim(loop) && matchLoop(expr) != loop;
  };
  return llvm::any_of(maps[Lhs].getResults(), isShared) ||
         llvm::any_of(maps[Rhs].getResults(), isShared);
}

std::optional<OperandDim> Contraction::getExtentSource(unsigned loop) const {
  std::optional<OperandDim> dynamic;
  for (unsigned operand : {Init, Lhs, Rhs})
    for (auto [dim, expr] : llvm::enumerate(maps[operand].getResults())) {
      if (matchLoop(expr) != loop)
        continue;
      OperandDim found{operand, static_cast<unsigned>(dim)};
      if (!types[operand].isDynamicDim(dim))
        return found;
      if (!dynamic && isa<RankedTensorType>(types[operand]))
        dynamic = found;
    }
  return dynamic;
}

SmallVector<int64_t> Contraction::getStaticRanges() const {
  SmallVector<int64_t> ranges;
  for (unsigned loop = 0; loop < getNumLoops(); ++loop) {
    std::optional<OperandDim> source = getExtentSource(loop);
    ranges.push_back(source ? types[source->operand].getDimSize(source->dim)
                            : ShapedType::kDynamic);
  }
  return ranges;
}

std::optional<int64_t> Contraction::getNumMACs() const {
  int64_t macs = 1;
  for (int64_t range : getStaticRanges())
    if (ShapedType::isDynamic(range) || llvm::MulOverflow(macs, range, macs))
      return std::nullopt;
  return macs;
}

//===----------------------------------------------------------------------===//
// Constraints
//===----------------------------------------------------------------------===//

static constexpr const char *kOperandNames[] = {"lhs", "rhs", "init"};

/// Joins printable things into a message.
template <typename... Parts> static std::string message(const Parts &...parts) {
  std::string text;
  llvm::raw_string_ostream os(text);
  (os << ... << parts);
  return text;
}

static std::string findMapViolation(const Contraction &c) {
  for (unsigned operand : {0, 1, 2}) {
    AffineMap map = c.maps[operand];
    int64_t rank = c.types[operand].getRank();
    if (map.getNumSymbols() != 0 || map.getNumDims() != c.getNumLoops() ||
        map.getNumResults() != rank) // contract_c2
      return message("expected the map of ", kOperandNames[operand],
                     " to have ", c.getNumLoops(), " loops, no symbols and ",
                     rank, " results but got ", map);
  }
  if (!c.maps[2].isProjectedPermutation()) // contract_c3
    return message("expected the map of init to be a projected permutation but "
                   "got ",
                   c.maps[2]);
  for (unsigned input : {0, 1})
    for (AffineExpr expr : c.maps[input].getResults())
      if (!matchIndexSum(expr)) // contract_c4
        return message("expected the indices of ", kOperandNames[input],
                       " to be sums of distinct loops times positive constants "
                       "but got ",
                       expr);
  return {};
}

/// The largest index that `terms` reach, saturated; none where it is not known,
/// or where nothing is indexed since a loop is empty.
static std::optional<uint64_t> getLastIndex(ArrayRef<ScaledLoop> terms,
                                            ArrayRef<int64_t> ranges) {
  uint64_t last = 0;
  for (ScaledLoop term : terms) {
    int64_t range = ranges[term.loop];
    if (ShapedType::isDynamic(range) || range == 0)
      return std::nullopt;
    last = llvm::SaturatingMultiplyAdd<uint64_t>(term.scale, range - 1, last);
  }
  return last;
}

/// Checks the extents of one operand against those of the loops.
static std::string findExtentViolation(const Contraction &c, unsigned operand,
                                       ArrayRef<int64_t> ranges) {
  for (auto [dim, expr] : llvm::enumerate(c.maps[operand].getResults())) {
    int64_t extent = c.types[operand].getDimSize(dim);
    if (ShapedType::isDynamic(extent))
      continue;
    std::optional<unsigned> alone = matchLoop(expr);
    if (alone && !ShapedType::isDynamic(ranges[*alone]) &&
        ranges[*alone] != extent) // contract_c5
      return message("expected extent ", ranges[*alone], " along dimension ",
                     dim, " of ", kOperandNames[operand], " but got ", extent);
    std::optional<uint64_t> last = getLastIndex(*matchIndexSum(expr), ranges);
    if (last && *last >= static_cast<uint64_t>(extent)) // contract_c5
      return message("expected an extent above ", *last, " along dimension ",
                     dim, " of ", kOperandNames[operand], " but got ", extent);
  }
  return {};
}

static std::string findLoopViolation(const Contraction &c) {
  for (unsigned loop = 0; loop < c.getNumLoops(); ++loop) {
    if (!c.getExtentSource(loop)) // contract_c5
      return message("expected loop ", loop,
                     " to stand alone in a map, with a static extent or on a "
                     "dense operand");
    if (!c.isParallel(loop) &&
        !(c.maps[0].isFunctionOfDim(loop) &&
          c.maps[1].isFunctionOfDim(loop))) // contract_c7
      return message("expected loop ", loop,
                     ", which is summed over, to index both inputs");
  }
  SmallVector<int64_t> ranges = c.getStaticRanges();
  for (unsigned operand : {0, 1, 2}) {
    std::string violation = findExtentViolation(c, operand, ranges);
    if (!violation.empty())
      return violation;
  }
  return {};
}

/// Checks the blocked dimensions of an input that is a series.
static std::string findBlockViolation(const Contraction &c, unsigned input) {
  auto type = dyn_cast<SeriesType>(c.types[input]);
  if (!type)
    return {};
  AffineMap map = c.maps[input];
  for (int64_t dim : type.getAlong()) {
    std::optional<unsigned> loop = matchLoop(map.getResult(dim));
    auto usesLoop = [&](AffineExpr expr) {
      return loop && expr.isFunctionOfDim(*loop);
    };
    if (!loop || c.isParallel(*loop) ||
        llvm::count_if(map.getResults(), usesLoop) != 1) // contract_c6
      return message("expected blocked dimension ", dim, " of ",
                     kOperandNames[input],
                     " to be indexed by a loop of its own that is summed over "
                     "but got ",
                     map.getResult(dim));
  }
  return {};
}

/// Whether products of `input` can be accumulated in `accumulator`.
static bool canAccumulate(Type input, Type accumulator) {
  if (input == accumulator)
    return input.isSignlessInteger() || isa<FloatType>(input);
  if (isa<FloatType>(accumulator) && input.isSignlessInteger())
    return true;
  bool isSameKind =
      isa<FloatType>(accumulator)
          ? isa<FloatType>(input)
          : accumulator.isSignlessInteger() && input.isSignlessInteger();
  return isSameKind &&
         input.getIntOrFloatBitWidth() < accumulator.getIntOrFloatBitWidth();
}

static std::string findTypeViolation(const Contraction &c) {
  Type accumulator = c.types[2].getElementType();
  bool integers = true;
  for (unsigned input : {0, 1}) {
    Type type = c.types[input].getElementType();
    integers &= type.isSignlessInteger();
    if (!canAccumulate(type, accumulator)) // contract_c8
      return message("cannot accumulate products of '", type, "' in '",
                     accumulator, "'");
    if (c.isUnsigned[input] && !type.isSignlessInteger()) // contract_c8
      return message("expected integers with `unsigned_", kOperandNames[input],
                     "` but got '", type, "'");
  }
  if (!c.hasZeroPoint)
    return {};
  if (!integers || !accumulator.isSignlessInteger(32)) // contract_c8
    return "expected integer inputs accumulated in i32 with `zero_point`";
  if (isa<SeriesType>(c.types[0]) == isa<SeriesType>(c.types[1])) // contract_c9
    return "expected exactly one series with `zero_point`";
  return {};
}

std::string Contraction::findViolation() const {
  std::string violation = findMapViolation(*this);
  if (violation.empty())
    violation = findBlockViolation(*this, Lhs);
  if (violation.empty())
    violation = findBlockViolation(*this, Rhs);
  if (violation.empty())
    violation = findLoopViolation(*this);
  if (violation.empty())
    violation = findTypeViolation(*this);
  return violation;
}
