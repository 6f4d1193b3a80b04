//===-- tasd-c/Plans.h - C API of layers and their plans ----------*- C -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A layer is a contraction or a convolution in linalg. Its plan says, for each
// of its inputs, which series it becomes, if any. The passes choose plans and
// carry them out (tasd-c/Passes.h); here they are read and written one by one.
//
// Attributes are made as in tasd-c/Attributes.h; the text of a plan is parsed
// by mlirAttributeParseGet, as in "#tasd.plan<dense, 2:4 along [0] at
// compile_time>".
//
//===----------------------------------------------------------------------===//

#ifndef TASD_C_PLANS_H
#define TASD_C_PLANS_H

#include "mlir-c/IR.h"

#ifdef __cplusplus
extern "C" {
#endif

//===----------------------------------------------------------------------===//
// Plans of operands
//===----------------------------------------------------------------------===//

/// When an operand is decomposed.
typedef enum TasdDecomposeTime {
  TasdDecomposeAtCompileTime = 0,
  TasdDecomposeAtRunTime = 1,
  /// No time, but what gives the type room for every number: a wrong one is an
  /// error that is told, and not undefined.
  TasdDecomposeTimeLimit = 0x7fffffff
} TasdDecomposeTime;

MLIR_CAPI_EXPORTED bool tasdAttributeIsAOperandPlan(MlirAttribute attr);

/// The plan of an operand whose blocks run along the given dimensions.
MLIR_CAPI_EXPORTED MlirAttribute tasdOperandPlanAttrGet(MlirLocation loc,
                                                        MlirAttribute series,
                                                        intptr_t numAlong,
                                                        const int64_t *along,
                                                        TasdDecomposeTime time);
MLIR_CAPI_EXPORTED MlirAttribute
tasdOperandPlanAttrGetSeries(MlirAttribute attr);
MLIR_CAPI_EXPORTED intptr_t tasdOperandPlanAttrGetNumAlong(MlirAttribute attr);
MLIR_CAPI_EXPORTED int64_t tasdOperandPlanAttrGetAlong(MlirAttribute attr,
                                                       intptr_t pos);
MLIR_CAPI_EXPORTED TasdDecomposeTime
tasdOperandPlanAttrGetTime(MlirAttribute attr);

//===----------------------------------------------------------------------===//
// Mappings
//===----------------------------------------------------------------------===//

MLIR_CAPI_EXPORTED bool tasdAttributeIsAMapping(MlirAttribute attr);

/// How a layer runs on the machine of a name: which input is its operand A, and
/// the text of a mapping file, a line for each level.
MLIR_CAPI_EXPORTED MlirAttribute tasdMappingAttrGet(MlirLocation loc,
                                                    MlirStringRef machine,
                                                    int64_t a,
                                                    MlirStringRef text);
MLIR_CAPI_EXPORTED MlirStringRef tasdMappingAttrGetMachine(MlirAttribute attr);
MLIR_CAPI_EXPORTED int64_t tasdMappingAttrGetA(MlirAttribute attr);
MLIR_CAPI_EXPORTED intptr_t tasdMappingAttrGetNumLevels(MlirAttribute attr);

/// The line of a level, the outermost first.
MLIR_CAPI_EXPORTED MlirStringRef tasdMappingAttrGetLevel(MlirAttribute attr,
                                                         intptr_t pos);

//===----------------------------------------------------------------------===//
// Plans of layers
//===----------------------------------------------------------------------===//

MLIR_CAPI_EXPORTED bool tasdAttributeIsAPlan(MlirAttribute attr);

/// The plan with these plans of inputs, null for those that stay dense.
MLIR_CAPI_EXPORTED MlirAttribute tasdPlanAttrGet(MlirLocation loc,
                                                 intptr_t numInputs,
                                                 const MlirAttribute *inputs);
MLIR_CAPI_EXPORTED intptr_t tasdPlanAttrGetNumInputs(MlirAttribute attr);

/// The plan of an input; null where it stays dense.
MLIR_CAPI_EXPORTED MlirAttribute tasdPlanAttrGetInput(MlirAttribute attr,
                                                      intptr_t pos);

/// The mapping of a plan; null where no machine was given.
MLIR_CAPI_EXPORTED MlirAttribute tasdPlanAttrGetMapping(MlirAttribute attr);

/// The same plan with a mapping, or null for none.
MLIR_CAPI_EXPORTED MlirAttribute tasdPlanAttrWithMapping(MlirLocation loc,
                                                         MlirAttribute attr,
                                                         MlirAttribute mapping);

/// Whether no input has a series.
MLIR_CAPI_EXPORTED bool tasdPlanAttrIsDense(MlirAttribute attr);

//===----------------------------------------------------------------------===//
// Layers
//===----------------------------------------------------------------------===//

/// Receives a layer: its name, the op, and why no input of it can be a series,
/// empty if one can be. The texts live until the callback returns.
typedef void (*TasdLayerCallback)(MlirStringRef name, MlirOperation op,
                                  MlirStringRef obstacle, void *userData);

/// Calls back for each layer inside an op, a module or a part of one, in order.
/// The callback may set and remove plans, and erase nothing. Names are those of
/// the table of tasd-print-plan, unique among the layers visited.
MLIR_CAPI_EXPORTED void tasdForEachLayer(MlirOperation root,
                                         TasdLayerCallback callback,
                                         void *userData);

/// The plan that an op carries; null if it carries none.
MLIR_CAPI_EXPORTED MlirAttribute tasdLayerGetPlan(MlirOperation op);

/// Sets the plan of an op. Emits an error at the op, and leaves it as it is,
/// where the plan cannot be carried out.
MLIR_CAPI_EXPORTED MlirLogicalResult tasdLayerSetPlan(MlirOperation op,
                                                      MlirAttribute plan);

/// Checks that the plan of an op, if it has one, can be carried out. Emits an
/// error at the op where it cannot.
MLIR_CAPI_EXPORTED MlirLogicalResult tasdLayerVerifyPlan(MlirOperation op);

/// Removes the plan of an op, which then stays dense.
MLIR_CAPI_EXPORTED void tasdLayerRemovePlan(MlirOperation op);

/// Stamps a module with the number of its plans. convert-linalg-to-tasd warns
/// where it finds fewer: to be called once the last plan is set or removed.
MLIR_CAPI_EXPORTED void tasdModuleStampPlanCount(MlirModule module);

#ifdef __cplusplus
} // extern "C"
#endif

#endif // TASD_C_PLANS_H
