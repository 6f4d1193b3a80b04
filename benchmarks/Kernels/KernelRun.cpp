//===- KernelRun.cpp - One way to run a layer -----------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "KernelRun.h"

#include "../Common/CompiledMain.h"
#include "../Common/Times.h"
#include "tasd/Dialect/TASD/Analysis/WorkParts.h"
#include "tasd/Pipelines/Lowering.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Pass/PassManager.h"

using namespace mlir;
using namespace mlir::tasd;
using namespace ::tasd::benchmarks;
using namespace ::tasd::evaluation;

static LogicalResult plan(ModuleOp module, const Way &way) {
  if (!way.plan)
    return success();
  PassManager pm(module.getContext());
  pm.addPass(createPlan(*way.plan));
  return pm.run(module);
}

static FailureOr<Executable> compile(ModuleOp planned, DenseKernels dense,
                                     unsigned vectorBits) {
  OwningOpRef<ModuleOp> module = planned.clone();
  LinalgToLLVMOptions options;
  mlir::tasd::setHostMachine(options);
  options.vectorBits = vectorBits;
  options.dense = dense;
  return compileMain(
      *module, [&](PassManager &pm) { buildLowerToCPUPipeline(pm, options); });
}

static void add(cost::KernelWork &sum, const cost::KernelWork &work) {
  sum.calls += work.calls;
  sum.macs += work.macs;
  sum.a += work.a;
  sum.b += work.b;
  sum.z += work.z;
  sum.parts += work.parts;
  sum.gathered += work.gathered;
  sum.scattered += work.scattered;
}

LogicalResult KernelRun::describe(ModuleOp planned, const CostModel *model) {
  std::vector<LayerWork> layers = collectLayerWorks(planned, 1);
  LayerWork &layer = layers.front();
  if (failed(findParts(layer)))
    return failure();
  std::vector<LayerWork> works;
  if (!layer.parts)
    works.push_back(layer);
  else
    for (const WorkPart &part : layer.parts->list)
      works.push_back(layer.getPart(part));
  for (const LayerWork &work : works) {
    cost::Work product = work.getWork(layer.getOperandA());
    numColumns = product.extents.n;
    isPacked = product.a.series.size() != 0;
    add(counts, cost::countKernelWork(product));
  }
  if (!model)
    return success();
  auto mapped = model->compute(layer);
  if (!mapped)
    return planned.emitError(llvm::toString(mapped.takeError()));
  modelledCycles = mapped->runCycles;
  return success();
}

FailureOr<KernelRun> KernelRun::create(MLIRContext &context,
                                       const KernelLayer &layer, const Way &way,
                                       unsigned vectorBits,
                                       const CostModel *model) {
  auto module = parseSourceString<ModuleOp>(layer.getText(), &context);
  KernelRun run;
  run.way = way.name;
  if (!module || failed(plan(*module, way)) ||
      failed(run.describe(*module, model)))
    return failure();
  for (DenseKernels dense : {DenseKernels::Vector, DenseKernels::BLAS}) {
    // Packed terms have a kernel of their own.
    if (run.isPacked && dense == DenseKernels::BLAS)
      break;
    FailureOr<Executable> executable = compile(*module, dense, vectorBits);
    if (failed(executable))
      return failure();
    run.executables.push_back(std::move(*executable));
  }
  run.milliseconds.resize(run.executables.size());
  return run;
}

void KernelRun::run(const NDArray &input) {
  for (auto [executable, times] : llvm::zip_equal(executables, milliseconds))
    times.push_back(llvm::cantFail(executable.run(input)).threadMilliseconds);
}

double KernelRun::getMilliseconds() const {
  double least = getMedian(milliseconds.front());
  for (const std::vector<double> &times : milliseconds)
    least = std::min(least, getMedian(times));
  return least;
}

llvm::json::Object KernelRun::toJSON(const KernelLayer &layer) const {
  llvm::json::Object object{{"layer", layer.name},
                            {"way", way},
                            {"form", isPacked ? "packed" : "dense"},
                            {"reads_windows", layer.isConvolution},
                            {"columns", numColumns},
                            {"milliseconds", getMilliseconds()},
                            {"calls", counts.calls},
                            {"macs", counts.macs},
                            {"a", counts.a},
                            {"b", counts.b},
                            {"z", counts.z},
                            {"parts", counts.parts},
                            {"gathered", counts.gathered},
                            {"scattered", counts.scattered}};
  if (modelledCycles)
    object["modelled_cycles"] = *modelledCycles;
  return object;
}
