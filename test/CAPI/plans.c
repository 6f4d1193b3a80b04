//===- plans.c - Layers, their plans and the passes from C ----------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

// RUN: %build/bin/capi/plans 2>&1 | FileCheck %s

#include "tasd-c/Plans.h"

#include "Inputs/common.h"
#include "tasd-c/Attributes.h"

static const char *const source =
    "func.func @main(%a: tensor<4x8xf32>, %b: tensor<8x2xf32>,\n"
    "                %c: tensor<4x2xf32>, %image: tensor<1x4x4x3xf32>,\n"
    "                %d: tensor<1x3x3x3xf32>)\n"
    "    -> (tensor<4x2xf32>, tensor<1x3x3x3xf32>) {\n"
    "  %w = arith.constant dense<1.0> : tensor<8x2xf32>\n"
    "  %f = arith.constant dense<1.0> : tensor<2x2x3xf32>\n"
    "  %0 = linalg.matmul\n"
    "      ins(%a, %w : tensor<4x8xf32>, tensor<8x2xf32>)\n"
    "      outs(%c : tensor<4x2xf32>) -> tensor<4x2xf32> loc(\"weights\")\n"
    "  %1 = linalg.matmul\n"
    "      ins(%a, %b : tensor<4x8xf32>, tensor<8x2xf32>)\n"
    "      outs(%0 : tensor<4x2xf32>) -> tensor<4x2xf32>\n"
    "  %2 = linalg.depthwise_conv_2d_nhwc_hwc\n"
    "      ins(%image, %f : tensor<1x4x4x3xf32>, tensor<2x2x3xf32>)\n"
    "      outs(%d : tensor<1x3x3x3xf32>) -> tensor<1x3x3x3xf32>\n"
    "  return %1, %2 : tensor<4x2xf32>, tensor<1x3x3x3xf32>\n"
    "}\n";

/// The layers of the module above, in order.
typedef struct Layers {
  int count;
  MlirOperation ops[3];
} Layers;

static void addLayer(MlirStringRef name, MlirOperation op,
                     MlirStringRef obstacle, void *userData) {
  Layers *layers = userData;
  fprintf(stderr, "layer ");
  printText(name, NULL);
  fprintf(stderr, "%s", obstacle.length ? ", which has no series: " : "");
  printText(obstacle, NULL);
  fprintf(stderr, "\n");
  if (layers->count < 3)
    layers->ops[layers->count++] = op;
}

static Layers collectLayers(MlirModule module) {
  // CHECK: layer weights
  // CHECK-NEXT: layer main/matmul#0
  // CHECK-NEXT: layer main/depthwise_conv_2d_nhwc_hwc#0, which has no series: a depthwise convolution sums over no channels
  Layers layers = {0};
  tasdForEachLayer(mlirModuleGetOperation(module), addLayer, &layers);
  return layers;
}

static MlirAttribute parse(MlirContext context, const char *attribute) {
  return mlirAttributeParseGet(context, text(attribute));
}

/// Plans the first of the layers attribute by attribute and reads the plan.
static void testStructuredPlan(MlirLocation loc, Layers layers) {
  // CHECK-LABEL: @testStructuredPlan
  fprintf(stderr, "@testStructuredPlan\n");
  // docs: plan
  MlirAttribute series = tasdSeriesAttrParse(loc, text("2:4+1:8"));
  int64_t along = 0;
  MlirAttribute inputs[] = {nullAttribute(),
                            tasdOperandPlanAttrGet(loc, series, 1, &along,
                                                   TasdDecomposeAtCompileTime)};
  MlirAttribute plan = tasdPlanAttrGet(loc, 2, inputs);
  // docs: end
  // CHECK: has a plan: 0
  fprintf(stderr, "has a plan: %d\n",
          !mlirAttributeIsNull(tasdLayerGetPlan(layers.ops[0])));
  // CHECK: set: success
  printResult("set", tasdLayerSetPlan(layers.ops[0], plan));
  // CHECK: verified: success
  printResult("verified", tasdLayerVerifyPlan(layers.ops[0]));

  MlirAttribute read = tasdLayerGetPlan(layers.ops[0]);
  MlirAttribute input = tasdPlanAttrGetInput(read, 1);
  // CHECK: a plan: 1, dense: 0, of 2 inputs, the first is dense: 1
  fprintf(stderr,
          "a plan: %d, dense: %d, of %d inputs, the first is dense: %d\n",
          tasdAttributeIsAPlan(read), tasdPlanAttrIsDense(read),
          (int)tasdPlanAttrGetNumInputs(read),
          mlirAttributeIsNull(tasdPlanAttrGetInput(read, 0)));
  // CHECK: of an operand: 1, series: 1, along 1 dimension: 0, at run time: 0
  fprintf(stderr,
          "of an operand: %d, series: %d, along %d dimension: %d, "
          "at run time: %d\n",
          tasdAttributeIsAOperandPlan(input),
          mlirAttributeEqual(tasdOperandPlanAttrGetSeries(input), series),
          (int)tasdOperandPlanAttrGetNumAlong(input),
          (int)tasdOperandPlanAttrGetAlong(input, 0),
          tasdOperandPlanAttrGetTime(input) == TasdDecomposeAtRunTime);
}

