// RUN: tasd-opt %s -tasd-verify-planned | FileCheck %s

// Plans that fit, dense ones anywhere.

// CHECK-LABEL: @main
func.func @main(%a: tensor<8x16xf32>, %c: tensor<8x4xf32>) -> tensor<8x4xf32> {
  %w = arith.constant dense<1.0> : tensor<16x4xf32>
  %r = linalg.matmul {tasd.plan = #tasd.plan<2:4 along [1] at run_time, 2:4+1:8 along [0] at compile_time>} ins(%a, %w : tensor<8x16xf32>, tensor<16x4xf32>) outs(%c : tensor<8x4xf32>) -> tensor<8x4xf32>
  %s = linalg.add {tasd.plan = #tasd.plan<dense, dense>} ins(%r, %c : tensor<8x4xf32>, tensor<8x4xf32>) outs(%c : tensor<8x4xf32>) -> tensor<8x4xf32>
  return %s : tensor<8x4xf32>
}
