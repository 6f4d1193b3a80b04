// RUN: tasd-opt %s -convert-linalg-to-tasd -mlir-print-local-scope | FileCheck %s

// Grouped convolutions, and those without channels or with a dynamic batch.

// CHECK-LABEL: @conv_2d_grouped
func.func @conv_2d_grouped(%a0: tensor<2x3x8x6x6xf32>, %a1: tensor<3x4x8x3x3xf32>, %c: tensor<2x3x4x4x4xf32>) -> tensor<2x3x4x4x4xf32> {
  // CHECK: %[[S:.*]] = tasd.decompose %{{.*}} : !tasd.series<3x4x8x3x3xf32, 2:4, along = [3, 4, 2]>
  // CHECK-NEXT: tasd.contract
  // CHECK-SAME: [affine_map<(d0, d1, d2, d3, d4, d5, d6, d7) -> (d0, d1, d5, d3 + d6, d4 + d7)>, affine_map<(d0, d1, d2, d3, d4, d5, d6, d7) -> (d1, d2, d5, d6, d7)>, affine_map<(d0, d1, d2, d3, d4, d5, d6, d7) -> (d0, d1, d2, d3, d4)>]
  // CHECK-SAME: ins(%{{.*}}, %[[S]] : tensor<2x3x8x6x6xf32>, !tasd.series<3x4x8x3x3xf32, 2:4, along = [3, 4, 2]>)
  // CHECK-SAME: outs(%{{.*}} : tensor<2x3x4x4x4xf32>)
  %r = linalg.conv_2d_ngchw_gfchw {tasd.plan = #tasd.plan<dense, 2:4 along [3, 4, 2] at run_time>}
      ins(%a0, %a1 : tensor<2x3x8x6x6xf32>, tensor<3x4x8x3x3xf32>)
      outs(%c : tensor<2x3x4x4x4xf32>) -> tensor<2x3x4x4x4xf32>
  return %r : tensor<2x3x4x4x4xf32>
}

// CHECK-LABEL: @conv_2d_plain
func.func @conv_2d_plain(%a0: tensor<6x6xf32>, %a1: tensor<3x3xf32>, %c: tensor<4x4xf32>) -> tensor<4x4xf32> {
  // CHECK: %[[S:.*]] = tasd.decompose %{{.*}} : !tasd.series<3x3xf32, 2:4, along = [0, 1]>
  // CHECK-NEXT: tasd.contract
  // CHECK-SAME: [affine_map<(d0, d1, d2, d3) -> (d0 + d2, d1 + d3)>, affine_map<(d0, d1, d2, d3) -> (d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1)>]
  // CHECK-SAME: ins(%{{.*}}, %[[S]] : tensor<6x6xf32>, !tasd.series<3x3xf32, 2:4, along = [0, 1]>)
  // CHECK-SAME: outs(%{{.*}} : tensor<4x4xf32>)
  %r = linalg.conv_2d {tasd.plan = #tasd.plan<dense, 2:4 along [0, 1] at run_time>}
      ins(%a0, %a1 : tensor<6x6xf32>, tensor<3x3xf32>)
      outs(%c : tensor<4x4xf32>) -> tensor<4x4xf32>
  return %r : tensor<4x4xf32>
}

// CHECK-LABEL: @conv_dynamic_batch
func.func @conv_dynamic_batch(%a0: tensor<?x6x6x8xf32>, %a1: tensor<3x3x8x4xf32>, %c: tensor<?x4x4x4xf32>) -> tensor<?x4x4x4xf32> {
  // CHECK: %[[S:.*]] = tasd.decompose %{{.*}} : !tasd.series<?x6x6x8xf32, 2:4, along = [3]>
  // CHECK-NEXT: tasd.contract
  // CHECK-SAME: [affine_map<(d0, d1, d2, d3, d4, d5, d6) -> (d0, d1 + d4, d2 + d5, d6)>, affine_map<(d0, d1, d2, d3, d4, d5, d6) -> (d4, d5, d6, d3)>, affine_map<(d0, d1, d2, d3, d4, d5, d6) -> (d0, d1, d2, d3)>]
  // CHECK-SAME: ins(%[[S]], %{{.*}} : !tasd.series<?x6x6x8xf32, 2:4, along = [3]>, tensor<3x3x8x4xf32>)
  // CHECK-SAME: outs(%{{.*}} : tensor<?x4x4x4xf32>)
  %r = linalg.conv_2d_nhwc_hwcf {tasd.plan = #tasd.plan<2:4 along [3] at run_time, dense>}
      ins(%a0, %a1 : tensor<?x6x6x8xf32>, tensor<3x3x8x4xf32>)
      outs(%c : tensor<?x4x4x4xf32>) -> tensor<?x4x4x4xf32>
  return %r : tensor<?x4x4x4xf32>
}
