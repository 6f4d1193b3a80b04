//===- TrialModule.cpp - Run what plans give, compiled once ---------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Evaluation/TrialModule.h"

#include "TrialBuilder.h"

#include "tasd/Runtime/Recompose.h"
#include "tasd/Sparsity/Packing.h"

#include <cstring>
#include <mutex>

using namespace mlir;
using namespace ::tasd;
using namespace ::tasd::evaluation;
using mlir::tasd::OperandPlanAttr;
using mlir::tasd::PlanAttr;

struct TrialModule::Workspace {
  struct Composed {
    /// What the data are composed from; null where there are none.
    OperandPlanAttr plan;
    std::vector<char> data;
  };
  /// One for each of the weights.
  std::vector<Composed> weights;
};

struct TrialModule::Idle {
  std::mutex mutex;
  std::vector<std::unique_ptr<Workspace>> workspaces;
};

TrialModule::TrialModule(Executable executable, ComposeWeights composeWeights,
                         std::vector<Weights> weights,
                         std::vector<LayerInput> slots,
                         std::vector<std::string> obstacles)
    : executable(std::move(executable)),
      composeWeights(std::move(composeWeights)), weights(std::move(weights)),
      slots(std::move(slots)), obstacles(std::move(obstacles)),
      idle(std::make_unique<Idle>()) {}
TrialModule::TrialModule(TrialModule &&) = default;
TrialModule::~TrialModule() = default;

//===----------------------------------------------------------------------===//
// Creation
//===----------------------------------------------------------------------===//

const void *TrialModule::Weights::getData() const {
  return copy.bytes.empty() ? constant.getView({}, isUnsigned).data
                            : copy.bytes.data();
}

/// Row-major copies of the elements of a view.
static NDArray copyInOrder(const sparsity::TensorView &view) {
  // Elements are moved as bytes, whatever they stand for.
  static constexpr std::pair<int64_t, DType> kDTypes[] = {
      {1, DType::UI8}, {2, DType::UI16}, {4, DType::UI32}, {8, DType::UI64}};
  int64_t width = sparsity::getByteWidth(view.elementType);
  const auto *dtype = llvm::find_if(
      kDTypes, [&](const auto &entry) { return entry.first == width; });
  NDArray array = NDArray::allocate(dtype->second, view.blocked.shape);
  copyFromStrided(static_cast<const char *>(view.data), view.strides, array);
  return array;
}

FailureOr<TrialModule::Weights>
TrialModule::getWeights(const mlir::tasd::Layer &layer, LayerInput place) {
  auto constant = mlir::tasd::ConstantTensor::get(layer.getInput(place.input));
  if (failed(constant))
    return failure();
  Weights weights{place, layer.getContraction().isUnsigned[place.input],
                  std::move(*constant), NDArray()};
  sparsity::TensorView view = weights.constant.getView({}, weights.isUnsigned);
  if (ArrayRef(view.strides) !=
      ArrayRef(getRowMajorStrides(view.blocked.shape)))
    weights.copy = copyInOrder(view);
  return weights;
}

FailureOr<TrialModule> TrialModule::create(ModuleOp module, func::FuncOp entry,
                                           ArrayRef<TriedInputs> tried,
                                           const Backend &backend,
                                           ComposeWeights composeWeights) {
  FailureOr<OpenModule> open = openModule(module, entry, tried);
  if (failed(open))
    return failure();
  auto layers = mlir::tasd::collectLayers(module);
  std::vector<Weights> weights;
  for (LayerInput place : open->weights) {
    FailureOr<Weights> next = getWeights(layers[place.layer].layer, place);
    if (failed(next))
      return failure();
    weights.push_back(std::move(*next));
  }
  FailureOr<Executable> executable =
      compile(*open->module, open->entry, backend, weights.size());
  if (failed(executable))
    return failure();
  return TrialModule(std::move(*executable), std::move(composeWeights),
                     std::move(weights), std::move(open->slots),
                     std::move(open->obstacles));
}

