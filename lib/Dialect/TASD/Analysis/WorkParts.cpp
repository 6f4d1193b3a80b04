//===- WorkParts.cpp - Layers that machines run part by part --------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Dialect/TASD/Analysis/WorkParts.h"

#include "tasd/Dialect/TASD/Analysis/ConstantTensor.h"
#include "tasd/Dialect/TASD/Analysis/OperandMetrics.h"
#include "tasd/Dialect/TASD/Analysis/TermParts.h"
#include "tasd/Dialect/TASD/IR/ConstantStorage.h"
#include "tasd/Sparsity/Packing.h"

using namespace mlir;
using namespace mlir::tasd;
using sparsity::PackedPart;

namespace {
/// Constants that a term is made of.
struct TermSource {
  Value tensor;
  /// By which the term is selected.
  sparsity::Series series;
  ArrayRef<int64_t> along;
  bool isUnsigned = false;
};
} // namespace

/// None where there are none to be read: the data are those of a running
/// program, or laid out in another way.
using StoredParts = std::optional<std::vector<PackedPart>>;

/// The parts of what a series of one term keeps of constants. Errors are
/// emitted at the op whose data is at fault.
static FailureOr<StoredParts> packParts(Operation *op,
                                        const TermSource &source) {
  FailureOr<ConstantTensor> tensor = ConstantTensor::get(source.tensor);
  if (failed(tensor))
    return failure();
  sparsity::TensorView view = tensor->getView(source.along, source.isUnsigned);
  auto packed =
      sparsity::pack(view, source.series, getThreadPool(op->getContext()));
  releaseConstantData(op->getContext());
  if (!packed)
    return op->emitError(llvm::toString(packed.takeError()));
  SmallVector<ArrayRef<char>> components;
  for (const std::vector<char> &component : packed->components.front())
    components.push_back(component);
  return StoredParts(
      source.series.getPatterns().front()->getParts(view.blocked, components));
}

static bool isConstant(Value value) {
  return ConstantTensor::isConstant(value);
}

/// Of a layer that is planned.
static FailureOr<StoredParts> findPlannedParts(const LayerWork &work,
                                               unsigned input) {
  Layer layer = *Layer::match(cast<linalg::LinalgOp>(work.op));
  if (!isConstant(layer.getInput(input)))
    return StoredParts();
  auto type = cast<SeriesType>(work.contraction.types[input]);
  return packParts(work.op,
                   {layer.getInput(input), work.selected[input].getSeries(),
                    type.getAlong(), work.contraction.isUnsigned[input]});
}

/// Of a layer whose plan has been carried out.
static FailureOr<StoredParts> findContractedParts(const LayerWork &work,
                                                  unsigned input) {
  Value series = work.op->getOperand(input);
  auto assemble = series.getDefiningOp<AssembleOp>();
  if (assemble && llvm::all_of(assemble.getSizedComponents(), isConstant))
    return StoredParts(getTermParts(assemble, 0));
  auto decompose = series.getDefiningOp<DecomposeOp>();
  if (!decompose || !isConstant(decompose.getInput()))
    return StoredParts();
  return packParts(decompose,
                   {decompose.getInput(),
                    decompose.getSelectedSeries().getSeries(),
                    decompose.getType().getAlong(), decompose.getIsUnsigned()});
}

WorkParts mlir::tasd::getWorkParts(const LayerWork &work,
                                   ArrayRef<PackedPart> parts) {
  WorkParts result;
  for (const PackedPart &part : parts)
    result.list.push_back(WorkPart::get(work.op->getContext(), part));
  if (result.list.empty())
    result.obstacle = "its series keeps nothing";
  return result;
}

LogicalResult mlir::tasd::findParts(LayerWork &work) {
  std::optional<unsigned> input = work.findInputWithParts();
  if (!input || !work.obstacle.empty())
    return success();
  auto parts = isa<ContractOp>(work.op) ? findContractedParts(work, *input)
                                        : findPlannedParts(work, *input);
  if (failed(parts))
    return failure();
  if (*parts)
    work.parts = getWorkParts(work, **parts);
  else
    work.parts = WorkParts{{}, "its series is not stored in parts"};
  return success();
}
