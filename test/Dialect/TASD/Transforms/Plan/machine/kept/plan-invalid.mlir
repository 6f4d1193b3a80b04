// RUN: not tasd-opt %s -tasd-plan="machine=stc series=2:4" 2>&1 | FileCheck %s

// A plan that was there drops what the machine may not.

// CHECK: error: layer 'main/matmul#0': expected a series that drops nothing, on machine 'stc', but 2:4 drops 8 non-zeros
func.func @main(%a: tensor<4x8xf32>, %c: tensor<4x2xf32>) -> tensor<4x2xf32> {
  %w = arith.constant dense<1.0> : tensor<8x2xf32>
  %r = linalg.matmul {tasd.plan = #tasd.plan<dense, 2:4 along [0] at compile_time>} ins(%a, %w : tensor<4x8xf32>, tensor<8x2xf32>) outs(%c : tensor<4x2xf32>) -> tensor<4x2xf32>
  return %r : tensor<4x2xf32>
}
