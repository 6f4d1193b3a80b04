// RUN: tasd-opt %s -tasd-plan="series=1:4,2:4 max-dropped-magnitude=0.1 side=both" --remarks-filter=tasd --remark-format=emitRemark -o /dev/null 2>&1 | FileCheck %s

// Why layers stay dense where a bound is given.

// CHECK: [Missed] tasd-plan | Category:tasd | Function=bound_not_met | layer=bound_not_met/matmul#0, reason="every candidate drops more magnitude than the bound"
func.func @bound_not_met(%c: tensor<8x4xf32>) -> tensor<8x4xf32> {
  %a = arith.constant dense<1.0> : tensor<8x16xf32>
  %w = arith.constant dense<1.0> : tensor<16x4xf32>
  %r = linalg.matmul ins(%a, %w : tensor<8x16xf32>, tensor<16x4xf32>) outs(%c : tensor<8x4xf32>) -> tensor<8x4xf32>
  return %r : tensor<8x4xf32>
}

// CHECK: Function=no_profile | layer=no_profile/matmul#0, reason="without a profile nothing is known of what a series of its activations drops"
func.func @no_profile(%a: tensor<8x16xf32>, %b: tensor<16x4xf32>, %c: tensor<8x4xf32>) -> tensor<8x4xf32> {
  %r = linalg.matmul ins(%a, %b : tensor<8x16xf32>, tensor<16x4xf32>) outs(%c : tensor<8x4xf32>) -> tensor<8x4xf32>
  return %r : tensor<8x4xf32>
}

// What a planned layer keeps is said, too, and why its other input stays dense.
// CHECK: [Passed] tasd-plan | Category:tasd | Function=planned | dropped_non_zeros=4, kept_magnitude_share=9.000000e-01, layer=planned/matmul#0, other_input_dense="without a profile nothing is known of what a series of its activations drops", plan="#tasd.plan<dense, 1:4 along [0] at compile_time>"
func.func @planned(%a: tensor<8x4xf32>, %c: tensor<8x4xf32>) -> tensor<8x4xf32> {
  %w = arith.constant dense<[[9.0, 9.0, 9.0, 9.0], [0.0, 0.0, 0.0, 1.0], [1.0, 0.0, -1.0, 0.0], [0.0, 1.0, 0.0, 0.0]]> : tensor<4x4xf32>
  %r = linalg.matmul ins(%a, %w : tensor<8x4xf32>, tensor<4x4xf32>) outs(%c : tensor<8x4xf32>) -> tensor<8x4xf32>
  return %r : tensor<8x4xf32>
}
