//===- TASDTransformOps.cpp - Ops of the transform dialect ----------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Each op says what it asks of its target, which fails silenceably, and calls
// the function that the pass of the same purpose calls.
//
//===----------------------------------------------------------------------===//

// With asserts the transform dialect checks ops that it is given by a function
// that an LLVM compiled without them does not have.
#include "llvm/Config/abi-breaking.h"
#if !defined(NDEBUG) && !LLVM_ENABLE_ABI_BREAKING_CHECKS
#define NDEBUG
#include "mlir/Dialect/Transform/IR/TransformDialect.h"
#undef NDEBUG
#include <cassert>
#endif

#include "tasd/Dialect/TASD/TransformOps/TASDTransformOps.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "tasd/Conversion/LinalgToTASD/LinalgToTASD.h"
#include "tasd/Conversion/TASDToLinalg/TASDToLinalg.h"
#include "tasd/Conversion/TASDToVector/TASDToVector.h"
#include "tasd/Dialect/TASD/Transforms/Planning.h"
#include "tasd/Dialect/TASD/Transforms/Transforms.h"

using namespace mlir;
using namespace mlir::tasd;

/// Parses `[2:4, 2:4+1:8]`.
static ParseResult parseSeriesList(OpAsmParser &parser, ArrayAttr &series) {
  SmallVector<Attribute> parsed;
  auto parseOne = [&]() -> ParseResult {
    FailureOr<SeriesAttr> one = SeriesAttr::parseBare(parser);
    if (failed(one))
      return failure();
    parsed.push_back(*one);
    return success();
  };
  if (parser.parseCommaSeparatedList(AsmParser::Delimiter::Square, parseOne))
    return failure();
  series = parser.getBuilder().getArrayAttr(parsed);
  return success();
}

static void printSeriesList(OpAsmPrinter &printer, Operation *,
                            ArrayAttr series) {
  printer << "[";
  llvm::interleaveComma(series.getAsRange<SeriesAttr>(), printer,
                        [&](SeriesAttr one) { printer << one.getText(); });
  printer << "]";
}

#define GET_OP_CLASSES
#include "tasd/Dialect/TASD/TransformOps/TASDTransformOps.cpp.inc"

/// A silenceable failure of a transform on one of its targets.
static DiagnosedSilenceableFailure
failSilenceably(transform::TransformOpInterface transform, Operation *target,
                const Twine &message) {
  DiagnosedSilenceableFailure failure = transform.emitSilenceableError()
                                        << message;
  failure.attachNote(target->getLoc()) << "when applied to this op";
  return failure;
}

//===----------------------------------------------------------------------===//
// Layers and plans
//===----------------------------------------------------------------------===//

static llvm::Expected<llvm::GlobPattern> parseGlob(StringRef text) {
  return llvm::GlobPattern::create(text, /*MaxSubPatterns=*/1024);
}

LogicalResult TransformMatchLayersOp::verify() {
  llvm::Expected<llvm::GlobPattern> glob = parseGlob(getLayers());
  if (!glob) // match_layers_c1
    return emitOpError("expected a glob: ") << llvm::toString(glob.takeError());
  return success();
}

DiagnosedSilenceableFailure
TransformMatchLayersOp::apply(transform::TransformRewriter &rewriter,
                              transform::TransformResults &results,
                              transform::TransformState &state) {
  llvm::GlobPattern glob = llvm::cantFail(parseGlob(getLayers()));
  SmallVector<Operation *> targets =
      llvm::to_vector(state.getPayloadOps(getTarget()));
  SmallVector<Operation *> matched;
  for (const NamedLayer &named : collectLayers(state.getTopLevel())) {
    Operation *layer = named.layer.getOp();
    bool isInside = llvm::any_of(
        targets, [&](Operation *target) { return target->isAncestor(layer); });
    if (isInside && glob.match(named.name))
      matched.push_back(layer);
  }
  results.set(cast<OpResult>(getMatched()), matched);
  return DiagnosedSilenceableFailure::success();
}

void TransformMatchLayersOp::getEffects(
    SmallVectorImpl<MemoryEffects::EffectInstance> &effects) {
  transform::onlyReadsHandle(getTargetMutable(), effects);
  transform::producesHandle(getOperation()->getOpResults(), effects);
  transform::onlyReadsPayload(effects);
}

static PlanRequest getRequest(TransformPlanOp op) {
  PlanRequest request;
  llvm::append_range(request.candidates,
                     op.getSeries().getAsRange<SeriesAttr>());
  if (std::optional<APFloat> bound = op.getMaxDroppedMagnitude())
    request.bound = bound->convertToDouble();
  request.side = op.getSide();
  return request;
}

LogicalResult TransformPlanOp::verify() {
  // transform_plan_c1, transform_plan_c2
  return getRequest(*this).verify(
      [&](StringRef option) { return emitOpError(option) << ": "; });
}

