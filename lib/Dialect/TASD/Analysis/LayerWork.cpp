//===- LayerWork.cpp - Layers as the cost model sees them -----------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Dialect/TASD/Analysis/LayerWork.h"

#include "LayerWindow.h"

#include "mlir/IR/Matchers.h"
#include "tasd/Dialect/TASD/Analysis/ConstantTensor.h"
#include "tasd/Pass/LayerNames.h"
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

/// Sets the extents of the loops, and what keeps them from being counted.
static void setRanges(LayerWork &layer, int64_t dynamicExtent) {
  double product = 1;
  for (int64_t range : layer.contraction.getStaticRanges()) {
    layer.ranges.push_back(ShapedType::isDynamic(range) ? dynamicExtent
                                                        : range);
    product *= layer.ranges.back();
  }
  if (product == 0)
    layer.obstacle = "a dimension is empty";
  // Up to here every count is exact in a double, and in JSON.
  if (product > static_cast<double>(int64_t(1) << 53))
    layer.obstacle = "it has more than 2^53 multiplications";
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

/// Makes of the work of a layer that of a part. What is gathered of an image is
/// read place by place.
static void takePart(cost::Work &work, const WorkPart &part) {
  work.extents.m = part.numRows;
  work.extents.k = part.numColumns;
  work.a.series = {};
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

static bool isZero(Value value) {
  return matchPattern(value, m_Zero()) || matchPattern(value, m_AnyZeroFloat());
}

/// Whether a layer's init is not known to hold zeros, of any sign.
static bool hasInit(Operation *op) {
  Value init = cast<DestinationStyleOpInterface>(op).getDpsInits().front();
  if (auto fill = init.getDefiningOp<linalg::FillOp>())
    init = fill.getInputs().front();
  return !isZero(init);
}

LayerWork LayerWork::get(const NamedLayer &named, PlanAttr plan,
                         int64_t dynamicExtent) {
  const Layer &layer = named.layer;
  LayerWork work;
  work.name = named.name;
  work.op = layer.getOp();
  work.contraction = plan ? layer.getContraction(plan) : layer.getContraction();
  work.accumulates = hasInit(work.op);
  work.mapping = plan ? plan.getMapping() : nullptr;
  for (unsigned input : {0, 1})
    work.hasZeroPoint[input] = layer.hasZeroPoint(input);
  for (unsigned input : {0, 1})
    if (OperandPlanAttr operand = plan ? plan.getInputs()[input] : nullptr)
      work.isDecomposedAtRunTime[input] =
          operand.getTime() == DecomposeTime::RunTime;
  work.obstacle = layer.getProductObstacle();
  if (work.obstacle.empty())
    setRanges(work, dynamicExtent);
  return work;
}

/// Whether a series is made of values that only the running program has.
static bool isMadeAtRunTime(Value series) {
  Operation *op = series.getDefiningOp();
  if (auto decompose = dyn_cast_if_present<DecomposeOp>(op))
    return !ConstantTensor::isConstant(decompose.getInput());
  if (auto assemble = dyn_cast_if_present<AssembleOp>(op))
    return !llvm::all_of(assemble.getSizedComponents(),
                         ConstantTensor::isConstant);
  if (isa_and_present<TermOp, SliceOp>(op))
    return isMadeAtRunTime(op->getOperand(0));
  return true;
}

LayerWork LayerWork::get(StringRef name, ContractOp op, int64_t dynamicExtent) {
  LayerWork work;
  work.name = name;
  work.op = op;
  work.contraction = op.getContraction();
  work.accumulates = hasInit(op);
  work.mapping = op->getAttrOfType<MappingAttr>(TASDDialect::kMappingAttrName);
  for (unsigned input : {0, 1})
    work.isDecomposedAtRunTime[input] =
        work.getSeries(input) && isMadeAtRunTime(op->getOperand(input));
  setRanges(work, dynamicExtent);
  return work;
}

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
  dense.part = std::nullopt;
  dense.isDecomposedAtRunTime = {false, false};
  for (unsigned input : {0, 1})
    if (auto type = dyn_cast<SeriesType>(contraction.types[input]))
      dense.contraction.types[input] =
          RankedTensorType::get(type.getShape(), type.getElementType());
  return dense;
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

std::vector<LayerWork> mlir::tasd::collectLayerWorks(Operation *root,
                                                     int64_t dynamicExtent) {
  std::vector<LayerWork> works;
  LayerNamer namer;
  root->walk([&](Operation *op) {
    if (auto contract = dyn_cast<ContractOp>(op)) {
      works.push_back(
          LayerWork::get(namer.getName(op), contract, dynamicExtent));
      return;
    }
    auto linalgOp = dyn_cast<linalg::LinalgOp>(op);
    std::optional<Layer> layer =
        linalgOp ? Layer::match(linalgOp) : std::nullopt;
    if (layer)
      works.push_back(LayerWork::get(
          {namer.getName(op), *layer},
          op->getAttrOfType<PlanAttr>(TASDDialect::kPlanAttrName),
          dynamicExtent));
  });
  return works;
}
