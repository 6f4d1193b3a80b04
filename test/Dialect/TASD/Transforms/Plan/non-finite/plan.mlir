// RUN: tasd-opt %s -tasd-plan="series=1:4,2:4 max-dropped-magnitude=0" | FileCheck %s --check-prefixes=CHECK,LOSSLESS
// RUN: tasd-opt %s -tasd-plan="series=1:4,2:4 max-dropped-magnitude=0.5" | FileCheck %s --check-prefixes=CHECK,HALF

// A bound of 0 is lossless also where the share that is dropped is 0 or no
// number.

// CHECK-LABEL: @infinite
func.func @infinite(%a: tensor<2x4xf32>, %c: tensor<2x1xf32>) -> tensor<2x1xf32> {
  // LOSSLESS: tasd.plan = #tasd.plan<dense, 2:4 along [0] at compile_time>
  // HALF: tasd.plan = #tasd.plan<dense, 1:4 along [0] at compile_time>
  %w = arith.constant dense<[[0x7F800000], [1.0], [0.0], [0.0]]> : tensor<4x1xf32>
  %r = linalg.matmul ins(%a, %w : tensor<2x4xf32>, tensor<4x1xf32>) outs(%c : tensor<2x1xf32>) -> tensor<2x1xf32>
  return %r : tensor<2x1xf32>
}

// CHECK-LABEL: @rounded_to_zero
func.func @rounded_to_zero(%a: tensor<2x4xf64>, %c: tensor<2x1xf64>) -> tensor<2x1xf64> {
  // LOSSLESS: tasd.plan = #tasd.plan<dense, 2:4 along [0] at compile_time>
  // HALF: tasd.plan = #tasd.plan<dense, 1:4 along [0] at compile_time>
  %w = arith.constant dense<[[1.0e300], [1.0e-300], [0.0], [0.0]]> : tensor<4x1xf64>
  %r = linalg.matmul ins(%a, %w : tensor<2x4xf64>, tensor<4x1xf64>) outs(%c : tensor<2x1xf64>) -> tensor<2x1xf64>
  return %r : tensor<2x1xf64>
}

// One of four drops a share that is no number, two of four drop nothing.
// CHECK-LABEL: @not_a_number
func.func @not_a_number(%a: tensor<2x4xf32>, %c: tensor<2x1xf32>) -> tensor<2x1xf32> {
  // CHECK: tasd.plan = #tasd.plan<dense, 2:4 along [0] at compile_time>
  %w = arith.constant dense<[[0x7FC00000], [1.0], [0.0], [0.0]]> : tensor<4x1xf32>
  %r = linalg.matmul ins(%a, %w : tensor<2x4xf32>, tensor<4x1xf32>) outs(%c : tensor<2x1xf32>) -> tensor<2x1xf32>
  return %r : tensor<2x1xf32>
}
