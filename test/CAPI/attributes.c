//===- attributes.c - Patterns, series and their types from C -------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

// RUN: %build/bin/capi/attributes 2>&1 | FileCheck %s

#include "tasd-c/Attributes.h"

#include "Inputs/common.h"
#include "mlir-c/BuiltinTypes.h"
#include "tasd-c/Types.h"

static void printFamily(MlirStringRef keyword, MlirStringRef syntax,
                        void *userData) {
  printText(keyword, userData);
  fprintf(stderr, " is written ");
  printText(syntax, userData);
  fprintf(stderr, "\n");
}

static void printAttribute(MlirAttribute attr) {
  mlirAttributePrint(attr, printText, NULL);
  fprintf(stderr, "\n");
}

static void testPatterns(MlirLocation loc) {
  // CHECK-LABEL: @testPatterns
  fprintf(stderr, "@testPatterns\n");

  // CHECK: nm is written N:M
  tasdForEachPatternFamily(mlirLocationGetContext(loc), printFamily, NULL);

  MlirAttribute pattern = tasdPatternAttrParse(loc, text("2:4"));
  // CHECK: #tasd.nm<2:4>
  printAttribute(pattern);
  // CHECK: 2:4 is a pattern: 1, N:M: 1, a series: 0, 2 of 4, density 0.50
  tasdPatternAttrPrint(pattern, printText, NULL);
  fprintf(stderr,
          " is a pattern: %d, N:M: %d, a series: %d, %d of %d, density %.2f\n",
          tasdAttributeIsAPattern(pattern), tasdAttributeIsANM(pattern),
          tasdAttributeIsASeries(pattern), (int)tasdNMAttrGetN(pattern),
          (int)tasdNMAttrGetM(pattern), tasdPatternAttrGetMaxDensity(pattern));
  // CHECK: built equals parsed: 1
  fprintf(stderr, "built equals parsed: %d\n",
          mlirAttributeEqual(tasdNMAttrGet(loc, 2, 4), pattern));

  // CHECK: error: expected 1 <= N <= M <= 64 but got 5:4
  // CHECK: error: expected 1 <= N <= M <= 64 but got 0:4
  // CHECK: null: 1 1
  int parsedIsNull =
      mlirAttributeIsNull(tasdPatternAttrParse(loc, text("5:4")));
  int builtIsNull = mlirAttributeIsNull(tasdNMAttrGet(loc, 0, 4));
  fprintf(stderr, "null: %d %d\n", parsedIsNull, builtIsNull);
}

static void testSeries(MlirLocation loc) {
  // CHECK-LABEL: @testSeries
  fprintf(stderr, "@testSeries\n");

  MlirAttribute series = tasdSeriesAttrParse(loc, text("2:4+1:8"));
  // CHECK: #tasd.series<2:4+1:8>
  printAttribute(series);
  MlirAttribute patterns[2];
  // CHECK: 2:4+1:8 has 2 patterns
  tasdSeriesAttrPrint(series, printText, NULL);
  fprintf(stderr, " has %d patterns\n",
          (int)tasdSeriesAttrGetNumPatterns(series));
  for (int pos = 0; pos < 2; ++pos)
    patterns[pos] = tasdSeriesAttrGetPattern(series, pos);
  // CHECK: built equals parsed: 1
  fprintf(stderr, "built equals parsed: %d\n",
          mlirAttributeEqual(tasdSeriesAttrGet(loc, 2, patterns), series));

  // CHECK: #tasd.series<tw(128)+csr>
  printAttribute(tasdSeriesAttrGetStored(
      tasdSeriesAttrParse(loc, text("tw(128, rows = 0.5)+csr(above = 0.1)"))));

  // CHECK: error: expected a pattern but got '' in '2:4+'
  (void)tasdSeriesAttrParse(loc, text("2:4+"));
  // CHECK: error: expected between 1 and 254 patterns but got 0
  (void)tasdSeriesAttrGet(loc, 0, NULL);
  // CHECK: error: expected a pattern but got #tasd.series<2:4+1:8>
  (void)tasdSeriesAttrGet(loc, 1, &series);
  // CHECK: error: expected a pattern but got <<NULL ATTRIBUTE>>
  MlirAttribute none = nullAttribute();
  MlirAttribute made = tasdSeriesAttrGet(loc, 1, &none);
  // CHECK: null: 1, a pattern: 0, a series: 0
  fprintf(stderr, "null: %d, a pattern: %d, a series: %d\n",
          mlirAttributeIsNull(made), tasdAttributeIsAPattern(made),
          tasdAttributeIsASeries(made));
}

