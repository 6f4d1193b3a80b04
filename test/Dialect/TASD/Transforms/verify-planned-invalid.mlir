// RUN: tasd-opt %s -tasd-verify-planned -split-input-file -verify-diagnostics

// Plans that do not fit their layers.

func.func @not_constant(%a: tensor<8x16xf32>, %b: tensor<16x4xf32>, %c: tensor<8x4xf32>) {
  // expected-error@+1 {{'linalg.matmul' op input 1: expected a constant to decompose at compile time}}
  %r = linalg.matmul {tasd.plan = #tasd.plan<dense, 2:4 along [0] at compile_time>} ins(%a, %b : tensor<8x16xf32>, tensor<16x4xf32>) outs(%c : tensor<8x4xf32>) -> tensor<8x4xf32>
  return
}

// -----

func.func @not_summed_over(%a: tensor<8x16xf32>, %b: tensor<16x4xf32>, %c: tensor<8x4xf32>) {
  // expected-error@+1 {{'linalg.matmul' op expected blocked dimension 0 of lhs to be indexed by a loop of its own that is summed over but got d0}}
  %r = linalg.matmul {tasd.plan = #tasd.plan<2:4 along [0] at run_time, dense>} ins(%a, %b : tensor<8x16xf32>, tensor<16x4xf32>) outs(%c : tensor<8x4xf32>) -> tensor<8x4xf32>
  return
}

// -----

func.func @depthwise(%a: tensor<1x6x6x8xf32>, %w: tensor<3x3x8xf32>, %c: tensor<1x4x4x8xf32>) {
  // expected-error@+1 {{'linalg.depthwise_conv_2d_nhwc_hwc' op cannot be planned: a depthwise convolution sums over no channels}}
  %r = linalg.depthwise_conv_2d_nhwc_hwc {tasd.plan = #tasd.plan<dense, 2:4 along [0, 1] at run_time>} ins(%a, %w : tensor<1x6x6x8xf32>, tensor<3x3x8xf32>) outs(%c : tensor<1x4x4x8xf32>) -> tensor<1x4x4x8xf32>
  return
}

// -----

func.func @no_layer(%a: tensor<8xf32>, %b: tensor<8xf32>) {
  // expected-error@+1 {{'linalg.add' op expected a contraction or a convolution to carry a plan}}
  %r = linalg.add {tasd.plan = #tasd.plan<dense, 2:4 along [0] at run_time>} ins(%a, %b : tensor<8xf32>, tensor<8xf32>) outs(%a : tensor<8xf32>) -> tensor<8xf32>
  return
}

// -----

func.func @zero_point(%a: tensor<8x16xi8>, %b: tensor<16x4xi8>, %z: i32, %c: tensor<8x4xi32>) {
  // expected-error@+1 {{'linalg.quantized_matmul' op input 0: expected a zero point of constant 0}}
  %r = linalg.quantized_matmul {tasd.plan = #tasd.plan<2:4 along [1] at run_time, dense, dense, dense>} ins(%a, %b, %z, %z : tensor<8x16xi8>, tensor<16x4xi8>, i32, i32) outs(%c : tensor<8x4xi32>) -> tensor<8x4xi32>
  return
}

// -----

func.func @mapping(%a: tensor<8x16xf32>, %b: tensor<16x4xf32>, %c: tensor<8x4xf32>) {
  // expected-error@+1 {{'linalg.matmul' op mapping:2:11: expected dimension M, N or K but got 'J'}}
  %r = linalg.matmul {tasd.plan = #tasd.plan<dense, dense, mapping = <"tc", a = 1, ["DRAM:", "SMEM: for J in [0:2)"]>>} ins(%a, %b : tensor<8x16xf32>, tensor<16x4xf32>) outs(%c : tensor<8x4xf32>) -> tensor<8x4xf32>
  return
}
