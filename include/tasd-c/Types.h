//===-- tasd-c/Types.h - C API of the series type -----------------*- C -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The type of a tensor stored as a sum of structured-sparse terms.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_C_TYPES_H
#define TASD_C_TYPES_H

#include "mlir-c/IR.h"

#ifdef __cplusplus
extern "C" {
#endif

MLIR_CAPI_EXPORTED bool tasdTypeIsASeries(MlirType type);

/// The series over a ranked tensor type whose blocks run along the given
/// dimensions, flattened in that order; of a series as it is stored. Emits an
/// error at the location and returns a null type where there is none.
MLIR_CAPI_EXPORTED MlirType tasdSeriesTypeGet(MlirLocation loc,
                                              MlirType tensorType,
                                              MlirAttribute series,
                                              intptr_t numAlong,
                                              const int64_t *along);

/// The dense tensor this is, logically.
MLIR_CAPI_EXPORTED MlirType tasdSeriesTypeGetTensorType(MlirType type);
MLIR_CAPI_EXPORTED MlirAttribute tasdSeriesTypeGetSeries(MlirType type);
MLIR_CAPI_EXPORTED intptr_t tasdSeriesTypeGetNumAlong(MlirType type);
MLIR_CAPI_EXPORTED int64_t tasdSeriesTypeGetAlong(MlirType type, intptr_t pos);

/// The tensors of the packed form: the components of the first term, then of
/// the second, and so on. Extents that depend on what is stored are dynamic.
MLIR_CAPI_EXPORTED intptr_t tasdSeriesTypeGetNumComponents(MlirType type);
MLIR_CAPI_EXPORTED MlirType tasdSeriesTypeGetComponentType(MlirType type,
                                                           intptr_t pos);

#ifdef __cplusplus
} // extern "C"
#endif

#endif // TASD_C_TYPES_H
