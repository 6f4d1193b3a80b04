//===- LayerRounding.cpp - How well each layer is summed up ---------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Probes a copy of the planned module: behind each layer come its exact sums
// and the sums of their magnitudes, in f64 and so on the host, then the largest
// share of the bound, which becomes a result of the entry.
//
//===----------------------------------------------------------------------===//

#include "tasd/Evaluation/LayerRounding.h"

#include "ProbeBuilder.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

#include <cmath>

using namespace mlir;
using namespace ::tasd;
using namespace ::tasd::evaluation;
using mlir::tasd::Contraction;
using mlir::tasd::Layer;
using mlir::tasd::NamedLayer;
using mlir::tasd::PlanAttr;

//===----------------------------------------------------------------------===//
// Sums
//===----------------------------------------------------------------------===//

static Value createAbs(OpBuilder &builder, Location loc, Value value) {
  Value negative = arith::NegFOp::create(builder, loc, value);
  return arith::MaximumFOp::create(builder, loc, value, negative);
}

/// A layer's init as f64, or its magnitude.
static Value createInit(OpBuilder &builder, Location loc, Value init,
                        bool isUnsigned, bool isMagnitude) {
  auto type = cast<RankedTensorType>(init.getType());
  SmallVector<Value> sizes;
  for (int64_t dim = 0; dim < type.getRank(); ++dim)
    if (type.isDynamicDim(dim))
      sizes.push_back(tensor::DimOp::create(builder, loc, init, dim));
  Value empty = tensor::EmptyOp::create(builder, loc, type.getShape(),
                                        builder.getF64Type(), sizes);
  AffineMap every = builder.getMultiDimIdentityMap(type.getRank());
  auto widened = linalg::GenericOp::create(
      builder, loc, TypeRange(empty.getType()), init, empty,
      ArrayRef<AffineMap>{every, every},
      SmallVector<utils::IteratorType>(type.getRank(),
                                       utils::IteratorType::parallel),
      [&](OpBuilder &b, Location loc, ValueRange arguments) {
        Value value = widen(b, loc, arguments[0], isUnsigned);
        if (isMagnitude)
          value = createAbs(b, loc, value);
        linalg::YieldOp::create(b, loc, value);
      });
  return widened.getResult(0);
}

/// c + sum a b, and |c| + sum |a| |b|, in f64: with two results it is no layer,
/// and stays with the host.
static ValueRange createExactSums(OpBuilder &builder, const Layer &layer,
                                  ValueRange inputs) {
  auto op = cast<linalg::LinalgOp>(layer.getOp());
  const Contraction &contraction = layer.getContraction();
  ArrayRef<bool> isUnsigned = contraction.isUnsigned;
  Location loc = op.getLoc();
  Value init = op.getDpsInits().front();
  SmallVector<Value> sums;
  for (bool isMagnitude : {false, true})
    sums.push_back(createInit(builder, loc, init,
                              isUnsigned[0] && isUnsigned[1], isMagnitude));
  auto maps = llvm::to_vector<4>(contraction.maps);
  maps.push_back(maps.back());
  auto sum = linalg::GenericOp::create(
      builder, loc, ValueRange(sums).getTypes(), inputs, sums, maps,
      op.getIteratorTypesArray(),
      [&](OpBuilder &b, Location loc, ValueRange arguments) {
        Value a = widen(b, loc, arguments[0], isUnsigned[0]);
        Value product = arith::MulFOp::create(
            b, loc, a, widen(b, loc, arguments[1], isUnsigned[1]));
        Value magnitude = createAbs(b, loc, product);
        Value sums[] = {arith::AddFOp::create(b, loc, arguments[2], product),
                        arith::AddFOp::create(b, loc, arguments[3], magnitude)};
        linalg::YieldOp::create(b, loc, sums);
      });
  return sum.getResults();
}

/// The largest |result - exact| / (scale * magnitude), where nothing over
/// nothing is 0.
static Value createLargestShare(OpBuilder &builder, Location loc, Value result,
                                ValueRange exactSums, double scale,
                                bool isUnsigned) {
  int64_t rank = cast<RankedTensorType>(result.getType()).getRank();
  AffineMap every = builder.getMultiDimIdentityMap(rank);
  AffineMap none = AffineMap::get(rank, 0, builder.getContext());
  Value zero = createZero(builder, loc);
  auto largest = linalg::GenericOp::create(
      builder, loc, TypeRange(zero.getType()),
      ValueRange{result, exactSums[0], exactSums[1]}, zero,
      ArrayRef<AffineMap>{every, every, every, none},
      SmallVector<utils::IteratorType>(rank, utils::IteratorType::reduction),
      [&](OpBuilder &b, Location loc, ValueRange arguments) {
        auto constant = [&](double value) -> Value {
          return arith::ConstantOp::create(b, loc, b.getF64FloatAttr(value));
        };
        Value value = widen(b, loc, arguments[0], isUnsigned);
        Value error = createAbs(
            b, loc, arith::SubFOp::create(b, loc, value, arguments[1]));
        Value bound =
            arith::MulFOp::create(b, loc, arguments[2], constant(scale));
        Value share = arith::DivFOp::create(b, loc, error, bound);
        Value isExact = arith::CmpFOp::create(b, loc, arith::CmpFPredicate::OEQ,
                                              error, constant(0));
        share = arith::SelectOp::create(b, loc, isExact, constant(0), share);
        linalg::YieldOp::create(
            b, loc,
            ValueRange(arith::MaximumFOp::create(b, loc, share, arguments[3])));
      });
  return largest.getResult(0);
}