//===----------------------------------------------------------------------===//
// Runs
//===----------------------------------------------------------------------===//

std::unique_ptr<TrialModule::Workspace> TrialModule::takeWorkspace() const {
  std::lock_guard<std::mutex> lock(idle->mutex);
  if (idle->workspaces.empty()) {
    auto workspace = std::make_unique<Workspace>();
    workspace->weights.resize(weights.size());
    return workspace;
  }
  std::unique_ptr<Workspace> workspace = std::move(idle->workspaces.back());
  idle->workspaces.pop_back();
  return workspace;
}

void TrialModule::giveBack(std::unique_ptr<Workspace> workspace) const {
  std::lock_guard<std::mutex> lock(idle->mutex);
  idle->workspaces.push_back(std::move(workspace));
}

static OperandPlanAttr getPlan(ArrayRef<PlanAttr> plans, LayerInput place) {
  PlanAttr plan = plans[place.layer];
  return plan ? plan.getInputs()[place.input] : OperandPlanAttr();
}

llvm::Error evaluation::composeKept(LayerInput, OperandPlanAttr plan,
                                    const sparsity::TensorView &,
                                    const sparsity::MutableTensorView &target) {
  return sparsity::recompose(target, plan.getSeries().getSeries());
}

/// Makes `data` a row-major copy of dense data, which stand in that order at
/// `elements`, as composing them needs it.
static sparsity::MutableTensorView copyInto(std::vector<char> &data,
                                            const void *elements,
                                            const sparsity::TensorView &dense) {
  int64_t numBytes = ShapedType::getNumElements(dense.blocked.shape) *
                     sparsity::getByteWidth(dense.elementType);
  data.resize(numBytes);
  std::memcpy(data.data(), elements, numBytes);
  return {data.data(), dense.elementType, dense.blocked,
          getRowMajorStrides(dense.blocked.shape)};
}

/// The addresses of the weights that the plans ask for.
llvm::Expected<std::vector<const void *>>
TrialModule::compose(Workspace &workspace, ArrayRef<PlanAttr> plans) const {
  std::vector<const void *> addresses;
  for (auto [dense, composed] : llvm::zip_equal(weights, workspace.weights)) {
    OperandPlanAttr plan = getPlan(plans, dense.place);
    if (plan && plan != composed.plan) {
      composed.plan = nullptr;
      sparsity::TensorView view =
          dense.constant.getView(plan.getAlong(), dense.isUnsigned);
      if (llvm::Error error =
              composeWeights(dense.place, plan, view,
                             copyInto(composed.data, dense.getData(), view)))
        return std::move(error);
      composed.plan = plan;
    }
    addresses.push_back(plan ? composed.data.data() : dense.getData());
  }
  return addresses;
}

/// What becomes of the activations.
static std::vector<runtime::Recomposition>
getRecompositions(ArrayRef<LayerInput> slots, ArrayRef<PlanAttr> plans) {
  std::vector<runtime::Recomposition> recompositions;
  for (LayerInput place : slots) {
    runtime::Recomposition &next = recompositions.emplace_back();
    if (OperandPlanAttr plan = getPlan(plans, place)) {
      next.series = plan.getSeries().getSeries();
      next.along.assign(plan.getAlong().begin(), plan.getAlong().end());
    }
  }
  return recompositions;
}

llvm::Expected<RunResult> TrialModule::run(ArrayRef<PlanAttr> plans,
                                           ArrayRef<NDArray> inputs,
                                           int64_t batch) const {
  std::vector<runtime::Recomposition> recompositions =
      getRecompositions(slots, plans);
  std::unique_ptr<Workspace> workspace = takeWorkspace();
  auto addresses = compose(*workspace, plans);
  if (!addresses)
    return addresses.takeError();
  runtime::RecompositionScope scope(recompositions);
  llvm::Expected<RunResult> result =
      runSliced(executable, inputs, batch, /*progress=*/nullptr, *addresses);
  giveBack(std::move(workspace));
  return result;
}
