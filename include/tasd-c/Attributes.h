//===-- tasd-c/Attributes.h - C API of patterns and series --------*- C -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Where a function makes an attribute of what may be wrong, it emits an error
// at the location given and returns a null attribute. Those that read an
// attribute ask for one of the kind that they name.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_C_ATTRIBUTES_H
#define TASD_C_ATTRIBUTES_H

#include "mlir-c/IR.h"

#ifdef __cplusplus
extern "C" {
#endif

//===----------------------------------------------------------------------===//
// Patterns
//===----------------------------------------------------------------------===//

/// Receives a family of patterns: its keyword, as in "nm", and the form of its
/// text, as in "N:M". Both live as long as the context.
typedef void (*TasdPatternFamilyCallback)(MlirStringRef keyword,
                                          MlirStringRef syntax, void *userData);

/// Calls back for each family of patterns whose text the context understands,
/// in the order in which they were registered. Loads the dialect.
MLIR_CAPI_EXPORTED void
tasdForEachPatternFamily(MlirContext context,
                         TasdPatternFamilyCallback callback, void *userData);

/// Whether an attribute names a pattern, of whatever family.
MLIR_CAPI_EXPORTED bool tasdAttributeIsAPattern(MlirAttribute attr);

/// The pattern that a text names, as in "2:4".
MLIR_CAPI_EXPORTED MlirAttribute tasdPatternAttrParse(MlirLocation loc,
                                                      MlirStringRef text);

/// Prints the text of a pattern, as in "2:4".
MLIR_CAPI_EXPORTED void tasdPatternAttrPrint(MlirAttribute attr,
                                             MlirStringCallback callback,
                                             void *userData);

/// An upper bound on the share of elements that a term may hold, 0 to 1; 1
/// where the pattern has none.
MLIR_CAPI_EXPORTED double tasdPatternAttrGetMaxDensity(MlirAttribute attr);

MLIR_CAPI_EXPORTED bool tasdAttributeIsANM(MlirAttribute attr);

/// The pattern that keeps n of m consecutive elements.
MLIR_CAPI_EXPORTED MlirAttribute tasdNMAttrGet(MlirLocation loc, int64_t n,
                                               int64_t m);
MLIR_CAPI_EXPORTED int64_t tasdNMAttrGetN(MlirAttribute attr);
MLIR_CAPI_EXPORTED int64_t tasdNMAttrGetM(MlirAttribute attr);

//===----------------------------------------------------------------------===//
// Series
//===----------------------------------------------------------------------===//

MLIR_CAPI_EXPORTED bool tasdAttributeIsASeries(MlirAttribute attr);

/// The series of a text, as in "2:4+1:8".
MLIR_CAPI_EXPORTED MlirAttribute tasdSeriesAttrParse(MlirLocation loc,
                                                     MlirStringRef text);

/// The series of these patterns, in this order.
MLIR_CAPI_EXPORTED MlirAttribute tasdSeriesAttrGet(
    MlirLocation loc, intptr_t numPatterns, const MlirAttribute *patterns);
MLIR_CAPI_EXPORTED intptr_t tasdSeriesAttrGetNumPatterns(MlirAttribute attr);
MLIR_CAPI_EXPORTED MlirAttribute tasdSeriesAttrGetPattern(MlirAttribute attr,
                                                          intptr_t pos);

/// The series that types hold once this one has been selected: without the
/// parameters of the selection, as in "tw(128)" for "tw(128, rows = 0.1)".
MLIR_CAPI_EXPORTED MlirAttribute tasdSeriesAttrGetStored(MlirAttribute attr);

/// Prints the text of a series, as in "2:4+1:8".
MLIR_CAPI_EXPORTED void tasdSeriesAttrPrint(MlirAttribute attr,
                                            MlirStringCallback callback,
                                            void *userData);

#ifdef __cplusplus
} // extern "C"
#endif

#endif // TASD_C_ATTRIBUTES_H