/// A plan with a mapping, made and read part by part.
static void testMapping(MlirLocation loc) {
  // CHECK-LABEL: @testMapping
  fprintf(stderr, "@testMapping\n");
  MlirContext context = mlirLocationGetContext(loc);
  MlirAttribute mapping = tasdMappingAttrGet(
      loc, text("stc"), 1, text("DRAM: for N in [0:8)\n\nSMEM:\n"));
  MlirAttribute dense = parse(context, "#tasd.plan<dense, dense>");
  MlirAttribute plan = tasdPlanAttrWithMapping(loc, dense, mapping);
  // CHECK: #tasd.plan<dense, dense, mapping = <"stc", a = 1, ["DRAM: for N in [0:8)", "SMEM:"]>>
  mlirAttributeDump(plan);
  MlirAttribute read = tasdPlanAttrGetMapping(plan);
  // CHECK: a mapping: 1 0, on stc, A is input 1, of 2 levels, the second SMEM:
  fprintf(stderr, "a mapping: %d %d, on ", tasdAttributeIsAMapping(read),
          tasdAttributeIsAMapping(plan));
  printText(tasdMappingAttrGetMachine(read), NULL);
  fprintf(stderr, ", A is input %d, of %d levels, the second ",
          (int)tasdMappingAttrGetA(read),
          (int)tasdMappingAttrGetNumLevels(read));
  printText(tasdMappingAttrGetLevel(read, 1), NULL);
  // CHECK: none: 1, without: 1
  fprintf(stderr, "\nnone: %d, without: %d\n",
          mlirAttributeIsNull(tasdPlanAttrGetMapping(dense)),
          mlirAttributeEqual(
              tasdPlanAttrWithMapping(loc, plan, nullAttribute()), dense));

  // CHECK: error: expected a line for each level but got none
  (void)tasdMappingAttrGet(loc, text("stc"), 1, text("\n"));
  // CHECK: error: expected a #tasd.mapping but got #tasd.plan<dense, dense>
  (void)tasdPlanAttrWithMapping(loc, dense, dense);
  // CHECK: error: expected operand A of the mapping to be input 0, which has a series, but got 1
  (void)tasdPlanAttrWithMapping(
      loc, parse(context, "#tasd.plan<2:4 along [1] at run_time, dense>"),
      mapping);
}

