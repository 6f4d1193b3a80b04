// RUN: tasd-opt %s -convert-linalg-to-tasd -mlir-print-local-scope | FileCheck %s

// Convolutions over two spatial dimensions in every layout, strided and dilated.

// CHECK-LABEL: @conv_2d_nhwc_strided_dilated
func.func @conv_2d_nhwc_strided_dilated(%a0: tensor<2x9x10x8xf32>, %a1: tensor<3x3x8x4xf32>, %c: tensor<2x4x4x4xf32>) -> tensor<2x4x4x4xf32> {
  // CHECK: %[[S:.*]] = tasd.decompose %{{.*}} : !tasd.series<3x3x8x4xf32, 2:4, along = [0, 1, 2]>
  // CHECK-NEXT: tasd.contract
  // CHECK-SAME: [affine_map<(d0, d1, d2, d3, d4, d5, d6) -> (d0, d1 * 2 + d4, d2 + d5 * 3, d6)>, affine_map<(d0, d1, d2, d3, d4, d5, d6) -> (d4, d5, d6, d3)>, affine_map<(d0, d1, d2, d3, d4, d5, d6) -> (d0, d1, d2, d3)>]
  // CHECK-SAME: ins(%{{.*}}, %[[S]] : tensor<2x9x10x8xf32>, !tasd.series<3x3x8x4xf32, 2:4, along = [0, 1, 2]>)
  // CHECK-SAME: outs(%{{.*}} : tensor<2x4x4x4xf32>)
  %r = linalg.conv_2d_nhwc_hwcf {tasd.plan = #tasd.plan<dense, 2:4 along [0, 1, 2] at run_time>, strides = dense<[2, 1]> : tensor<2xi64>, dilations = dense<[1, 3]> : tensor<2xi64>}
      ins(%a0, %a1 : tensor<2x9x10x8xf32>, tensor<3x3x8x4xf32>)
      outs(%c : tensor<2x4x4x4xf32>) -> tensor<2x4x4x4xf32>
  return %r : tensor<2x4x4x4xf32>
}

// CHECK-LABEL: @conv_2d_nhwc_fhwc
func.func @conv_2d_nhwc_fhwc(%a0: tensor<2x6x6x8xf32>, %a1: tensor<4x3x3x8xf32>, %c: tensor<2x4x4x4xf32>) -> tensor<2x4x4x4xf32> {
  // CHECK: %[[S:.*]] = tasd.decompose %{{.*}} : !tasd.series<2x6x6x8xf32, 2:4, along = [3]>
  // CHECK-NEXT: tasd.contract
  // CHECK-SAME: [affine_map<(d0, d1, d2, d3, d4, d5, d6) -> (d0, d1 + d4, d2 + d5, d6)>, affine_map<(d0, d1, d2, d3, d4, d5, d6) -> (d3, d4, d5, d6)>, affine_map<(d0, d1, d2, d3, d4, d5, d6) -> (d0, d1, d2, d3)>]
  // CHECK-SAME: ins(%[[S]], %{{.*}} : !tasd.series<2x6x6x8xf32, 2:4, along = [3]>, tensor<4x3x3x8xf32>)
  // CHECK-SAME: outs(%{{.*}} : tensor<2x4x4x4xf32>)
  %r = linalg.conv_2d_nhwc_fhwc {tasd.plan = #tasd.plan<2:4 along [3] at run_time, dense>}
      ins(%a0, %a1 : tensor<2x6x6x8xf32>, tensor<4x3x3x8xf32>)
      outs(%c : tensor<2x4x4x4xf32>) -> tensor<2x4x4x4xf32>
  return %r : tensor<2x4x4x4xf32>
}

// CHECK-LABEL: @conv_2d_nchw_fchw
func.func @conv_2d_nchw_fchw(%a0: tensor<2x8x6x6xf32>, %a1: tensor<4x8x3x3xf32>, %c: tensor<2x4x4x4xf32>) -> tensor<2x4x4x4xf32> {
  // CHECK: %[[S:.*]] = tasd.decompose %{{.*}} : !tasd.series<4x8x3x3xf32, 2:4, along = [2, 3, 1]>
  // CHECK-NEXT: tasd.contract
  // CHECK-SAME: [affine_map<(d0, d1, d2, d3, d4, d5, d6) -> (d0, d4, d2 + d5, d3 + d6)>, affine_map<(d0, d1, d2, d3, d4, d5, d6) -> (d1, d4, d5, d6)>, affine_map<(d0, d1, d2, d3, d4, d5, d6) -> (d0, d1, d2, d3)>]
  // CHECK-SAME: ins(%{{.*}}, %[[S]] : tensor<2x8x6x6xf32>, !tasd.series<4x8x3x3xf32, 2:4, along = [2, 3, 1]>)
  // CHECK-SAME: outs(%{{.*}} : tensor<2x4x4x4xf32>)
  %r = linalg.conv_2d_nchw_fchw {tasd.plan = #tasd.plan<dense, 2:4 along [2, 3, 1] at run_time>}
      ins(%a0, %a1 : tensor<2x8x6x6xf32>, tensor<4x8x3x3xf32>)
      outs(%c : tensor<2x4x4x4xf32>) -> tensor<2x4x4x4xf32>
  return %r : tensor<2x4x4x4xf32>
}
