//===-- tasd-c/Launch.h - C API of the accelerator ----------------*- C -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The simulated accelerator on which code compiled by tasd-lower-to-ttc runs
// its layers, and what became of each launch.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_C_LAUNCH_H
#define TASD_C_LAUNCH_H

#include "mlir-c/IR.h"

#ifdef __cplusplus
extern "C" {
#endif

/// An accelerator, and the launches on it that nobody has taken yet.
typedef struct TasdLaunchContext {
  void *ptr;
} TasdLaunchContext;

/// Whether launches compute, or only take their time; their outputs then stay
/// as they are.
typedef enum TasdLaunchMode {
  TasdLaunchFunctional = 0,
  TasdLaunchTiming = 1
} TasdLaunchMode;

/// Makes an accelerator of a machine, by the name of one that the library
/// brings or by the path of its file. Null, with a diagnostic at the location,
/// where there is none, or where the simulator cannot run programs on it, or
/// the mode is no TasdLaunchMode.
MLIR_CAPI_EXPORTED TasdLaunchContext
tasdLaunchContextCreate(MlirLocation loc, MlirStringRef machine, int32_t mode);

/// Whether it could not be made.
static inline bool tasdLaunchContextIsNull(TasdLaunchContext context) {
  return !context.ptr;
}

/// Takes an accelerator down, with what is left on it. Code that is running may
/// not launch on it any more.
MLIR_CAPI_EXPORTED void tasdLaunchContextDestroy(TasdLaunchContext context);

/// Lets all launches of this process run on an accelerator from now on; without
/// one, as at first or after a null one, a launch aborts. Not synchronised with
/// running code.
MLIR_CAPI_EXPORTED void tasdLaunchContextSetCurrent(TasdLaunchContext context);

/// Hears of a launch: the name of its layer, the cycles it took, and all
/// statistics of the simulator as JSON. Both texts last for the call.
typedef void (*TasdLaunchCallback)(MlirStringRef layer, int64_t cycles,
                                   MlirStringRef statistics, void *userData);

/// Reports all launches since the last time, in order, and forgets them. A
/// failure, with a diagnostic at the location that names the layer, where a
/// launch could not be run; none that followed it was.
MLIR_CAPI_EXPORTED MlirLogicalResult
tasdLaunchContextTake(TasdLaunchContext context, MlirLocation loc,
                      TasdLaunchCallback callback, void *userData);

#ifdef __cplusplus
} // extern "C"
#endif

#endif // TASD_C_LAUNCH_H