/// Keeps up the count of plans that a payload module is stamped with.
static void changePlanCount(transform::TransformState &state, int64_t change) {
  auto module = dyn_cast<ModuleOp>(state.getTopLevel());
  if (!module)
    return;
  StringRef name = TASDDialect::kPlanCountAttrName;
  auto stamp = module->getAttrOfType<IntegerAttr>(name);
  if (!stamp)
    return change > 0 ? stampPlanCount(module) : void();
  Builder builder(module.getContext());
  module->setAttr(name, builder.getI64IntegerAttr(stamp.getInt() + change));
}

/// Why the plan that a layer has cannot be carried out; empty if it can.
static std::string findPlanViolation(const Layer &layer) {
  auto plan =
      layer.getOp()->getAttrOfType<PlanAttr>(TASDDialect::kPlanAttrName);
  return plan && !plan.isDense() ? layer.findViolation(plan) : std::string();
}

/// The targets as layers, called as in the whole payload.
static DiagnosedSilenceableFailure
getTargetLayers(TransformPlanOp op, transform::TransformState &state,
                SmallVectorImpl<NamedLayer> &targets) {
  llvm::DenseMap<Operation *, NamedLayer> layers;
  for (NamedLayer &named : collectLayers(state.getTopLevel()))
    layers.try_emplace(named.layer.getOp(), std::move(named));
  for (Operation *target : state.getPayloadOps(op.getTarget())) {
    auto named = layers.find(target);
    if (named == layers.end())
      return failSilenceably(op, target,
                             "expected a contraction or a convolution");
    std::string violation = findPlanViolation(named->second.layer);
    if (!violation.empty())
      return failSilenceably(op, target, "has a plan: " + violation);
    targets.push_back(named->second);
  }
  return DiagnosedSilenceableFailure::success();
}

DiagnosedSilenceableFailure
TransformPlanOp::apply(transform::TransformRewriter &rewriter,
                       transform::TransformResults &results,
                       transform::TransformState &state) {
  SmallVector<NamedLayer> targets;
  DiagnosedSilenceableFailure status = getTargetLayers(*this, state, targets);
  if (!status.succeeded())
    return status;
  PlanRequest request = getRequest(*this);
  SmallVector<Operation *> planned;
  int64_t numSet = 0;
  for (const NamedLayer &target : targets) {
    FailureOr<PlanDecision> decision = planLayer(request, target);
    if (failed(decision))
      return DiagnosedSilenceableFailure::definiteFailure();
    if (!decision->plan || decision->plan.isDense())
      continue;
    numSet += !decision->isKept;
    planned.push_back(target.layer.getOp());
  }
  changePlanCount(state, numSet);
  results.set(cast<OpResult>(getPlanned()), planned);
  return DiagnosedSilenceableFailure::success();
}

void TransformPlanOp::getEffects(
    SmallVectorImpl<MemoryEffects::EffectInstance> &effects) {
  transform::onlyReadsHandle(getTargetMutable(), effects);
  transform::producesHandle(getOperation()->getOpResults(), effects);
  transform::modifiesPayload(effects);
}

//===----------------------------------------------------------------------===//
// Rewrites
//===----------------------------------------------------------------------===//

DiagnosedSilenceableFailure
TransformConvertOp::applyToOne(transform::TransformRewriter &rewriter,
                               linalg::LinalgOp target,
                               transform::ApplyToEachResultList &results,
                               transform::TransformState &state) {
  auto plan = target->getAttrOfType<PlanAttr>(TASDDialect::kPlanAttrName);
  if (!plan || plan.isDense())
    return failSilenceably(*this, target, "expected a plan with a series");
  std::optional<Layer> layer = Layer::match(target);
  std::string violation = layer ? layer->findViolation(plan)
                                : "expected a contraction or a convolution";
  if (!violation.empty())
    return failSilenceably(*this, target, violation);
  results.push_back(convertLayerToTASD(rewriter, *layer, plan));
  changePlanCount(state, -1);
  return DiagnosedSilenceableFailure::success();
}

/// The payload of a handle as ops of one kind.
template <typename OpTy>
static DiagnosedSilenceableFailure
getTargetsOfKind(transform::TransformOpInterface transform, Value handle,
                 transform::TransformState &state,
                 SmallVectorImpl<OpTy> &targets) {
  for (Operation *target : state.getPayloadOps(handle)) {
    auto op = dyn_cast<OpTy>(target);
    if (!op)
      return failSilenceably(transform, target,
                             "expected '" + OpTy::getOperationName() +
                                 "' but got '" +
                                 target->getName().getStringRef() + "'");
    targets.push_back(op);
  }
  return DiagnosedSilenceableFailure::success();
}