static void testType(MlirLocation loc) {
  // CHECK-LABEL: @testType
  fprintf(stderr, "@testType\n");
  MlirContext context = mlirLocationGetContext(loc);
  MlirAttribute series = tasdSeriesAttrParse(loc, text("2:4+1:8"));
  MlirType tensor = mlirTypeParseGet(context, text("tensor<3x3x64x128xf16>"));
  int64_t along[] = {0, 1, 2};
  MlirType type = tasdSeriesTypeGet(loc, tensor, series, 3, along);

  // CHECK: !tasd.series<3x3x64x128xf16, 2:4+1:8, along = [0, 1, 2]>
  mlirTypePrint(type, printText, NULL);
  // CHECK: is a series: 1, a tensor is one: 0
  fprintf(stderr, " is a series: %d, a tensor is one: %d\n",
          tasdTypeIsASeries(type), tasdTypeIsASeries(tensor));
  // CHECK: tensor: 1, series: 1, along 3 dimensions, the last is 2
  fprintf(stderr,
          "tensor: %d, series: %d, along %d dimensions, the last is %d\n",
          mlirTypeEqual(tasdSeriesTypeGetTensorType(type), tensor),
          mlirAttributeEqual(tasdSeriesTypeGetSeries(type), series),
          (int)tasdSeriesTypeGetNumAlong(type),
          (int)tasdSeriesTypeGetAlong(type, 2));
  // CHECK: tensor<128x288xf16> tensor<128x72xi8> tensor<128x72xf16> tensor<128x27xi8>
  for (int pos = 0; pos < tasdSeriesTypeGetNumComponents(type); ++pos) {
    mlirTypePrint(tasdSeriesTypeGetComponentType(type, pos), printText, NULL);
    fprintf(stderr, " ");
  }
  fprintf(stderr, "\n");

  // CHECK: error: expected `along` to name distinct dimensions below 4 but got [7]
  int64_t outside = 7;
  (void)tasdSeriesTypeGet(loc, tensor, series, 1, &outside);
  // CHECK: error: expected a ranked tensor type but got 'f32'
  (void)tasdSeriesTypeGet(loc, mlirF32TypeGet(context), series, 1, along);
  // CHECK: error: expected a #tasd.series but got #tasd.nm<2:4>
  MlirAttribute pattern = tasdSeriesAttrGetPattern(series, 0);
  MlirType made = tasdSeriesTypeGet(loc, tensor, pattern, 1, along);
  // CHECK: null: 1
  fprintf(stderr, "null: %d\n", mlirTypeIsNull(made));
}

/// The dialect by its handle, in a context that knows nothing else.
static void testHandle(void) {
  // CHECK-LABEL: @testHandle
  fprintf(stderr, "@testHandle\n");
  MlirContext context = mlirContextCreate();
  MlirDialectHandle handle = mlirGetDialectHandle__tasd__();
  mlirDialectHandleRegisterDialect(handle, context);
  // CHECK: tasd is loaded: 1
  printText(mlirDialectHandleGetNamespace(handle), NULL);
  fprintf(stderr, " is loaded: %d\n",
          !mlirDialectIsNull(mlirDialectHandleLoadDialect(handle, context)));
  // CHECK: #tasd.plan<dense, 2:4 along [0] at compile_time>
  printAttribute(mlirAttributeParseGet(
      context, text("#tasd.plan<dense, 2:4 along [0] at compile_time>")));
  mlirContextDestroy(context);
}

int main(void) {
  MlirContext context = createContext();
  // Passes may be registered again.
  mlirRegisterTASDPasses();
  MlirLocation loc = mlirLocationUnknownGet(context);
  testPatterns(loc);
  testSeries(loc);
  testType(loc);
  testHandle();
  mlirContextDestroy(context);
  return 0;
}
