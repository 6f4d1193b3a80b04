//===- Passes.td - Passes on the tasd dialect and its plans *- tablegen -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_DIALECT_TASD_TRANSFORMS_PASSES
#define TASD_DIALECT_TASD_TRANSFORMS_PASSES

include "tasd/Dialect/TASD/Transforms/Phases.td"
include "tasd/Dialect/TASD/Transforms/Plans.td"
include "tasd/Dialect/TASD/Transforms/Profiles.td"
include "tasd/Dialect/TASD/Transforms/Series.td"

#endif // TASD_DIALECT_TASD_TRANSFORMS_PASSES