//===----------------------------------------------------------------------===//
// Probes
//===----------------------------------------------------------------------===//

/// The products summed up in one element; dynamic if it is not known.
static int64_t countProducts(const Contraction &contraction) {
  int64_t count = 1;
  for (auto [loop, range] : llvm::enumerate(contraction.getStaticRanges())) {
    if (contraction.isParallel(loop))
      continue;
    if (ShapedType::isDynamic(range))
      return ShapedType::kDynamic;
    count *= range;
  }
  return count;
}

/// 2 (K + 1) eps; integers have no rounding.
static double getScale(Type type, int64_t numProducts) {
  auto floatType = dyn_cast<FloatType>(type);
  if (!floatType)
    return 0;
  int precision =
      llvm::APFloat::semanticsPrecision(floatType.getFloatSemantics());
  return 2.0 * (numProducts + 1) * std::ldexp(1.0, 1 - precision);
}

static std::string findObstacle(const Layer &layer, int64_t numProducts,
                                func::FuncOp entry) {
  if (layer.hasZeroPoint(0) || layer.hasZeroPoint(1))
    return "its inputs have zero points";
  if (ShapedType::isDynamic(numProducts))
    return "a reduction is dynamic";
  return findPlaceObstacle(layer, entry);
}

/// Puts the exact sums and the share of the bound behind the layer.
static Value probe(const Layer &layer, int64_t numProducts) {
  auto op = cast<linalg::LinalgOp>(layer.getOp());
  auto plan =
      op->getAttrOfType<PlanAttr>(mlir::tasd::TASDDialect::kPlanAttrName);
  OpBuilder builder(op.getContext());
  builder.setInsertionPointAfter(op);
  SmallVector<Value, 2> inputs;
  for (unsigned input : {0, 1})
    inputs.push_back(plan && plan.getInputs()[input]
                         ? composeInput(builder, layer, plan, input)
                         : layer.getInput(input));
  ArrayRef<bool> isUnsigned = layer.getContraction().isUnsigned;
  Value result = op->getResult(0);
  Type type = cast<ShapedType>(result.getType()).getElementType();
  return createLargestShare(
      builder, op.getLoc(), result, createExactSums(builder, layer, inputs),
      getScale(type, numProducts), isUnsigned[0] && isUnsigned[1]);
}

namespace {
struct ProbedModule {
  OwningOpRef<ModuleOp> module;
  /// Returns the share of each layer that is measured, in order.
  func::FuncOp entry;
  std::vector<LayerRounding> layers;
};
} // namespace

static ProbedModule addProbes(ModuleOp module, func::FuncOp entry) {
  ProbedModule probed;
  probed.module = module.clone();
  probed.entry = probed.module->lookupSymbol<func::FuncOp>(entry.getName());
  separateFromCallers(*probed.module, probed.entry);
  SmallVector<Value> shares;
  for (const NamedLayer &named : mlir::tasd::collectLayers(*probed.module)) {
    LayerRounding &layer = probed.layers.emplace_back();
    layer.name = named.name;
    layer.numProducts = countProducts(named.layer.getContraction());
    layer.reason = findObstacle(named.layer, layer.numProducts, probed.entry);
    if (layer.reason.empty())
      shares.push_back(probe(named.layer, layer.numProducts));
  }
  if (probed.entry.getBody().hasOneBlock())
    setResults(probed.entry, shares);
  return probed;
}

//===----------------------------------------------------------------------===//
// Measurements
//===----------------------------------------------------------------------===//

/// Takes the largest shares of all batches; one that is no number stays.
static void addShares(std::vector<LayerRounding> &layers,
                      ArrayRef<double> shares) {
  for (LayerRounding &layer : layers) {
    if (!layer.reason.empty())
      continue;
    double share = shares.front();
    if (!layer.shareOfBound || !(share <= *layer.shareOfBound))
      layer.shareOfBound = share;
    shares = shares.drop_front();
  }
}

FailureOr<std::vector<LayerRounding>> evaluation::measureLayerRounding(
    ModuleOp module, func::FuncOp entry, const Backend &backend,
    ArrayRef<NDArray> inputs, int64_t batch, ProgressFunction progress) {
  ProbedModule probed = addProbes(module, entry);
  if (llvm::all_of(probed.layers, [](const LayerRounding &layer) {
        return !layer.reason.empty();
      }))
    return std::move(probed.layers);
  FailureOr<Executable> executable =
      compile(*probed.module, probed.entry, backend);
  if (failed(executable))
    return failure();
  auto add = [&](ArrayRef<double> shares) { addShares(probed.layers, shares); };
  if (llvm::Error error = forEachBatch(*executable, entry.getFunctionType(),
                                       inputs, batch, add, progress))
    return entry.emitError(llvm::toString(std::move(error)));
  return std::move(probed.layers);
}
