//===- SparseTensorTypes.cpp - Series as sparse_tensor types --------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Conversion/TASDToSparseTensor/SparseTensorTypes.h"

#include "mlir/Dialect/SparseTensor/IR/SparseTensor.h"
#include "tasd/Sparsity/NM.h"

using namespace mlir;
using namespace mlir::tasd;

std::string mlir::tasd::findSparseTensorObstacle(SeriesType type) {
  if (type.getSeries().size() != 1)
    return "expected a series of one term but got " +
           type.getSeries().getText();
  auto pattern = dyn_cast<NMAttr>(type.getSeries().getPatterns().front());
  if (!pattern || pattern.getM() == 1)
    return "expected a pattern N:M with M above 1 but got " +
           type.getSeries().getText();
  if (type.getAlong().size() != 1)
    return "expected blocks along one dimension but got " +
           std::to_string(type.getAlong().size());
  if (!type.hasStaticShape() || type.getNumElements() == 0)
    return "expected static extents above 0";
  int64_t extent = type.getDimSize(type.getAlong().front());
  if (extent % pattern.getM() != 0)
    return "expected a multiple of " + std::to_string(pattern.getM()) +
           " along the blocked dimension but got " + std::to_string(extent);
  return {};
}

/// The map from dimensions to levels, blocked along `along`.
static AffineMap getDimToLevel(MLIRContext *context, int64_t rank,
                               int64_t along, int64_t m) {
  SmallVector<AffineExpr> levels;
  for (int64_t dim = 0; dim < rank; ++dim)
    if (dim != along)
      levels.push_back(getAffineDimExpr(dim, context));
  AffineExpr blocked = getAffineDimExpr(along, context);
  levels.push_back(blocked.floorDiv(m));
  levels.push_back(blocked % m);
  return AffineMap::get(rank, 0, levels, context);
}

std::optional<RankedTensorType>
mlir::tasd::getSparseTensorType(SeriesType type) {
  if (!findSparseTensorObstacle(type).empty())
    return std::nullopt;
  auto pattern = cast<NMAttr>(type.getSeries().getPatterns().front());
  SmallVector<sparse_tensor::LevelType> levels(
      type.getRank(), sparse_tensor::LevelFormat::Dense);
  levels.push_back(*sparse_tensor::buildLevelType(
      sparse_tensor::LevelFormat::NOutOfM, /*ordered=*/true, /*unique=*/true,
      pattern.getN(), pattern.getM()));
  AffineMap map = getDimToLevel(type.getContext(), type.getRank(),
                                type.getAlong().front(), pattern.getM());
  auto encoding = sparse_tensor::SparseTensorEncodingAttr::get(
      type.getContext(), levels, map, /*lvlToDim=*/AffineMap(),
      /*posWidth=*/0, kCoordinateBits);
  return RankedTensorType::get(type.getShape(), type.getElementType(),
                               encoding);
}

/// The dimension of the last level, which is the index in a block.
static std::optional<int64_t> getBlockedDim(AffineMap dimToLevel) {
  auto index = dyn_cast<AffineBinaryOpExpr>(dimToLevel.getResults().back());
  if (!index || index.getKind() != AffineExprKind::Mod)
    return std::nullopt;
  auto dim = dyn_cast<AffineDimExpr>(index.getLHS());
  return dim ? std::optional<int64_t>(dim.getPosition()) : std::nullopt;
}

std::optional<SeriesType> mlir::tasd::getSeriesType(RankedTensorType type) {
  auto encoding = sparse_tensor::getSparseTensorEncoding(type);
  if (!encoding ||
      static_cast<int64_t>(encoding.getLvlRank()) != type.getRank() + 1 ||
      !getSparsityElementType(type.getElementType(), /*isUnsigned=*/false))
    return std::nullopt;
  sparse_tensor::LevelType last = encoding.getLvlTypes().back();
  std::optional<int64_t> along = getBlockedDim(encoding.getDimToLvl());
  if (!sparse_tensor::isNOutOfMLT(last) || !along || type.isDynamicDim(*along))
    return std::nullopt;
  llvm::Expected<sparsity::PatternRef> pattern =
      sparsity::NMPattern::get(last.getN(), last.getM());
  if (!pattern) {
    llvm::consumeError(pattern.takeError());
    return std::nullopt;
  }
  auto series = SeriesType::get(
      type, SeriesAttr::get(type.getContext(), sparsity::Series({*pattern})),
      *along);
  // What else an encoding says (slices, other values for zero) has no series.
  std::optional<RankedTensorType> expected = getSparseTensorType(series);
  if (!expected ||
      sparse_tensor::getSparseTensorEncoding(*expected).withoutBitWidths() !=
          encoding.withoutBitWidths())
    return std::nullopt;
  return series;
}
