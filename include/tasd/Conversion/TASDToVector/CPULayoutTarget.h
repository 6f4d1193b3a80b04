//===- CPULayoutTarget.h - CPUs that constants are laid out for *- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_CONVERSION_TASDTOVECTOR_CPULAYOUTTARGET_H
#define TASD_CONVERSION_TASDTOVECTOR_CPULAYOUTTARGET_H

#include "mlir/IR/DialectRegistry.h"

namespace mlir::tasd {

/// Makes the targets known whose kernels convert-tasd-to-vector builds:
/// `cpu-avx2` and `cpu-avx512` for x86, `cpu-256` and `cpu-512` for any
/// processor with registers of so many bits.
void registerCPULayoutTargets(DialectRegistry &registry);

/// The one of them with registers of so many bits.
StringRef getCPULayoutTarget(int64_t vectorBits, bool isX86);

} // namespace mlir::tasd

#endif // TASD_CONVERSION_TASDTOVECTOR_CPULAYOUTTARGET_H
