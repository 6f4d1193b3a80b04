// RUN: tasd-opt %s -convert-linalg-to-tasd -mlir-print-local-scope | FileCheck %s

// The signedness of integers is that of the casts in the body.

// CHECK-LABEL: @signed
func.func @signed(%a0: tensor<8x16xi8>, %a1: tensor<16x4xi8>, %c: tensor<8x4xi32>) -> tensor<8x4xi32> {
  // CHECK: %[[S:.*]] = tasd.decompose %{{.*}} : !tasd.series<8x16xi8, 2:4, along = [1]>
  // CHECK-NEXT: tasd.contract
  // CHECK-SAME: [affine_map<(d0, d1, d2) -> (d0, d2)>, affine_map<(d0, d1, d2) -> (d2, d1)>, affine_map<(d0, d1, d2) -> (d0, d1)>]
  // CHECK-SAME: ins(%[[S]], %{{.*}} : !tasd.series<8x16xi8, 2:4, along = [1]>, tensor<16x4xi8>)
  // CHECK-SAME: outs(%{{.*}} : tensor<8x4xi32>)
  %r = linalg.matmul {tasd.plan = #tasd.plan<2:4 along [1] at run_time, dense>}
      ins(%a0, %a1 : tensor<8x16xi8>, tensor<16x4xi8>)
      outs(%c : tensor<8x4xi32>) -> tensor<8x4xi32>
  return %r : tensor<8x4xi32>
}

// CHECK-LABEL: @unsigned
func.func @unsigned(%a0: tensor<8x16xi8>, %a1: tensor<16x4xi8>, %c: tensor<8x4xi32>) -> tensor<8x4xi32> {
  // CHECK: %[[S:.*]] = tasd.decompose %{{.*}} unsigned : !tasd.series<8x16xi8, 2:4, along = [1]>
  // CHECK-NEXT: tasd.contract
  // CHECK-SAME: [affine_map<(d0, d1, d2) -> (d0, d2)>, affine_map<(d0, d1, d2) -> (d2, d1)>, affine_map<(d0, d1, d2) -> (d0, d1)>] unsigned_lhs unsigned_rhs
  // CHECK-SAME: ins(%[[S]], %{{.*}} : !tasd.series<8x16xi8, 2:4, along = [1]>, tensor<16x4xi8>)
  // CHECK-SAME: outs(%{{.*}} : tensor<8x4xi32>)
  %r = linalg.matmul {tasd.plan = #tasd.plan<2:4 along [1] at run_time, dense>, cast = #linalg.type_fn<cast_unsigned>}
      ins(%a0, %a1 : tensor<8x16xi8>, tensor<16x4xi8>)
      outs(%c : tensor<8x4xi32>) -> tensor<8x4xi32>
  return %r : tensor<8x4xi32>
}

// CHECK-LABEL: @unsigned_to_float
func.func @unsigned_to_float(%a0: tensor<8x16xi8>, %a1: tensor<16x4xi8>, %c: tensor<8x4xf32>) -> tensor<8x4xf32> {
  // CHECK: %[[S:.*]] = tasd.decompose %{{.*}} unsigned : !tasd.series<16x4xi8, 2:4, along = [0]>
  // CHECK-NEXT: tasd.contract
  // CHECK-SAME: [affine_map<(d0, d1, d2) -> (d0, d2)>, affine_map<(d0, d1, d2) -> (d2, d1)>, affine_map<(d0, d1, d2) -> (d0, d1)>] unsigned_lhs unsigned_rhs
  // CHECK-SAME: ins(%{{.*}}, %[[S]] : tensor<8x16xi8>, !tasd.series<16x4xi8, 2:4, along = [0]>)
  // CHECK-SAME: outs(%{{.*}} : tensor<8x4xf32>)
  %r = linalg.matmul {tasd.plan = #tasd.plan<dense, 2:4 along [0] at run_time>, cast = #linalg.type_fn<cast_unsigned>}
      ins(%a0, %a1 : tensor<8x16xi8>, tensor<16x4xi8>)
      outs(%c : tensor<8x4xf32>) -> tensor<8x4xf32>
  return %r : tensor<8x4xf32>
}

// Nothing is cast: products wrap alike, and the magnitude is the signed one.
// CHECK-LABEL: @same_width
func.func @same_width(%a: tensor<8x16xi32>, %b: tensor<16x4xi32>, %c: tensor<8x4xi32>) -> tensor<8x4xi32> {
  // CHECK: tasd.decompose %{{.*}} : !tasd.series<8x16xi32, 2:4, along = [1]>
  // CHECK-NEXT: tasd.contract [{{.*}}] ins
  %r = linalg.matmul {tasd.plan = #tasd.plan<2:4 along [1] at run_time, dense>}
      ins(%a, %b : tensor<8x16xi32>, tensor<16x4xi32>)
      outs(%c : tensor<8x4xi32>) -> tensor<8x4xi32>
  return %r : tensor<8x4xi32>
}

// Each input has its own cast; the factors may stand in any order.
// CHECK-LABEL: @mixed_casts
func.func @mixed_casts(%a: tensor<8x16xi8>, %b: tensor<16x4xi8>, %c: tensor<8x4xi32>) -> tensor<8x4xi32> {
  // CHECK: tasd.decompose %{{.*}} : !tasd.series<16x4xi8, 2:4, along = [0]>
  // CHECK-NEXT: tasd.contract [{{.*}}] unsigned_lhs ins
  %r = linalg.generic {
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (k, n)>, affine_map<(m, n, k) -> (m, n)>],
      iterator_types = ["parallel", "parallel", "reduction"],
      tasd.plan = #tasd.plan<dense, 2:4 along [0] at run_time>}
      ins(%a, %b : tensor<8x16xi8>, tensor<16x4xi8>) outs(%c : tensor<8x4xi32>) {
  ^bb0(%x: i8, %y: i8, %o: i32):
    %0 = arith.extui %x : i8 to i32
    %1 = arith.extsi %y : i8 to i32
    %2 = arith.muli %1, %0 : i32
    %3 = arith.addi %2, %o : i32
    linalg.yield %3 : i32
  } -> tensor<8x4xi32>
  return %r : tensor<8x4xi32>
}
