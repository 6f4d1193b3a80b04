// RUN: tasd-opt %s --pass-pipeline="builtin.module(transform-preload-library{transform-library-paths=%S/Inputs/plan.mlir},func.func(transform-interpreter))" | FileCheck %s

// A script that is run on functions, in parallel, names layers inside each of
// them and leaves the module's count of plans alone.

// CHECK-NOT: tasd.plan_count
// CHECK-LABEL: @first
func.func @first(%a: tensor<8x16xf32>, %c: tensor<8x16xf32>) -> tensor<8x16xf32> {
  %w = arith.constant dense<1.0> : tensor<16x16xf32>
  // CHECK: linalg.matmul {tasd.plan
  %0 = linalg.matmul ins(%a, %w : tensor<8x16xf32>, tensor<16x16xf32>) outs(%c : tensor<8x16xf32>) -> tensor<8x16xf32> loc("dense")
  // CHECK: linalg.matmul ins
  %1 = linalg.matmul ins(%0, %w : tensor<8x16xf32>, tensor<16x16xf32>) outs(%c : tensor<8x16xf32>) -> tensor<8x16xf32> loc("dense")
  return %1 : tensor<8x16xf32>
}

// CHECK-LABEL: @second
func.func @second(%a: tensor<8x16xf32>, %c: tensor<8x16xf32>) -> tensor<8x16xf32> {
  %w = arith.constant dense<1.0> : tensor<16x16xf32>
  // CHECK: linalg.matmul {tasd.plan
  %0 = linalg.matmul ins(%a, %w : tensor<8x16xf32>, tensor<16x16xf32>) outs(%c : tensor<8x16xf32>) -> tensor<8x16xf32> loc("dense")
  return %0 : tensor<8x16xf32>
}
