// RUN: tasd-opt %s -tasd-plan="series=1:4,2:4,2:4+2:4 max-dropped-magnitude=0" | FileCheck %s --check-prefixes=CHECK,LOSSLESS
// RUN: tasd-opt %s -tasd-plan="series=1:4,2:4,2:4+2:4 max-dropped-magnitude=0.25" | FileCheck %s --check-prefixes=CHECK,QUARTER
// RUN: tasd-opt %s -tasd-plan="series=1:4,2:4,2:4+2:4 max-dropped-magnitude=1" | FileCheck %s --check-prefixes=CHECK,ALL

// The first candidate within the bound is taken; the bound itself is within.

// One of four is 75 % of the magnitude, two are 100 %.
// CHECK-LABEL: @two_of_four
func.func @two_of_four(%a: tensor<2x4xf32>, %c: tensor<2x2xf32>) -> tensor<2x2xf32> {
  // LOSSLESS: tasd.plan = #tasd.plan<dense, 2:4 along [0] at compile_time>
  // QUARTER: tasd.plan = #tasd.plan<dense, 1:4 along [0] at compile_time>
  // ALL: tasd.plan = #tasd.plan<dense, 1:4 along [0] at compile_time>
  %w = arith.constant dense<[[0.0, 3.0], [1.0, 0.0], [3.0, 0.0], [0.0, -1.0]]> : tensor<4x2xf32>
  %r = linalg.matmul ins(%a, %w : tensor<2x4xf32>, tensor<4x2xf32>) outs(%c : tensor<2x2xf32>) -> tensor<2x2xf32>
  return %r : tensor<2x2xf32>
}

// CHECK-LABEL: @dense_weights
func.func @dense_weights(%a: tensor<2x4xf32>, %c: tensor<2x2xf32>) -> tensor<2x2xf32> {
  // LOSSLESS: tasd.plan = #tasd.plan<dense, 2:4+2:4 along [0] at compile_time>
  // QUARTER: tasd.plan = #tasd.plan<dense, 2:4+2:4 along [0] at compile_time>
  // ALL: tasd.plan = #tasd.plan<dense, 1:4 along [0] at compile_time>
  %w = arith.constant dense<1.0> : tensor<4x2xf32>
  %r = linalg.matmul ins(%a, %w : tensor<2x4xf32>, tensor<4x2xf32>) outs(%c : tensor<2x2xf32>) -> tensor<2x2xf32>
  return %r : tensor<2x2xf32>
}
