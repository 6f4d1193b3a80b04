//===- Profiling.cpp - Measure the inputs of layers -----------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Dialect/TASD/Transforms/Profiling.h"

#include "OperandCandidates.h"

#include "tasd/Dialect/TASD/Analysis/ConstantTensor.h"
#include "tasd/Pass/Remarks.h"

#include "llvm/ADT/StringMap.h"

using namespace mlir;
using namespace mlir::tasd;

llvm::Error InstrumentRequest::verify() const {
  sparsity::ProfileRequest request;
  request.blockSizes.assign(blockSizes.begin(), blockSizes.end());
  for (SeriesAttr one : series)
    request.series.push_back(one.getSeries());
  return request.verify();
}

static bool isChosen(const InstrumentRequest &request, StringRef layer) {
  return (!request.layers || request.layers->match(layer)) &&
         !(request.skip && request.skip->match(layer));
}

//===----------------------------------------------------------------------===//
// Before the run
//===----------------------------------------------------------------------===//

/// Why an input that is no constant is not measured; empty if it is.
static std::string findObstacle(const Layer &layer, unsigned input) {
  if (!layer.getObstacle().empty())
    return layer.getObstacle().str();
  if (layer.hasZeroPoint(input))
    return "its zero point is not a constant 0";
  return findInputObstacle(layer.getContraction().types[input],
                           layer.getBlockedDims(input, /*isWeights=*/false));
}

/// Puts the measurement of an input before its layer.
static void record(const InstrumentRequest &request, const NamedLayer &named,
                   unsigned input) {
  linalg::LinalgOp op = named.layer.getOp();
  OpBuilder builder(op);
  DenseI64ArrayAttr blockSizes;
  if (!request.blockSizes.empty())
    blockSizes = builder.getDenseI64ArrayAttr(request.blockSizes);
  ArrayAttr series;
  if (!request.series.empty())
    series = builder.getArrayAttr(
        SmallVector<Attribute>(request.series.begin(), request.series.end()));
  RecordOp::create(builder, op.getLoc(), named.layer.getInput(input), input,
                   named.name,
                   named.layer.getBlockedDims(input, /*isWeights=*/false),
                   named.layer.getContraction().isUnsigned[input], blockSizes,
                   series, request.hasFullSecondMoments);
}

ProfilingCounts mlir::tasd::instrumentModule(ModuleOp module,
                                             const InstrumentRequest &request) {
  static constexpr StringLiteral kPass = "tasd-instrument";
  ProfilingCounts counts;
  for (const NamedLayer &named : collectLayers(module)) {
    Operation *op = linalg::LinalgOp(named.layer.getOp());
    for (unsigned input : {0, 1}) {
      if (!isChosen(request, named.name) ||
          ConstantTensor::isConstant(named.layer.getInput(input)))
        continue;
      std::string obstacle = findObstacle(named.layer, input);
      if (obstacle.empty()) {
        record(request, named, input);
        ++counts.done;
        remarkPassed(op, kPass,
                     {{"layer", named.name}, {"input", std::to_string(input)}});
        continue;
      }
      ++counts.leftOut;
      remarkMissed(op, kPass,
                   {{"layer", named.name},
                    {"input", std::to_string(input)},
                    {"reason", obstacle}});
    }
  }
  return counts;
}

//===----------------------------------------------------------------------===//
// After the run
//===----------------------------------------------------------------------===//

/// By the input's number.
using OperandProfiles = std::map<int64_t, sparsity::OperandProfile>;

static LogicalResult verifyOperand(const NamedLayer &named, int64_t input,
                                   const sparsity::OperandProfile &profile) {
  linalg::LinalgOp op = named.layer.getOp();
  auto emit = [&] {
    return op->emitError() << sparsity::getOperandText(named.name, input)
                           << ": ";
  };
  if (input < 0 || input > 1)
    return emit() << "expected a profile of input 0 or 1";
  SmallVector<int64_t> along =
      named.layer.getBlockedDims(input, /*isWeights=*/false);
  int64_t numColumns = along.empty() ? 0 : 1;
  auto type = cast<ShapedType>(named.layer.getInput(input).getType());
  for (int64_t dim : along)
    numColumns *= type.getDimSize(dim);
  if (along.empty() || numColumns != profile.numColumns)
    return emit() << "expected a profile of " << numColumns
                  << " columns but got " << profile.numColumns;
  if (profile.getNumElements() == 0)
    return emit() << "expected a profile of some data but got one of none";
  return success();
}

/// Says which layers of a profile the module does not have.
static LogicalResult failForOthers(ModuleOp module,
                                   const sparsity::Profile &profile,
                                   ArrayRef<std::string> others) {
  InFlightDiagnostic error = mlir::emitError(module.getLoc())
                             << "expected a profile of layers of this module "
                                "but got layer '"
                             << others.front() << "'";
  if (others.size() > 1)
    error << " and " << others.size() - 1 << " more that it does not have, of "
          << profile.layers.size();
  return error;
}

LogicalResult mlir::tasd::verifyProfile(ModuleOp module,
                                        const sparsity::Profile &profile,
                                        bool allowsOthers) {
  llvm::StringMap<NamedLayer> layers;
  for (const NamedLayer &named : collectLayers(module))
    layers.try_emplace(named.name, named);
  std::vector<std::string> others;
  for (const auto &[name, operands] : profile.layers) {
    auto layer = layers.find(name);
    if (layer == layers.end()) {
      others.push_back(name);
      continue;
    }
    for (const auto &[input, operand] : operands)
      if (failed(verifyOperand(layer->second, input, operand)))
        return failure();
  }
  if (profile.layers.empty())
    return mlir::emitError(module.getLoc())
           << "expected a profile of layers of this module but got none";
  bool fitsNone = others.size() == profile.layers.size();
  if (!others.empty() && (fitsNone || !allowsOthers))
    return failForOthers(module, profile, others);
  return success();
}

static void setProfile(const NamedLayer &named, const OperandProfiles &operands,
                       double share) {
  linalg::LinalgOp op = named.layer.getOp();
  SmallVector<OperandProfileAttr> inputs(op.getNumDpsInputs());
  for (const auto &[input, operand] : operands)
    inputs[input] = OperandProfileAttr::get(
        op->getContext(),
        named.layer.getBlockedDims(input, /*isWeights=*/false), operand, share);
  op->setAttr(TASDDialect::kProfileAttrName,
              ProfileAttr::get(op->getContext(), inputs));
}

FailureOr<ProfilingCounts>
mlir::tasd::attachProfile(ModuleOp module, const sparsity::Profile &profile,
                          double share, bool allowsOthers) {
  if (failed(verifyProfile(module, profile, allowsOthers)))
    return failure();
  ProfilingCounts counts;
  for (const auto &layer : profile.layers)
    counts.leftOut += static_cast<int64_t>(layer.second.size());
  for (const NamedLayer &named : collectLayers(module)) {
    auto it = profile.layers.find(named.name);
    if (it == profile.layers.end())
      continue;
    setProfile(named, it->second, share);
    counts.done += static_cast<int64_t>(it->second.size());
  }
  counts.leftOut -= counts.done;
  return counts;
}