DiagnosedSilenceableFailure
TransformPackOp::apply(transform::TransformRewriter &rewriter,
                       transform::TransformResults &results,
                       transform::TransformState &state) {
  SmallVector<DecomposeOp> targets;
  DiagnosedSilenceableFailure status =
      getTargetsOfKind(*this, getTarget(), state, targets);
  if (!status.succeeded())
    return status;
  SeriesPacker packer(rewriter);
  SmallVector<Operation *> assembled;
  for (DecomposeOp target : targets) {
    FailureOr<AssembleOp> series = packer.replace(target);
    if (failed(series))
      return DiagnosedSilenceableFailure::definiteFailure();
    assembled.push_back(*series);
  }
  results.set(cast<OpResult>(getAssembled()), assembled);
  return DiagnosedSilenceableFailure::success();
}

DiagnosedSilenceableFailure
TransformDistributeOp::apply(transform::TransformRewriter &rewriter,
                             transform::TransformResults &results,
                             transform::TransformState &state) {
  SmallVector<ContractOp> targets;
  DiagnosedSilenceableFailure status =
      getTargetsOfKind(*this, getTarget(), state, targets);
  if (!status.succeeded())
    return status;
  SmallVector<Operation *> products;
  for (ContractOp target : targets) {
    if (hasSeveralTerms(target))
      llvm::append_range(products, distributeTerms(rewriter, target));
    else
      products.push_back(target);
  }
  results.set(cast<OpResult>(getProducts()), products);
  return DiagnosedSilenceableFailure::success();
}

DiagnosedSilenceableFailure
TransformLowerToLinalgOp::applyToOne(transform::TransformRewriter &rewriter,
                                     ContractOp target,
                                     transform::ApplyToEachResultList &results,
                                     transform::TransformState &state) {
  for (Value input : {target.getLhs(), target.getRhs()})
    if (isa<SeriesType>(input.getType()) && !isPackedSeries(input))
      return failSilenceably(*this, target, "expected packed series");
  results.push_back(lowerContractToLinalg(rewriter, target));
  return DiagnosedSilenceableFailure::success();
}

LogicalResult TransformLowerToVectorOp::verify() {
  if (getVectorBits() != 256 && getVectorBits() != 512) // lower_to_vector_c1
    return emitOpError("expected vectors of 256 or 512 bits but got ")
           << getVectorBits();
  return success();
}

DiagnosedSilenceableFailure
TransformLowerToVectorOp::applyToOne(transform::TransformRewriter &rewriter,
                                     ContractOp target,
                                     transform::ApplyToEachResultList &results,
                                     transform::TransformState &state) {
  ConvertTASDToVectorOptions options;
  options.vectorBits = getVectorBits();
  options.cacheKib = getCacheKib();
  StringRef reason;
  if (failed(lowerContractToVector(rewriter, target, options, reason)))
    return failSilenceably(*this, target, "expected packed series: " + reason);
  return DiagnosedSilenceableFailure::success();
}

//===----------------------------------------------------------------------===//
// Effects
//===----------------------------------------------------------------------===//

/// Of a rewrite: what the handle of the targets stood for is gone.
static void
addRewriteEffects(Operation *transform,
                  SmallVectorImpl<MemoryEffects::EffectInstance> &effects) {
  transform::consumesHandle(transform->getOpOperands(), effects);
  transform::producesHandle(transform->getOpResults(), effects);
  transform::modifiesPayload(effects);
}

void TransformConvertOp::getEffects(
    SmallVectorImpl<MemoryEffects::EffectInstance> &effects) {
  addRewriteEffects(*this, effects);
}

void TransformPackOp::getEffects(
    SmallVectorImpl<MemoryEffects::EffectInstance> &effects) {
  addRewriteEffects(*this, effects);
}

void TransformDistributeOp::getEffects(
    SmallVectorImpl<MemoryEffects::EffectInstance> &effects) {
  addRewriteEffects(*this, effects);
}

void TransformLowerToLinalgOp::getEffects(
    SmallVectorImpl<MemoryEffects::EffectInstance> &effects) {
  addRewriteEffects(*this, effects);
}

void TransformLowerToVectorOp::getEffects(
    SmallVectorImpl<MemoryEffects::EffectInstance> &effects) {
  addRewriteEffects(*this, effects);
}

//===----------------------------------------------------------------------===//
// Registration
//===----------------------------------------------------------------------===//

namespace {
class TASDTransformExtension
    : public transform::TransformDialectExtension<TASDTransformExtension> {
public:
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(TASDTransformExtension)

  void init() {
    // Of the attributes of the ops.
    declareDependentDialect<TASDDialect>();
    // Of what the rewrites build.
    declareGeneratedDialect<affine::AffineDialect>();
    declareGeneratedDialect<arith::ArithDialect>();
    declareGeneratedDialect<linalg::LinalgDialect>();
    declareGeneratedDialect<scf::SCFDialect>();
    declareGeneratedDialect<tensor::TensorDialect>();
    declareGeneratedDialect<vector::VectorDialect>();
    registerTransformOps<
#define GET_OP_LIST
#include "tasd/Dialect/TASD/TransformOps/TASDTransformOps.cpp.inc"
        >();
  }
};
} // namespace

void mlir::tasd::registerTransformDialectExtension(DialectRegistry &registry) {
  registry.addExtensions<TASDTransformExtension>();
}
