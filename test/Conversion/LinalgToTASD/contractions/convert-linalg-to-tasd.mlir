// RUN: tasd-opt %s -convert-linalg-to-tasd -mlir-print-local-scope | FileCheck %s

// Named contractions become tasd.contract by their maps alone.

// CHECK-LABEL: @matmul
func.func @matmul(%a0: tensor<8x16xf32>, %a1: tensor<16x4xf32>, %c: tensor<8x4xf32>) -> tensor<8x4xf32> {
  // CHECK: %[[S:.*]] = tasd.decompose %{{.*}} : !tasd.series<8x16xf32, 2:4+1:8, along = [1]>
  // CHECK-NEXT: tasd.contract
  // CHECK-SAME: [affine_map<(d0, d1, d2) -> (d0, d2)>, affine_map<(d0, d1, d2) -> (d2, d1)>, affine_map<(d0, d1, d2) -> (d0, d1)>]
  // CHECK-SAME: ins(%[[S]], %{{.*}} : !tasd.series<8x16xf32, 2:4+1:8, along = [1]>, tensor<16x4xf32>)
  // CHECK-SAME: outs(%{{.*}} : tensor<8x4xf32>)
  %r = linalg.matmul {tasd.plan = #tasd.plan<2:4+1:8 along [1] at run_time, dense>}
      ins(%a0, %a1 : tensor<8x16xf32>, tensor<16x4xf32>)
      outs(%c : tensor<8x4xf32>) -> tensor<8x4xf32>
  return %r : tensor<8x4xf32>
}

// CHECK-LABEL: @matmul_transpose_a
func.func @matmul_transpose_a(%a0: tensor<16x8xf32>, %a1: tensor<16x4xf32>, %c: tensor<8x4xf32>) -> tensor<8x4xf32> {
  // CHECK: %[[S:.*]] = tasd.decompose %{{.*}} : !tasd.series<16x8xf32, 2:4, along = [0]>
  // CHECK-NEXT: tasd.contract
  // CHECK-SAME: [affine_map<(d0, d1, d2) -> (d2, d0)>, affine_map<(d0, d1, d2) -> (d2, d1)>, affine_map<(d0, d1, d2) -> (d0, d1)>]
  // CHECK-SAME: ins(%[[S]], %{{.*}} : !tasd.series<16x8xf32, 2:4, along = [0]>, tensor<16x4xf32>)
  // CHECK-SAME: outs(%{{.*}} : tensor<8x4xf32>)
  %r = linalg.matmul indexing_maps = [affine_map<(m, n, k) -> (k, m)>, affine_map<(m, n, k) -> (k, n)>, affine_map<(m, n, k) -> (m, n)>] {tasd.plan = #tasd.plan<2:4 along [0] at run_time, dense>}
      ins(%a0, %a1 : tensor<16x8xf32>, tensor<16x4xf32>)
      outs(%c : tensor<8x4xf32>) -> tensor<8x4xf32>
  return %r : tensor<8x4xf32>
}

// CHECK-LABEL: @matmul_transpose_b
func.func @matmul_transpose_b(%a0: tensor<8x16xf32>, %a1: tensor<4x16xf32>, %c: tensor<8x4xf32>) -> tensor<8x4xf32> {
  // CHECK: %[[S:.*]] = tasd.decompose %{{.*}} : !tasd.series<4x16xf32, 2:4, along = [1]>
  // CHECK-NEXT: tasd.contract
  // CHECK-SAME: [affine_map<(d0, d1, d2) -> (d0, d2)>, affine_map<(d0, d1, d2) -> (d1, d2)>, affine_map<(d0, d1, d2) -> (d0, d1)>]
  // CHECK-SAME: ins(%{{.*}}, %[[S]] : tensor<8x16xf32>, !tasd.series<4x16xf32, 2:4, along = [1]>)
  // CHECK-SAME: outs(%{{.*}} : tensor<8x4xf32>)
  %r = linalg.matmul indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>] {tasd.plan = #tasd.plan<dense, 2:4 along [1] at run_time>}
      ins(%a0, %a1 : tensor<8x16xf32>, tensor<4x16xf32>)
      outs(%c : tensor<8x4xf32>) -> tensor<8x4xf32>
  return %r : tensor<8x4xf32>
}

// CHECK-LABEL: @batch_matmul
func.func @batch_matmul(%a0: tensor<5x8x16xf32>, %a1: tensor<5x16x4xf32>, %c: tensor<5x8x4xf32>) -> tensor<5x8x4xf32> {
  // CHECK: %[[S:.*]] = tasd.decompose %{{.*}} : !tasd.series<5x8x16xf32, 2:4, along = [2]>
  // CHECK-NEXT: tasd.contract
  // CHECK-SAME: [affine_map<(d0, d1, d2, d3) -> (d0, d1, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d3, d2)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>]
  // CHECK-SAME: ins(%[[S]], %{{.*}} : !tasd.series<5x8x16xf32, 2:4, along = [2]>, tensor<5x16x4xf32>)
  // CHECK-SAME: outs(%{{.*}} : tensor<5x8x4xf32>)
  %r = linalg.batch_matmul {tasd.plan = #tasd.plan<2:4 along [2] at run_time, dense>}
      ins(%a0, %a1 : tensor<5x8x16xf32>, tensor<5x16x4xf32>)
      outs(%c : tensor<5x8x4xf32>) -> tensor<5x8x4xf32>
  return %r : tensor<5x8x4xf32>
}
