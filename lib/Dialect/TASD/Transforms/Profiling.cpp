//===- Profiling.cpp - Measure the inputs of layers -----------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Dialect/TASD/Transforms/Profiling.h"

#include "tasd/Dialect/TASD/Analysis/ConstantTensor.h"
#include "tasd/Pass/Remarks.h"

#include <set>

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
  auto type = cast<ShapedType>(layer.getInput(input).getType());
  if (!getSparsityElementType(type.getElementType(), /*isUnsigned=*/false))
    return "series cannot have its element type";
  SmallVector<int64_t> along = layer.getBlockedDims(input, /*isWeights=*/false);
  if (along.empty())
    return "it has no dimension that blocks run along";
  for (int64_t dim : along)
    if (type.isDynamicDim(dim))
      return "blocks would run along a dimension of any extent";
  return {};
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

/// The profiles of a layer's inputs, null where not measured.
using InputProfiles = SmallVector<OperandProfileAttr>;

/// Turns what was measured of an input into an attribute.
static FailureOr<OperandProfileAttr>
makeProfile(const NamedLayer &named, int64_t input,
            const sparsity::OperandProfile &profile, double share) {
  linalg::LinalgOp op = named.layer.getOp();
  auto emit = [&] {
    return op->emitError() << sparsity::getOperandText(named.name, input)
                           << ": ";
  };
  if (input < 0 || input > 1)
    return emit() << "expected a profile of input 0 or 1";
  SmallVector<int64_t> along =
      named.layer.getBlockedDims(input, /*isWeights=*/false);
  int64_t numColumns = 1;
  auto type = cast<ShapedType>(named.layer.getInput(input).getType());
  for (int64_t dim : along)
    numColumns *= type.getDimSize(dim);
  if (along.empty() || numColumns != profile.numColumns)
    return emit() << "expected a profile of "
                  << (along.empty() ? 0 : numColumns) << " columns but got "
                  << profile.numColumns;
  if (profile.getNumElements() == 0)
    return emit() << "expected a profile of some data but got one of none";
  return OperandProfileAttr::get(op->getContext(), along, profile, share);
}

/// Sets the profile of a layer; returns how many of its inputs have one.
static FailureOr<int64_t>
setProfile(const NamedLayer &named,
           const std::map<int64_t, sparsity::OperandProfile> &operands,
           double share) {
  linalg::LinalgOp op = named.layer.getOp();
  InputProfiles inputs(op.getNumDpsInputs());
  for (const auto &[input, operand] : operands) {
    FailureOr<OperandProfileAttr> profile =
        makeProfile(named, input, operand, share);
    if (failed(profile))
      return failure();
    inputs[input] = *profile;
  }
  op->setAttr(TASDDialect::kProfileAttrName,
              ProfileAttr::get(op->getContext(), inputs));
  return static_cast<int64_t>(operands.size());
}

FailureOr<ProfilingCounts>
mlir::tasd::attachProfile(ModuleOp module, const sparsity::Profile &profile,
                          double share) {
  ProfilingCounts counts;
  std::set<std::string> names;
  for (const NamedLayer &named : collectLayers(module)) {
    names.insert(named.name);
    auto it = profile.layers.find(named.name);
    if (it == profile.layers.end())
      continue;
    FailureOr<int64_t> numSet = setProfile(named, it->second, share);
    if (failed(numSet))
      return failure();
    counts.done += *numSet;
  }
  for (const auto &[name, operands] : profile.layers) {
    if (names.count(name))
      continue;
    counts.leftOut += static_cast<int64_t>(operands.size());
    mlir::emitWarning(module.getLoc())
        << "expected a layer '" << name << "', which the profile has";
  }
  if (counts.done == 0)
    return mlir::emitError(module.getLoc())
           << "expected a profile of layers of this module but got none";
  return counts;
}
