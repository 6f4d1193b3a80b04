//===- LayerWork.cpp - Layers as the cost model sees them -----------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Dialect/TASD/Analysis/LayerWork.h"

#include "LayerWindow.h"

#include "tasd/Dialect/TASD/Analysis/ConstantTensor.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace mlir::tasd;

//===----------------------------------------------------------------------===//
// Loops
//===----------------------------------------------------------------------===//

namespace {
/// What a loop of a contraction counts, input `a` being operand A.
enum class Role { M, N, K, Product };
} // namespace

static Role getRole(const Contraction &contraction, unsigned loop, unsigned a) {
  bool inA = contraction.maps[a].isFunctionOfDim(loop);
  bool inB = contraction.maps[1 - a].isFunctionOfDim(loop);
  if (!contraction.isParallel(loop))
    return Role::K;
  if (inA && inB)
    return Role::Product;
  // Columns that neither input tells apart are alike.
  return inA ? Role::M : Role::N;
}

static int64_t multiplyRanges(const LayerWork &layer, unsigned a, Role role) {
  int64_t product = 1;
  for (auto [loop, range] : llvm::enumerate(layer.ranges))
    if (getRole(layer.contraction, loop, a) == role)
      product *= range;
  return product;
}

/// The length of a row that holds the last block of each term whole.
static int64_t padRow(int64_t length, const sparsity::Series &series) {
  int64_t padded = length;
  for (const sparsity::PatternRef &pattern : series.getPatterns())
    if (std::optional<int64_t> block = pattern->getBlockSize())
      padded = std::max<int64_t>(padded, llvm::alignTo(length, *block));
  return padded;
}

/// The length of the rows that a series is blocked in.
static int64_t getRowLength(SeriesType type) {
  int64_t length = 1;
  for (int64_t dim : type.getAlong())
    length *= type.getDimSize(dim);
  return length;
}

/// The extent of the reduction in an input. The dimensions that a series is
/// blocked along make one row, the others count rows: where more than one makes
/// up the reduction, each begins at a block.
static int64_t countRows(const LayerWork &layer, unsigned input) {
  int64_t reduction = multiplyRanges(layer, input, Role::K);
  auto type = dyn_cast<SeriesType>(layer.contraction.types[input]);
  int64_t row = type ? getRowLength(type) : reduction;
  if (reduction == row)
    return reduction;
  auto block = layer.getBlocks(input).getSeries().getBlockSize();
  return block ? reduction / row * llvm::alignTo(row, *block) : reduction;
}

/// The same where the last block of a series is whole.
static int64_t countReduction(const LayerWork &layer, unsigned input) {
  int64_t reduction = countRows(layer, input);
  auto type = dyn_cast<SeriesType>(layer.contraction.types[input]);
  return type && reduction == getRowLength(type)
             ? padRow(reduction, layer.getBlocks(input).getSeries())
             : reduction;
}

//===----------------------------------------------------------------------===//
// Works
//===----------------------------------------------------------------------===//

/// Sets the window of the input that is an image. Of two images neither is told
/// apart.
static void setWindow(cost::Work &work, const LayerWork &layer, unsigned a) {
  // As many channels as the other input has, where that one is padded.
  int64_t reduction = std::max(countRows(layer, 0), countRows(layer, 1));
  for (unsigned input : {a, 1 - a}) {
    auto window = matchWindow(layer, input, reduction);
    if (!window)
      continue;
    window->image = input == a ? cost::Operand::A : cost::Operand::B;
    work.window = work.window ? std::nullopt : window;
  }
}

static std::string getTypeName(Type type) {
  std::string name;
  llvm::raw_string_ostream(name) << type;
  return name;
}

static cost::Input getInput(const LayerWork &layer, unsigned input) {
  ShapedType type = layer.contraction.types[input];
  cost::Input result;
  result.type = getTypeName(type.getElementType());
  result.density = layer.densities[input];
  if (SeriesAttr series = layer.getSeries(input)) {
    result.series = series.getSeries();
    result.decomposedAtRunTime = layer.isDecomposedAtRunTime[input];
    if (layer.extracted[input])
      result.extracted = layer.extracted[input].getSeries();
  }
  return result;
}

