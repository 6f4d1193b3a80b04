//===- KernelWork.h - What a work asks of a kernel --------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The counts by which kernels of a measured machine are costed: calibration
// fits their coefficients to the same ones.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_COST_KERNELWORK_H
#define TASD_COST_KERNELWORK_H

#include "tasd/Cost/Work.h"

namespace tasd::cost {

/// Over all equal products of a work.
struct KernelWork {
  double calls = 0;
  /// Multiply-adds, of stored elements alone.
  double macs = 0;
  /// Elements: those of A that are stored.
  double a = 0, b = 0, z = 0;
  /// For parts of terms: how many, and elements of B and Z.
  double parts = 0, gathered = 0, scattered = 0;
};

KernelWork countKernelWork(const Work &work);

/// The kernel that runs a work. Errors: there is none of its type and form;
/// what the machine has no measured cost of.
llvm::Expected<const machine::MeasuredKernel *>
findKernel(const Work &work, const machine::Machine &machine);

/// The cycles of a work by a kernel.
double countCycles(const KernelWork &work,
                   const machine::MeasuredKernel &kernel,
                   const machine::MeasuredParts &parts);

} // namespace tasd::cost

#endif // TASD_COST_KERNELWORK_H
