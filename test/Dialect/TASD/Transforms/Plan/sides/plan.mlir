// RUN: tasd-opt %s -tasd-plan="series=2:4" | FileCheck %s --check-prefixes=CHECK,WEIGHTS
// RUN: tasd-opt %s -tasd-plan="series=2:4 side=activations" | FileCheck %s --check-prefixes=CHECK,ACTIVATIONS
// RUN: tasd-opt %s -tasd-plan="series=2:4 side=both" | FileCheck %s --check-prefixes=CHECK,BOTH

// Which operands are planned, along which dimensions, and when.

// The stamp counts the plans.
// WEIGHTS: module attributes {tasd.plan_count = 3 : i64}
// ACTIVATIONS: module attributes {tasd.plan_count = 3 : i64}
// BOTH: module attributes {tasd.plan_count = 4 : i64}

// CHECK-LABEL: @weights_on_the_right
func.func @weights_on_the_right(%a: tensor<8x16xf32>, %c: tensor<8x4xf32>) -> tensor<8x4xf32> {
  // WEIGHTS: linalg.matmul {tasd.plan = #tasd.plan<dense, 2:4 along [0] at compile_time>}
  // ACTIVATIONS: linalg.matmul {tasd.plan = #tasd.plan<2:4 along [1] at run_time, dense>}
  // BOTH: linalg.matmul {tasd.plan = #tasd.plan<2:4 along [1] at run_time, 2:4 along [0] at compile_time>}
  %w = arith.constant dense<1.0> : tensor<16x4xf32>
  %r = linalg.matmul ins(%a, %w : tensor<8x16xf32>, tensor<16x4xf32>) outs(%c : tensor<8x4xf32>) -> tensor<8x4xf32>
  return %r : tensor<8x4xf32>
}

// CHECK-LABEL: @weights_on_the_left
func.func @weights_on_the_left(%b: tensor<16x4xf32>, %c: tensor<8x4xf32>) -> tensor<8x4xf32> {
  // WEIGHTS: linalg.matmul {tasd.plan = #tasd.plan<2:4 along [1] at compile_time, dense>}
  // ACTIVATIONS: linalg.matmul {tasd.plan = #tasd.plan<dense, 2:4 along [0] at run_time>}
  // BOTH: linalg.matmul {tasd.plan = #tasd.plan<2:4 along [1] at compile_time, 2:4 along [0] at run_time>}
  %w = arith.constant dense<1.0> : tensor<8x16xf32>
  %r = linalg.matmul ins(%w, %b : tensor<8x16xf32>, tensor<16x4xf32>) outs(%c : tensor<8x4xf32>) -> tensor<8x4xf32>
  return %r : tensor<8x4xf32>
}

// Of two constants the second is the weights.
// CHECK-LABEL: @both_constant
func.func @both_constant(%c: tensor<8x4xf32>) -> tensor<8x4xf32> {
  // WEIGHTS: linalg.matmul {tasd.plan = #tasd.plan<dense, 2:4 along [0] at compile_time>}
  // ACTIVATIONS: linalg.matmul ins
  // BOTH: linalg.matmul {tasd.plan = #tasd.plan<dense, 2:4 along [0] at compile_time>}
  %a = arith.constant dense<1.0> : tensor<8x16xf32>
  %w = arith.constant dense<1.0> : tensor<16x4xf32>
  %r = linalg.matmul ins(%a, %w : tensor<8x16xf32>, tensor<16x4xf32>) outs(%c : tensor<8x4xf32>) -> tensor<8x4xf32>
  return %r : tensor<8x4xf32>
}

// Of two activations the first is planned.
// CHECK-LABEL: @none_constant
func.func @none_constant(%a: tensor<8x16xf32>, %b: tensor<16x4xf32>, %c: tensor<8x4xf32>) -> tensor<8x4xf32> {
  // WEIGHTS: linalg.matmul ins
  // ACTIVATIONS: linalg.matmul {tasd.plan = #tasd.plan<2:4 along [1] at run_time, dense>}
  // BOTH: linalg.matmul {tasd.plan = #tasd.plan<2:4 along [1] at run_time, dense>}
  %r = linalg.matmul ins(%a, %b : tensor<8x16xf32>, tensor<16x4xf32>) outs(%c : tensor<8x4xf32>) -> tensor<8x4xf32>
  return %r : tensor<8x4xf32>
}