WorkPart WorkPart::get(MLIRContext *context, const sparsity::PackedPart &part) {
  WorkPart result;
  result.numRows = part.rows.size();
  result.numColumns = part.columns.size();
  if (part.pattern)
    result.series = SeriesAttr::get(context, sparsity::Series({part.pattern}));
  return result;
}

/// Makes of the work of a layer that of a part. What is gathered of an image is
/// read place by place; what is left of A's zeros is not known of a part.
static void takePart(cost::Work &work, const WorkPart &part) {
  // Of equal products each part belongs to one.
  work.numProducts = 1;
  work.extents.m = part.numRows;
  work.extents.k = part.numColumns;
  work.a.series = {};
  work.a.density = 1;
  if (part.series) {
    work.a.series = part.series.getSeries();
    work.extents.k = padRow(part.numColumns, work.a.series);
  }
  work.gathersB = work.scattersZ = true;
  work.window = std::nullopt;
}

cost::Work LayerWork::getWork(unsigned a) const {
  cost::Work work;
  work.extents.m = multiplyRanges(*this, a, Role::M);
  work.extents.n = multiplyRanges(*this, a, Role::N);
  work.numProducts = multiplyRanges(*this, a, Role::Product);
  work.extents.k = std::max(countReduction(*this, 0), countReduction(*this, 1));
  work.a = getInput(*this, a);
  work.b = getInput(*this, 1 - a);
  work.resultType =
      getTypeName(contraction.types[Contraction::Init].getElementType());
  work.accumulates = accumulates;
  setWindow(work, *this, a);
  if (part)
    takePart(work, *part);
  return work;
}

//===----------------------------------------------------------------------===//
// Layers
//===----------------------------------------------------------------------===//

SeriesAttr LayerWork::getSeries(unsigned input) const {
  auto type = dyn_cast<SeriesType>(contraction.types[input]);
  return type ? type.getSeries() : nullptr;
}

std::string LayerWork::getSeriesText() const {
  std::string text;
  for (unsigned input : {0, 1})
    if (SeriesAttr series = getSeries(input))
      text += (text.empty() ? "" : " x ") + series.getText();
  return text;
}

LayerWork LayerWork::getDense() const {
  LayerWork dense = *this;
  dense.mapping = nullptr;
  dense.parts = std::nullopt;
  dense.part = std::nullopt;
  dense.isDecomposedAtRunTime = {false, false};
  for (unsigned input : {0, 1})
    if (auto type = dyn_cast<SeriesType>(contraction.types[input]))
      dense.contraction.types[input] =
          RankedTensorType::get(type.getShape(), type.getElementType());
  return dense;
}

LayerWork LayerWork::getPart(const WorkPart &part) const {
  LayerWork work = *this;
  work.parts = std::nullopt;
  work.part = part;
  return work;
}

std::optional<unsigned> LayerWork::findInputWithParts() const {
  for (unsigned input : {0, 1})
    if (SeriesAttr series = getSeries(input);
        series && machine::runsInParts(series.getSeries()))
      return input;
  return std::nullopt;
}

unsigned LayerWork::getOperandA() const {
  if (mapping)
    return mapping.getA();
  if (!getSeries(0) != !getSeries(1))
    return getSeries(0) ? 0 : 1;
  if (!isDense())
    return isDecomposedAtRunTime[0] ? 1 : 0;
  unsigned weights = ConstantTensor::isConstant(op->getOperand(0)) ? 0 : 1;
  return hasZeroPoint[weights] && !hasZeroPoint[1 - weights] ? 1 - weights
                                                             : weights;
}

int64_t LayerWork::getNumMACs() const {
  int64_t product = 1;
  for (int64_t range : ranges)
    product *= range;
  return product;
}
