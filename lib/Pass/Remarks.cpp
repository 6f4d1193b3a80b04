//===- Remarks.cpp - What passes decided about layers ---------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Pass/Remarks.h"

#include "mlir/IR/Remarks.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "tasd/Pass/LayerNames.h"

#include <mutex>

using namespace mlir;
using namespace mlir::tasd;

static remark::RemarkOpts getOptions(Operation *op, StringRef pass) {
  auto function = op->getParentOfType<FunctionOpInterface>();
  return remark::RemarkOpts::name(pass).category("tasd").function(
      function ? function.getName() : StringRef());
}

/// Emits the remark that `open` begins. One at a time: passes run on several
/// functions at once, and MLIR's writers of remarks take no turns.
static void emit(function_ref<remark::detail::InFlightRemark()> open,
                 Operation *op, ArrayRef<RemarkArgument> arguments) {
  static std::mutex mutex;
  std::lock_guard<std::mutex> lock(mutex);
  remark::detail::InFlightRemark remark = open();
  if (!remark)
    return;
  bool isNamed = llvm::is_contained(llvm::make_first_range(arguments), "layer");
  std::string name = isNamed ? "" : getLocationName(op->getLoc());
  if (!name.empty())
    remark << remark::metric("layer", name);
  for (const auto &[key, value] : arguments)
    remark << remark::metric(key, value);
}

void mlir::tasd::remarkPassed(Operation *op, StringRef pass,
                              ArrayRef<RemarkArgument> arguments) {
  emit([&] { return remark::passed(op->getLoc(), getOptions(op, pass)); }, op,
       arguments);
}

void mlir::tasd::remarkMissed(Operation *op, StringRef pass,
                              ArrayRef<RemarkArgument> arguments) {
  emit([&] { return remark::missed(op->getLoc(), getOptions(op, pass)); }, op,
       arguments);
}

void mlir::tasd::remarkMissed(Operation *op, StringRef pass, StringRef reason) {
  remarkMissed(op, pass, {{"reason", reason.str()}});
}

void mlir::tasd::remarkAnalysis(Operation *op, StringRef pass,
                                ArrayRef<RemarkArgument> arguments) {
  emit([&] { return remark::analysis(op->getLoc(), getOptions(op, pass)); }, op,
       arguments);
}
