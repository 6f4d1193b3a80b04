//===- TASDDialect.cpp - Registration and what the dialect verifies -------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Dialect/TASD/IR/TASD.h"

#include "PatternAttrs.h"
#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/DialectImplementation.h"
#include "tasd/Dialect/TASD/IR/BytecodeVersion.h"
#include "tasd/Dialect/TASD/IR/LayoutTarget.h"
#include "tasd/Sparsity/BSR.h"
#include "tasd/Sparsity/NM.h"
#include "tasd/Sparsity/TileWise.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace mlir::tasd;

#include "tasd/Dialect/TASD/IR/TASDDialect.cpp.inc"
#include "tasd/Dialect/TASD/IR/TASDEnums.cpp.inc"

//===----------------------------------------------------------------------===//
// Registration
//===----------------------------------------------------------------------===//

/// The version of the dialect's bytecode.
static constexpr uint64_t kVersion = 4;

void TASDDialect::initialize() {
  registerAttributes();
  registerTypes();
  addOperations<
#define GET_OP_LIST
#include "tasd/Dialect/TASD/IR/TASDOps.cpp.inc"
      >();
  addInterface(std::make_unique<VersionedBytecode>(this, kVersion));
  registerPattern(sparsity::createNMFamily(),
                  [](MLIRContext *context, const sparsity::Pattern &pattern) {
                    auto &nm =
                        static_cast<const sparsity::NMPattern &>(pattern);
                    return NMAttr::get(context, nm.getN(), nm.getM());
                  });
  for (auto cut :
       {sparsity::TileCut::Survivors, sparsity::TileCut::Consecutive})
    registerPattern(sparsity::createTileWiseFamily(cut), getTileWiseAttr);
  registerPattern(sparsity::createBSRFamily(), getBlockSparseAttr);
}

void TASDDialect::registerPattern(
    std::shared_ptr<const sparsity::PatternFamily> family,
    PatternAttrBuilder builder) {
  patternAttrBuilders[family->getKeyword()] = std::move(builder);
  patternRegistry.add(std::move(family));
}

Attribute TASDDialect::getPatternAttr(const sparsity::Pattern &pattern) {
  auto it = patternAttrBuilders.find(pattern.getFamilyKeyword());
  assert(it != patternAttrBuilders.end() && "family is not registered");
  return it->second(getContext(), pattern);
}

void TASDDialect::registerLayoutTarget(
    std::shared_ptr<const LayoutTarget> target) {
  std::string name = target->getName().str();
  layoutTargets.try_emplace(std::move(name), std::move(target));
}

const LayoutTarget *TASDDialect::findLayoutTarget(StringRef name) const {
  auto it = layoutTargets.find(name);
  return it == layoutTargets.end() ? nullptr : it->second.get();
}

SmallVector<StringRef> TASDDialect::getLayoutTargetNames() const {
  return llvm::to_vector_of<StringRef>(llvm::make_first_range(layoutTargets));
}

//===----------------------------------------------------------------------===//
// Discardable attributes
//===----------------------------------------------------------------------===//

/// Checks the plan of one input, an operand of `op`.
static LogicalResult verifyOperandPlan(Operation *op, unsigned index,
                                       OperandPlanAttr plan, Type type) {
  auto tensor = dyn_cast<RankedTensorType>(type);
  if (!tensor)
    return op->emitOpError("input ")
           << index << ": expected a ranked tensor but got " << type;
  // A series has to be able to take the operand's place: plan_c3, plan_c4.
  auto emit = [&] { return op->emitOpError("input ") << index << ": "; };
  return verifyBlockedTensor(emit, tensor.getShape(), tensor.getElementType(),
                             plan.getAlong());
}

