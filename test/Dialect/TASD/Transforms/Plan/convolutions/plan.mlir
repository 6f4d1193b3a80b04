// RUN: tasd-opt %s -tasd-plan="series=2:4 side=both" | FileCheck %s

// Filters are blocked along windows, then channels, whatever the layout;
// activations along channels alone; groups and batches are separate.

// CHECK-LABEL: @hwcf
func.func @hwcf(%a: tensor<2x6x6x8xf32>, %c: tensor<2x4x4x4xf32>) -> tensor<2x4x4x4xf32> {
  // CHECK: linalg.conv_2d_nhwc_hwcf {{.*}}tasd.plan = #tasd.plan<2:4 along [3] at run_time, 2:4 along [0, 1, 2] at compile_time>
  %w = arith.constant dense<1.0> : tensor<3x3x8x4xf32>
  %r = linalg.conv_2d_nhwc_hwcf ins(%a, %w : tensor<2x6x6x8xf32>, tensor<3x3x8x4xf32>) outs(%c : tensor<2x4x4x4xf32>) -> tensor<2x4x4x4xf32>
  return %r : tensor<2x4x4x4xf32>
}

// CHECK-LABEL: @fhwc
func.func @fhwc(%a: tensor<2x6x6x8xf32>, %c: tensor<2x4x4x4xf32>) -> tensor<2x4x4x4xf32> {
  // CHECK: linalg.conv_2d_nhwc_fhwc {{.*}}tasd.plan = #tasd.plan<2:4 along [3] at run_time, 2:4 along [1, 2, 3] at compile_time>
  %w = arith.constant dense<1.0> : tensor<4x3x3x8xf32>
  %r = linalg.conv_2d_nhwc_fhwc ins(%a, %w : tensor<2x6x6x8xf32>, tensor<4x3x3x8xf32>) outs(%c : tensor<2x4x4x4xf32>) -> tensor<2x4x4x4xf32>
  return %r : tensor<2x4x4x4xf32>
}

// CHECK-LABEL: @fchw
func.func @fchw(%a: tensor<2x8x6x6xf32>, %c: tensor<2x4x4x4xf32>) -> tensor<2x4x4x4xf32> {
  // CHECK: linalg.conv_2d_nchw_fchw {{.*}}tasd.plan = #tasd.plan<2:4 along [1] at run_time, 2:4 along [2, 3, 1] at compile_time>
  %w = arith.constant dense<1.0> : tensor<4x8x3x3xf32>
  %r = linalg.conv_2d_nchw_fchw ins(%a, %w : tensor<2x8x6x6xf32>, tensor<4x8x3x3xf32>) outs(%c : tensor<2x4x4x4xf32>) -> tensor<2x4x4x4xf32>
  return %r : tensor<2x4x4x4xf32>
}

// CHECK-LABEL: @gfchw
func.func @gfchw(%a: tensor<2x3x8x6x6xf32>, %c: tensor<2x3x4x4x4xf32>) -> tensor<2x3x4x4x4xf32> {
  // CHECK: linalg.conv_2d_ngchw_gfchw {{.*}}tasd.plan = #tasd.plan<2:4 along [2] at run_time, 2:4 along [3, 4, 2] at compile_time>
  %w = arith.constant dense<1.0> : tensor<3x4x8x3x3xf32>
  %r = linalg.conv_2d_ngchw_gfchw ins(%a, %w : tensor<2x3x8x6x6xf32>, tensor<3x4x8x3x3xf32>) outs(%c : tensor<2x3x4x4x4xf32>) -> tensor<2x3x4x4x4xf32>
  return %r : tensor<2x3x4x4x4xf32>
}

// CHECK-LABEL: @wcf
func.func @wcf(%a: tensor<2x10x8xf32>, %c: tensor<2x8x4xf32>) -> tensor<2x8x4xf32> {
  // CHECK: linalg.conv_1d_nwc_wcf {{.*}}tasd.plan = #tasd.plan<2:4 along [2] at run_time, 2:4 along [0, 1] at compile_time>
  %w = arith.constant dense<1.0> : tensor<3x8x4xf32>
  %r = linalg.conv_1d_nwc_wcf ins(%a, %w : tensor<2x10x8xf32>, tensor<3x8x4xf32>) outs(%c : tensor<2x8x4xf32>) -> tensor<2x8x4xf32>
  return %r : tensor<2x8x4xf32>
}

// CHECK-LABEL: @dhwcf
func.func @dhwcf(%a: tensor<1x4x4x4x8xf32>, %c: tensor<1x3x3x3x4xf32>) -> tensor<1x3x3x3x4xf32> {
  // CHECK: linalg.conv_3d_ndhwc_dhwcf {{.*}}tasd.plan = #tasd.plan<2:4 along [4] at run_time, 2:4 along [0, 1, 2, 3] at compile_time>
  %w = arith.constant dense<1.0> : tensor<2x2x2x8x4xf32>
  %r = linalg.conv_3d_ndhwc_dhwcf ins(%a, %w : tensor<1x4x4x4x8xf32>, tensor<2x2x2x8x4xf32>) outs(%c : tensor<1x3x3x3x4xf32>) -> tensor<1x3x3x3x4xf32>
  return %r : tensor<1x3x3x3x4xf32>
}

// CHECK-LABEL: @batch_matmul
func.func @batch_matmul(%a: tensor<5x8x16xf32>, %c: tensor<5x8x4xf32>) -> tensor<5x8x4xf32> {
  // CHECK: linalg.batch_matmul {{.*}}tasd.plan = #tasd.plan<2:4 along [2] at run_time, 2:4 along [1] at compile_time>
  %w = arith.constant dense<1.0> : tensor<5x16x4xf32>
  %r = linalg.batch_matmul ins(%a, %w : tensor<5x8x16xf32>, tensor<5x16x4xf32>) outs(%c : tensor<5x8x4xf32>) -> tensor<5x8x4xf32>
  return %r : tensor<5x8x4xf32>
}
