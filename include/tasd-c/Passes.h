//===-- tasd-c/Passes.h - C API of the passes ---------------------*- C -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// mlirRegisterTASDPasses registers all passes and pipelines of the project, so
// that mlirParsePassPipeline and mlirOpPassManagerAddPipeline know their names
// and options: "tasd-plan{series=2:4}", "tasd-lower-to-cpu". It may be called
// again. mlirCreateTASD<Pass> makes one pass with default options.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_C_PASSES_H
#define TASD_C_PASSES_H

#include "mlir-c/Pass.h"

// IWYU pragma: begin_exports
#include "tasd-c/Passes.capi.h.inc"
// IWYU pragma: end_exports

#endif // TASD_C_PASSES_H
