//===- CompensatedWeights.cpp - Weights that make up for others -----------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CompensatedWeights.h"

#include "tasd/Dialect/TASD/Analysis/OperandMetrics.h"
#include "tasd/Dialect/TASD/IR/ConstantStorage.h"
#include "tasd/Dialect/TASD/Transforms/Compensation.h"
#include "tasd/Sparsity/Packing.h"
#include "tasd/Sparsity/ProfileFile.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/MemoryBuffer.h"

#include <cstring>

using namespace mlir;
using namespace ::tasd;
using namespace ::tasd::evaluation;
using mlir::tasd::OperandPlanAttr;

/// The rows by which the error of a series is told: with them it is known well
/// enough to put series in an order, which is all it is for.
static constexpr int64_t kNumSampledRows = 32;

//===----------------------------------------------------------------------===//
// Files
//===----------------------------------------------------------------------===//

llvm::Expected<std::unique_ptr<CompensatedWeights>>
CompensatedWeights::create(ModuleOp module, sparsity::Profile profile) {
  std::unique_ptr<CompensatedWeights> result(new CompensatedWeights());
  SmallString<128> directory;
  if (std::error_code code =
          llvm::sys::fs::createUniqueDirectory("tasder", directory))
    return llvm::createStringError("cannot create a temporary directory: " +
                                   code.message());
  result->directory = directory.str().str();
  std::string path = result->getProfilePath();
  if (llvm::Error error = sparsity::writeProfileFile(path, std::move(profile)))
    return std::move(error);
  auto *dialect =
      module.getContext()->getOrLoadDialect<mlir::tasd::TASDDialect>();
  auto read = sparsity::readProfileFile(path, dialect->getPatternRegistry());
  if (!read)
    return read.takeError();
  result->profile = std::move(*read);
  result->layers = mlir::tasd::collectLayers(module);
  result->pool = mlir::tasd::getThreadPool(module.getContext());
  return result;
}

CompensatedWeights::~CompensatedWeights() {
  if (!directory.empty())
    (void)llvm::sys::fs::remove_directories(directory);
}

std::string CompensatedWeights::getProfilePath() const {
  return directory + "/profile.json";
}

/// The file of the weights of a layer by a plan.
std::string CompensatedWeights::getPath(LayerInput place,
                                        OperandPlanAttr plan) {
  std::string key = llvm::formatv("{0}.{1}.{2}", place.layer, place.input,
                                  plan.getSeries().getText());
  std::lock_guard<std::mutex> lock(mutex);
  size_t number = numbers.try_emplace(key, numbers.size()).first->second;
  return directory + "/weights-" + std::to_string(number);
}

/// Reads a file of so many bytes, if there is one.
static bool readInto(StringRef path, MutableArrayRef<char> bytes) {
  auto buffer = llvm::MemoryBuffer::getFile(path, /*IsText=*/false,
                                            /*RequiresNullTerminator=*/false);
  if (!buffer || (*buffer)->getBufferSize() != bytes.size())
    return false;
  std::memcpy(bytes.data(), (*buffer)->getBufferStart(), bytes.size());
  return true;
}

//===----------------------------------------------------------------------===//
// Weights
//===----------------------------------------------------------------------===//

/// What was measured of the activations that weights meet; null where that does
/// not compensate them.
const sparsity::OperandProfile *
CompensatedWeights::findActivations(LayerInput place,
                                    ArrayRef<int64_t> along) const {
  const mlir::tasd::NamedLayer &named = layers[place.layer];
  const sparsity::OperandProfile *activations =
      profile.find(named.name, 1 - place.input);
  StringRef obstacle = mlir::tasd::findCompensationObstacle(
      named.layer, place.input, along, activations);
  return obstacle.empty() ? activations : nullptr;
}

/// Weights that compensation refuses, as those that are no floats, become what
/// the series keeps of them.
llvm::Error
CompensatedWeights::compute(const sparsity::OperandProfile &activations,
                            const sparsity::Series &series,
                            const sparsity::TensorView &dense,
                            const sparsity::MutableTensorView &target) const {
  auto moments = sparsity::readSecondMoments(activations);
  if (!moments)
    return moments.takeError();
  auto errors =
      sparsity::compensate(dense, series, *moments, target, getOptions(), pool);
  if (errors)
    return llvm::Error::success();
  llvm::consumeError(errors.takeError());
  return sparsity::recompose(target, series);
}

llvm::Error
CompensatedWeights::compose(LayerInput place, OperandPlanAttr plan,
                            const sparsity::TensorView &dense,
                            const sparsity::MutableTensorView &target) {
  const sparsity::OperandProfile *activations =
      findActivations(place, plan.getAlong());
  if (!activations)
    return composeKept(place, plan, dense, target);
  MutableArrayRef bytes(static_cast<char *>(target.data),
                        ShapedType::getNumElements(target.blocked.shape) *
                            sparsity::getByteWidth(target.elementType));
  std::string path = getPath(place, plan);
  if (readInto(path, bytes))
    return llvm::Error::success();
  if (llvm::Error error =
          compute(*activations, plan.getSeries().getSeries(), dense, target))
    return error;
  return writeOutputFile(
      path, [&](raw_ostream &os) { os.write(bytes.data(), bytes.size()); });
}

FailureOr<std::optional<std::vector<double>>>
CompensatedWeights::estimateErrors(size_t layer, unsigned input,
                                   ArrayRef<int64_t> along,
                                   ArrayRef<sparsity::Series> series) const {
  std::optional<std::vector<double>> shares;
  const mlir::tasd::Layer &op = layers[layer].layer;
  const sparsity::OperandProfile *activations =
      findActivations({layer, input}, along);
  if (!activations)
    return shares;
  auto moments = sparsity::readSecondMoments(*activations);
  if (!moments)
    return op.getOp()->emitError(llvm::toString(moments.takeError()));
  auto tensor = mlir::tasd::ConstantTensor::get(op.getInput(input));
  if (failed(tensor))
    return failure();
  auto samples = sparsity::sampleCompensation(
      tensor->getView(along, op.getContraction().isUnsigned[input]), series,
      *moments, kNumSampledRows, getOptions(), pool);
  mlir::tasd::releaseConstantData(op.getOp()->getContext());
  if (!samples) {
    llvm::consumeError(samples.takeError());
    return shares;
  }
  shares.emplace();
  for (const sparsity::Compensation &sample : *samples)
    shares->push_back(sample.getErrorShare());
  return shares;
}
