// RUN: tasd-opt %s -convert-linalg-to-tasd -mlir-print-local-scope | FileCheck %s

// Products with vectors become tasd.contract by their maps alone.

// CHECK-LABEL: @matvec
func.func @matvec(%a0: tensor<8x16xf32>, %a1: tensor<16xf32>, %c: tensor<8xf32>) -> tensor<8xf32> {
  // CHECK: %[[S:.*]] = tasd.decompose %{{.*}} : !tasd.series<8x16xf32, 2:4, along = [1]>
  // CHECK-NEXT: tasd.contract
  // CHECK-SAME: [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d1)>, affine_map<(d0, d1) -> (d0)>]
  // CHECK-SAME: ins(%[[S]], %{{.*}} : !tasd.series<8x16xf32, 2:4, along = [1]>, tensor<16xf32>)
  // CHECK-SAME: outs(%{{.*}} : tensor<8xf32>)
  %r = linalg.matvec {tasd.plan = #tasd.plan<2:4 along [1] at run_time, dense>}
      ins(%a0, %a1 : tensor<8x16xf32>, tensor<16xf32>)
      outs(%c : tensor<8xf32>) -> tensor<8xf32>
  return %r : tensor<8xf32>
}

// CHECK-LABEL: @vecmat
func.func @vecmat(%a0: tensor<16xf32>, %a1: tensor<16x4xf32>, %c: tensor<4xf32>) -> tensor<4xf32> {
  // CHECK: %[[S:.*]] = tasd.decompose %{{.*}} : !tasd.series<16x4xf32, 2:4, along = [0]>
  // CHECK-NEXT: tasd.contract
  // CHECK-SAME: [affine_map<(d0, d1) -> (d1)>, affine_map<(d0, d1) -> (d1, d0)>, affine_map<(d0, d1) -> (d0)>]
  // CHECK-SAME: ins(%{{.*}}, %[[S]] : tensor<16xf32>, !tasd.series<16x4xf32, 2:4, along = [0]>)
  // CHECK-SAME: outs(%{{.*}} : tensor<4xf32>)
  %r = linalg.vecmat {tasd.plan = #tasd.plan<dense, 2:4 along [0] at run_time>}
      ins(%a0, %a1 : tensor<16xf32>, tensor<16x4xf32>)
      outs(%c : tensor<4xf32>) -> tensor<4xf32>
  return %r : tensor<4xf32>
}

// CHECK-LABEL: @dot
func.func @dot(%a0: tensor<16xf32>, %a1: tensor<16xf32>, %c: tensor<f32>) -> tensor<f32> {
  // CHECK: %[[S:.*]] = tasd.decompose %{{.*}} : !tasd.series<16xf32, 2:4, along = [0]>
  // CHECK-NEXT: tasd.contract
  // CHECK-SAME: [affine_map<(d0) -> (d0)>, affine_map<(d0) -> (d0)>, affine_map<(d0) -> ()>]
  // CHECK-SAME: ins(%[[S]], %{{.*}} : !tasd.series<16xf32, 2:4, along = [0]>, tensor<16xf32>)
  // CHECK-SAME: outs(%{{.*}} : tensor<f32>)
  %r = linalg.dot {tasd.plan = #tasd.plan<2:4 along [0] at run_time, dense>}
      ins(%a0, %a1 : tensor<16xf32>, tensor<16xf32>)
      outs(%c : tensor<f32>) -> tensor<f32>
  return %r : tensor<f32>
}
