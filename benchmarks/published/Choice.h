//===- Choice.h - The series of a network's layers --------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_BENCHMARKS_PUBLISHED_CHOICE_H
#define TASD_BENCHMARKS_PUBLISHED_CHOICE_H

#include "Comparison.h"

namespace tasd::published {

/// Lets the strategy choose among the runs of each layer that have a series of
/// one of the sides, or none. Errors: those of the strategy.
llvm::Expected<MachineResult> choose(const VariantResult &variant,
                                     const ComparedMachine &machine,
                                     Sides sides,
                                     llvm::ArrayRef<std::vector<LayerRun>> runs,
                                     const Setting &setting);

} // namespace tasd::published

#endif // TASD_BENCHMARKS_PUBLISHED_CHOICE_H