/// What cannot be planned says so, and nothing changes.
static void testWrongPlans(MlirLocation loc, Layers layers) {
  // CHECK-LABEL: @testWrongPlans
  fprintf(stderr, "@testWrongPlans\n");
  MlirContext context = mlirLocationGetContext(loc);
  MlirAttribute plan =
      parse(context, "#tasd.plan<dense, 2:4 along [0] at compile_time>");
  // CHECK: error: 'linalg.matmul' op input 1: expected a constant to decompose at compile time
  (void)tasdLayerSetPlan(layers.ops[1], plan);
  // CHECK: error: 'linalg.depthwise_conv_2d_nhwc_hwc' op cannot be planned: a depthwise convolution sums over no channels
  (void)tasdLayerSetPlan(layers.ops[2], plan);
  // CHECK: error: 'linalg.matmul' op expected a plan with 2 inputs but got 0
  (void)tasdLayerSetPlan(layers.ops[1], tasdPlanAttrGet(loc, 0, NULL));
  // CHECK: error: 'linalg.matmul' op expected 'tasd.plan' to be a #tasd.plan but got #tasd.series<2:4>
  (void)tasdLayerSetPlan(layers.ops[1], parse(context, "#tasd.series<2:4>"));
  // CHECK: error: 'linalg.matmul' op expected a plan but got none
  (void)tasdLayerSetPlan(layers.ops[1], nullAttribute());
  // CHECK: error: 'func.return' op expected a linalg op on tensors to carry 'tasd.plan'
  MlirBlock block = mlirOperationGetBlock(layers.ops[0]);
  printResult("set", tasdLayerSetPlan(mlirBlockGetTerminator(block), plan));
  // CHECK: set: failure
  // CHECK: has a plan: 0 0
  fprintf(stderr, "has a plan: %d %d\n",
          !mlirAttributeIsNull(tasdLayerGetPlan(layers.ops[1])),
          !mlirAttributeIsNull(tasdLayerGetPlan(layers.ops[2])));

  // CHECK: error: expected a #tasd.series but got #tasd.nm<2:4>
  int64_t along[] = {0, 0};
  (void)tasdOperandPlanAttrGet(loc, parse(context, "#tasd.nm<2:4>"), 1, along,
                               TasdDecomposeAtRunTime);
  // CHECK: error: expected `along` to name distinct dimensions but got [0, 0]
  MlirAttribute series = tasdSeriesAttrParse(loc, text("2:4"));
  (void)tasdOperandPlanAttrGet(loc, series, 2, along, TasdDecomposeAtRunTime);
  // CHECK: error: expected a time to decompose of 0 or 1 but got 7
  (void)tasdOperandPlanAttrGet(loc, series, 1, along, (TasdDecomposeTime)7);
  // CHECK: error: expected a #tasd.operand_plan but got #tasd.series<2:4>
  (void)tasdPlanAttrGet(loc, 1, &series);
}

static void testPasses(MlirModule module, Layers layers) {
  // CHECK-LABEL: @testPasses
  fprintf(stderr, "@testPasses\n");
  // One pass with default options, which ask for a series.
  MlirPassManager manager = mlirPassManagerCreate(mlirModuleGetContext(module));
  mlirPassManagerAddOwnedPass(manager, mlirCreateTASDPlan());
  // CHECK: error: option series: expected exactly one series without a bound but got 0
  // CHECK: without options: failure
  printResult("without options",
              mlirPassManagerRunOnOp(manager, mlirModuleGetOperation(module)));
  mlirPassManagerDestroy(manager);
  // CHECK: 'tasd-unknown' does not refer to a registered pass or pass pipeline
  // CHECK: unknown: failure
  printResult("unknown", runPipeline(module, "tasd-unknown"));

  // CHECK: plan: success
  printResult("plan",
              runPipeline(module, "tasd-plan{series=2:4 side=activations}"));
  // The plan set by hand is kept.
  // CHECK: #tasd.plan<dense, 2:4+1:8 along [0] at compile_time>
  mlirAttributeDump(tasdLayerGetPlan(layers.ops[0]));
  // CHECK: #tasd.plan<2:4 along [1] at run_time, dense>
  mlirAttributeDump(tasdLayerGetPlan(layers.ops[1]));
}

/// Removed plans are no lost ones once the module is stamped anew.
static void testStamp(MlirModule module, Layers layers) {
  // CHECK-LABEL: @testStamp
  fprintf(stderr, "@testStamp\n");
  tasdLayerRemovePlan(layers.ops[1]);
  tasdModuleStampPlanCount(module);
  // CHECK-NOT: expected 2 plans
  // CHECK: convert: success
  printResult("convert",
              runPipeline(module, "convert-linalg-to-tasd,"
                                  "tasd-verify-converted,tasd-pack"));
  // CHECK: module {
  // CHECK: tasd.assemble
  // CHECK: tasd.contract
  // CHECK: linalg.matmul
  mlirOperationDump(mlirModuleGetOperation(module));
}

int main(void) {
  MlirContext context = createContext();
  MlirLocation loc = mlirLocationUnknownGet(context);
  MlirModule module = mlirModuleCreateParse(context, text(source));
  Layers layers = collectLayers(module);
  testStructuredPlan(loc, layers);
  testMapping(loc);
  testWrongPlans(loc, layers);
  testPasses(module, layers);
  testStamp(module, layers);
  mlirModuleDestroy(module);
  mlirContextDestroy(context);
  return 0;
}