/// Checks the statistics of one input, an operand of `op`.
static LogicalResult verifyOperandProfile(Operation *op, unsigned index,
                                          OperandProfileAttr profile,
                                          Type type) {
  auto emit = [&] { return op->emitOpError("input ") << index << ": "; };
  auto tensor = dyn_cast<RankedTensorType>(type);
  if (!tensor) // profile_c3
    return emit() << "expected a ranked tensor but got " << type;
  if (failed(verifyBlockedTensor(emit, tensor.getShape(),
                                 tensor.getElementType(),
                                 profile.getAlong()))) // profile_c3, profile_c4
    return failure();
  int64_t numColumns = 1;
  for (int64_t dim : profile.getAlong())
    numColumns *= tensor.getDimSize(dim);
  auto numMoments = static_cast<int64_t>(profile.getSecondMoments().size());
  if (profile.getColumnMoments() && numMoments != numColumns) // profile_c5
    return emit() << "expected " << numColumns << " second moments but got "
                  << numMoments;
  return success();
}

/// Checks the entries for the inputs of `op`: `what` they are, as in "a plan",
/// and each with the type of its operand.
template <typename T>
static LogicalResult
verifyInputs(Operation *op, StringRef name, StringRef what, ArrayRef<T> inputs,
             LogicalResult (*verify)(Operation *, unsigned, T, Type)) {
  auto linalgOp = dyn_cast<linalg::LinalgOp>(op);
  if (!linalgOp || !linalgOp.hasPureTensorSemantics()) // plan_c1, profile_c1
    return op->emitOpError("expected a linalg op on tensors to carry '")
           << name << "'";
  if (static_cast<int64_t>(inputs.size()) !=
      linalgOp.getNumDpsInputs()) // plan_c2, profile_c2
    return op->emitOpError("expected ")
           << what << " with " << linalgOp.getNumDpsInputs()
           << " inputs but got " << inputs.size();
  for (auto [index, input] : llvm::enumerate(inputs))
    if (input &&
        failed(verify(op, index, input,
                      linalgOp.getDpsInputOperand(index)->get().getType())))
      return failure();
  return success();
}

/// Whether `attr` may stand on `op` as the mapping of a contraction, the series
/// of which is operand A.
static bool isMappingOf(Operation *op, Attribute attr) {
  auto contract = dyn_cast<ContractOp>(op);
  auto mapping = dyn_cast<MappingAttr>(attr);
  return contract && mapping &&
         isa<SeriesType>(op->getOperand(mapping.getA()).getType());
}

static bool isCountOf(Operation *op, Attribute attr) {
  auto count = dyn_cast<IntegerAttr>(attr);
  return isa<ModuleOp>(op) && count && count.getType().isSignlessInteger(64);
}

static bool isCostOf(Operation *op, Attribute attr) {
  return isa<linalg::LinalgOp, ContractOp>(op) && isa<DictionaryAttr>(attr);
}

LogicalResult TASDDialect::verifyOperationAttribute(Operation *op,
                                                    NamedAttribute attribute) {
  StringRef name = attribute.getName();
  Attribute value = attribute.getValue();
  auto check = [&](bool holds, StringRef expected) -> LogicalResult {
    if (holds)
      return success();
    return op->emitOpError("expected '")
           << name << "' to be " << expected << " but got " << value;
  };
  if (name == kPlanAttrName) {
    auto plan = dyn_cast<PlanAttr>(value);
    return plan ? verifyInputs(op, name, "a plan", plan.getInputs(),
                               verifyOperandPlan)
                : check(false, "a #tasd.plan");
  }
  if (name == kProfileAttrName) {
    auto profile = dyn_cast<ProfileAttr>(value);
    return profile ? verifyInputs(op, name, "a profile", profile.getInputs(),
                                  verifyOperandProfile)
                   : check(false, "a #tasd.profile");
  }
  if (name == kMappingAttrName)
    return check(isMappingOf(op, value),
                 "a #tasd.mapping on a contraction, the "
                 "series of which is its operand A,");
  if (name == kCostAttrName)
    return check(isCostOf(op, value), "a dictionary on a layer");
  if (name == kPlanCountAttrName)
    return check(isCountOf(op, value), "an i64 on a module");
  return op->emitOpError("unknown attribute '")
         << attribute.getName().getValue() << "'";
}
