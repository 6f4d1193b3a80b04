//===- KernelWork.cpp - What a work asks of a kernel ----------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Cost/KernelWork.h"

#include "llvm/ADT/Twine.h"

#include <algorithm>

using namespace tasd::cost;
using namespace tasd::machine;
using llvm::createStringError;

/// Of a row of A, the share of elements that is stored: packed terms have
/// slots, of which kernels skip those that no non-zero is left for.
static double getStoredShare(const Input &a) {
  if (a.series.size() == 0)
    return 1;
  double share = 0;
  for (const auto &pattern : a.series.getPatterns())
    share += pattern->getMaxDensity().value_or(1);
  return std::min(share, a.density);
}

KernelWork tasd::cost::countKernelWork(const Work &work) {
  double m = work.extents.m, n = work.extents.n, k = work.extents.k;
  double stored = k * getStoredShare(work.a);
  double count = work.numProducts;
  KernelWork result;
  result.calls = count;
  result.macs = count * m * n * stored;
  result.a = count * m * stored;
  result.b = count * k * n;
  result.z = count * m * n;
  result.parts = work.gathersB || work.scattersZ ? count : 0;
  result.gathered = work.gathersB ? result.b : 0;
  result.scattered = work.scattersZ ? result.z : 0;
  return result;
}

static llvm::Error verifyWork(const Work &work, const Machine &machine) {
  if (work.a.decomposedAtRunTime)
    return createStringError(
        "machine '" + machine.name +
        "' has no measured cost of series that are packed at run time");
  for (Operand operand : {Operand::A, Operand::B})
    if (llvm::Error error =
            checkSeries(machine, operand, work.getInput(operand).series))
      return error;
  return llvm::Error::success();
}

llvm::Expected<const MeasuredKernel *>
tasd::cost::findKernel(const Work &work, const Machine &machine) {
  if (llvm::Error error = verifyWork(work, machine))
    return std::move(error);
  KernelForm form =
      work.a.series.size() == 0 ? KernelForm::Dense : KernelForm::Packed;
  bool readsWindows = work.window.has_value();
  for (const MeasuredKernel &kernel : machine.measured->kernels)
    if (kernel.form == form && kernel.readsWindows == readsWindows &&
        kernel.type == work.a.type && kernel.type == work.b.type &&
        work.extents.n <= kernel.maxColumns)
      return &kernel;
  return createStringError(
      "machine '" + machine.name + "' has no measured kernel for " +
      (form == KernelForm::Dense ? "dense" : "packed") + " operands of '" +
      work.a.type + "' and '" + work.b.type + "'" +
      (readsWindows ? " and windows" : ""));
}

double tasd::cost::countCycles(const KernelWork &work,
                               const MeasuredKernel &kernel,
                               const MeasuredParts &parts) {
  return work.calls * kernel.callCycles + work.macs * kernel.macCycles +
         work.a * kernel.aCycles + work.b * kernel.bCycles +
         work.z * kernel.zCycles + work.parts * parts.callCycles +
         work.gathered * parts.gatherCycles +
         work.scattered * parts.scatterCycles;
}
