// RUN: tasd-opt %s -convert-tasd-to-linalg -canonicalize -mlir-print-local-scope | FileCheck %s

// tasd.contract becomes linalg.generic with the casts it stands for.

#a = affine_map<(m, n, k) -> (m, k)>
#b = affine_map<(m, n, k) -> (k, n)>
#c = affine_map<(m, n, k) -> (m, n)>

// CHECK-LABEL: @floats
// CHECK-SAME: %[[B:[a-z0-9]*]]: tensor<4x3xf16>, %[[C:[a-z0-9]*]]: tensor<2x3xf32>
func.func @floats(%b: tensor<4x3xf16>, %c: tensor<2x3xf32>, %v: tensor<2x2xf16>, %m: tensor<2x1xi8>) -> tensor<2x3xf32> {
  // CHECK: %[[A:.*]] = scf.for
  // CHECK: %[[R:.*]] = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2) -> (d0, d2)>, affine_map<(d0, d1, d2) -> (d2, d1)>, affine_map<(d0, d1, d2) -> (d0, d1)>], iterator_types = ["parallel", "parallel", "reduction"]}
  // CHECK-SAME: ins(%[[A]], %[[B]] : tensor<2x4xf16>, tensor<4x3xf16>) outs(%[[C]] : tensor<2x3xf32>)
  // CHECK-NEXT: ^bb0(%[[X:.*]]: f16, %[[Y:.*]]: f16, %[[O:.*]]: f32):
  // CHECK-NEXT: %[[F:.*]] = arith.extf %[[X]] : f16 to f32
  // CHECK-NEXT: %[[G:.*]] = arith.extf %[[Y]] : f16 to f32
  // CHECK-NEXT: %[[P:.*]] = arith.mulf %[[F]], %[[G]]
  // CHECK-NEXT: %[[S:.*]] = arith.addf %[[O]], %[[P]]
  // CHECK-NEXT: linalg.yield %[[S]]
  // CHECK: return %[[R]]
  %s = tasd.assemble %v, %m : !tasd.series<2x4xf16, 2:4, along = [1]>
  %r = tasd.contract [#a, #b, #c] ins(%s, %b : !tasd.series<2x4xf16, 2:4, along = [1]>, tensor<4x3xf16>) outs(%c : tensor<2x3xf32>)
  return %r : tensor<2x3xf32>
}

// CHECK-LABEL: @zero_point
// CHECK-SAME: %[[Z:[a-z0-9]*]]: i32
func.func @zero_point(%z: i32, %b: tensor<4x3xi8>, %c: tensor<2x3xi32>, %v: tensor<2x2xi8>, %m: tensor<2x1xi8>) -> tensor<2x3xi32> {
  // CHECK: linalg.generic
  // CHECK-NEXT: ^bb0(%[[X:.*]]: i8, %[[Y:.*]]: i8, %[[O:.*]]: i32):
  // CHECK-NEXT: %[[F:.*]] = arith.extsi %[[X]] : i8 to i32
  // CHECK-NEXT: %[[G:.*]] = arith.extui %[[Y]] : i8 to i32
  // CHECK-NEXT: %[[H:.*]] = arith.subi %[[G]], %[[Z]]
  // CHECK-NEXT: %[[P:.*]] = arith.muli %[[F]], %[[H]]
  // CHECK-NEXT: arith.addi %[[O]], %[[P]]
  %s = tasd.assemble %v, %m : !tasd.series<2x4xi8, 2:4, along = [1]>
  %r = tasd.contract [#a, #b, #c] unsigned_rhs ins(%s, %b : !tasd.series<2x4xi8, 2:4, along = [1]>, tensor<4x3xi8>) outs(%c : tensor<2x3xi32>) zero_point %z
  return %r : tensor<2x3xi32>
}

// CHECK-LABEL: @integers_to_float
func.func @integers_to_float(%b: tensor<4x3xi8>, %c: tensor<2x3xf32>, %v: tensor<2x2xi8>, %m: tensor<2x1xi8>) -> tensor<2x3xf32> {
  // CHECK: linalg.generic
  // CHECK: arith.uitofp %{{.*}} : i8 to f32
  // CHECK: arith.sitofp %{{.*}} : i8 to f32
  %s = tasd.assemble %v, %m : !tasd.series<2x4xi8, 2:4, along = [1]>
  %r = tasd.contract [#a, #b, #c] unsigned_lhs ins(%s, %b : !tasd.series<2x4xi8, 2:4, along = [1]>, tensor<4x3xi8>) outs(%c : tensor<2x3xf32>)
  return %r : tensor<2x3xf32>
}
