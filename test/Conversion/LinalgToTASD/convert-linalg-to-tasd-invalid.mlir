// RUN: tasd-opt %s -convert-linalg-to-tasd -split-input-file -verify-diagnostics

// Plans that cannot be carried out.

func.func @not_constant(%a: tensor<8x16xf32>, %b: tensor<16x4xf32>, %c: tensor<8x4xf32>) {
  // expected-error@+1 {{'linalg.matmul' op input 1: expected a constant to decompose at compile time}}
  %r = linalg.matmul {tasd.plan = #tasd.plan<dense, 2:4 along [0] at compile_time>} ins(%a, %b : tensor<8x16xf32>, tensor<16x4xf32>) outs(%c : tensor<8x4xf32>) -> tensor<8x4xf32>
  return
}

// -----

func.func @blocked_along_windows(%a: tensor<1x6x6x8xf32>, %b: tensor<3x3x8x4xf32>, %c: tensor<1x4x4x4xf32>) {
  // expected-error@+1 {{'linalg.conv_2d_nhwc_hwcf' op expected blocked dimension 1 of lhs to be indexed by a loop of its own that is summed over but got d1 + d4}}
  %r = linalg.conv_2d_nhwc_hwcf {tasd.plan = #tasd.plan<2:4 along [1] at run_time, dense>} ins(%a, %b : tensor<1x6x6x8xf32>, tensor<3x3x8x4xf32>) outs(%c : tensor<1x4x4x4xf32>) -> tensor<1x4x4x4xf32>
  return
}

// -----

func.func @zero_point_of_series(%a: tensor<8x16xi8>, %b: tensor<16x4xi8>, %z: i32, %c: tensor<8x4xi32>) {
  // expected-error@+1 {{'linalg.quantized_matmul' op input 1: expected a zero point of constant 0}}
  %r = linalg.quantized_matmul {tasd.plan = #tasd.plan<dense, 2:4 along [0] at run_time, dense, dense>} ins(%a, %b, %z, %z : tensor<8x16xi8>, tensor<16x4xi8>, i32, i32) outs(%c : tensor<8x4xi32>) -> tensor<8x4xi32>
  return
}

// -----

func.func @pooling(%a: tensor<1x6x6x8xf32>, %w: tensor<3x3xf32>, %c: tensor<1x4x4x8xf32>) {
  // expected-error@+1 {{'linalg.pooling_nhwc_sum' op expected a contraction or a convolution to carry a plan}}
  %r = linalg.pooling_nhwc_sum {tasd.plan = #tasd.plan<2:4 along [3] at run_time, dense>} ins(%a, %w : tensor<1x6x6x8xf32>, tensor<3x3xf32>) outs(%c : tensor<1x4x4x8xf32>) -> tensor<1x4x4x8xf32>
  return
}

// -----

func.func @open_size_at_run_time(%a: tensor<8x16xf32>, %b: tensor<16x4xf32>, %c: tensor<8x4xf32>) {
  // expected-error@+1 {{'linalg.matmul' op input 0: pattern 'tw(128)*2:4' has no packed form of fixed size, so that it is for constants alone}}
  %r = linalg.matmul {tasd.plan = #tasd.plan<2:4+tw(128)*2:4 along [1] at run_time, dense>} ins(%a, %b : tensor<8x16xf32>, tensor<16x4xf32>) outs(%c : tensor<8x4xf32>) -> tensor<8x4xf32>
  return
}
