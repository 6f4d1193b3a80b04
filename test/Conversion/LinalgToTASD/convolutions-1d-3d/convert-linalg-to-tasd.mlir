// RUN: tasd-opt %s -convert-linalg-to-tasd -mlir-print-local-scope | FileCheck %s

// Convolutions over one and three spatial dimensions.

// CHECK-LABEL: @conv_1d_nwc
func.func @conv_1d_nwc(%a0: tensor<2x10x8xf32>, %a1: tensor<3x8x4xf32>, %c: tensor<2x8x4xf32>) -> tensor<2x8x4xf32> {
  // CHECK: %[[S:.*]] = tasd.decompose %{{.*}} : !tasd.series<3x8x4xf32, 2:4, along = [0, 1]>
  // CHECK-NEXT: tasd.contract
  // CHECK-SAME: [affine_map<(d0, d1, d2, d3, d4) -> (d0, d1 + d3, d4)>, affine_map<(d0, d1, d2, d3, d4) -> (d3, d4, d2)>, affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d2)>]
  // CHECK-SAME: ins(%{{.*}}, %[[S]] : tensor<2x10x8xf32>, !tasd.series<3x8x4xf32, 2:4, along = [0, 1]>)
  // CHECK-SAME: outs(%{{.*}} : tensor<2x8x4xf32>)
  %r = linalg.conv_1d_nwc_wcf {tasd.plan = #tasd.plan<dense, 2:4 along [0, 1] at run_time>}
      ins(%a0, %a1 : tensor<2x10x8xf32>, tensor<3x8x4xf32>)
      outs(%c : tensor<2x8x4xf32>) -> tensor<2x8x4xf32>
  return %r : tensor<2x8x4xf32>
}

// CHECK-LABEL: @conv_1d_ncw
func.func @conv_1d_ncw(%a0: tensor<2x8x10xf32>, %a1: tensor<4x8x3xf32>, %c: tensor<2x4x8xf32>) -> tensor<2x4x8xf32> {
  // CHECK: %[[S:.*]] = tasd.decompose %{{.*}} : !tasd.series<4x8x3xf32, 2:4, along = [2, 1]>
  // CHECK-NEXT: tasd.contract
  // CHECK-SAME: [affine_map<(d0, d1, d2, d3, d4) -> (d0, d3, d2 + d4)>, affine_map<(d0, d1, d2, d3, d4) -> (d1, d3, d4)>, affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d2)>]
  // CHECK-SAME: ins(%{{.*}}, %[[S]] : tensor<2x8x10xf32>, !tasd.series<4x8x3xf32, 2:4, along = [2, 1]>)
  // CHECK-SAME: outs(%{{.*}} : tensor<2x4x8xf32>)
  %r = linalg.conv_1d_ncw_fcw {tasd.plan = #tasd.plan<dense, 2:4 along [2, 1] at run_time>}
      ins(%a0, %a1 : tensor<2x8x10xf32>, tensor<4x8x3xf32>)
      outs(%c : tensor<2x4x8xf32>) -> tensor<2x4x8xf32>
  return %r : tensor<2x4x8xf32>
}

// CHECK-LABEL: @conv_3d_ndhwc
func.func @conv_3d_ndhwc(%a0: tensor<1x4x4x4x8xf32>, %a1: tensor<2x2x2x8x4xf32>, %c: tensor<1x3x3x3x4xf32>) -> tensor<1x3x3x3x4xf32> {
  // CHECK: %[[S:.*]] = tasd.decompose %{{.*}} : !tasd.series<2x2x2x8x4xf32, 2:4, along = [0, 1, 2, 3]>
  // CHECK-NEXT: tasd.contract
  // CHECK-SAME: [affine_map<(d0, d1, d2, d3, d4, d5, d6, d7, d8) -> (d0, d1 + d5, d2 + d6, d3 + d7, d8)>, affine_map<(d0, d1, d2, d3, d4, d5, d6, d7, d8) -> (d5, d6, d7, d8, d4)>, affine_map<(d0, d1, d2, d3, d4, d5, d6, d7, d8) -> (d0, d1, d2, d3, d4)>]
  // CHECK-SAME: ins(%{{.*}}, %[[S]] : tensor<1x4x4x4x8xf32>, !tasd.series<2x2x2x8x4xf32, 2:4, along = [0, 1, 2, 3]>)
  // CHECK-SAME: outs(%{{.*}} : tensor<1x3x3x3x4xf32>)
  %r = linalg.conv_3d_ndhwc_dhwcf {tasd.plan = #tasd.plan<dense, 2:4 along [0, 1, 2, 3] at run_time>}
      ins(%a0, %a1 : tensor<1x4x4x4x8xf32>, tensor<2x2x2x8x4xf32>)
      outs(%c : tensor<1x3x3x3x4xf32>) -> tensor<1x3x3x3x4xf32>
  return %r : tensor<1x3x3x3x4xf32>
}
