// RUN: tasd-opt %s -convert-tasd-to-linalg -canonicalize -mlir-print-local-scope | FileCheck %s

// Composing scatters the packed terms; a contraction is that of the composed
// tensors.

// CHECK-LABEL: @compose
// CHECK-SAME: %[[V:.*]]: tensor<?x2xf32>, %[[M:.*]]: tensor<?x1xi8>
func.func @compose(%v: tensor<?x2xf32>, %m: tensor<?x1xi8>) -> tensor<?x4xf32> {
  // CHECK-DAG: %[[N:.*]] = tensor.dim %[[V]], %c0
  // CHECK-DAG: %[[E:.*]] = tensor.empty(%[[N]]) : tensor<?x4xf32>
  // CHECK: %[[Z:.*]] = linalg.fill ins(%cst : f32) outs(%[[E]]
  // CHECK: %[[R:.*]] = scf.for %[[I:.*]] = %c0 to %{{.*}} step %c1 iter_args(%{{.*}} = %[[Z]])
  // CHECK: scf.for %[[S:.*]] = %c0 to %c2 step %c1
  // CHECK: %[[X:.*]] = tensor.extract %[[V]][%[[I]], %[[S]]]
  // CHECK: tensor.extract %[[M]][%[[I]], %{{.*}}]
  // An empty slot, or one past the end of the row, is passed over.
  // CHECK: %[[BITS:.*]] = arith.bitcast %[[X]] : f32 to i32
  // CHECK: arith.cmpi ne, %[[BITS]], %c0_i32
  // CHECK: arith.cmpi ult
  // CHECK: scf.if
  // CHECK: tensor.insert %[[X]] into
  // CHECK: return %[[R]]
  %s = tasd.assemble %v, %m : !tasd.series<?x4xf32, 2:4, along = [1]>
  %r = tasd.compose %s : !tasd.series<?x4xf32, 2:4, along = [1]>
  return %r : tensor<?x4xf32>
}

// CHECK-LABEL: @two_terms
func.func @two_terms(%v0: tensor<1x4xi8>, %m0: tensor<1x1xi8>, %v1: tensor<1x2xi8>, %m1: tensor<1x1xi8>) -> tensor<1x8xi8> {
  // CHECK: %[[Z:.*]] = linalg.fill
  // CHECK: %[[FIRST:[a-z0-9_]*]] = scf.for {{.*}} iter_args(%{{[a-z0-9_]*}} = %[[Z]])
  // CHECK: %[[SECOND:[a-z0-9_]*]] = scf.for {{.*}} iter_args(%{{[a-z0-9_]*}} = %[[FIRST]])
  // CHECK: return %[[SECOND]]
  %s = tasd.assemble %v0, %m0, %v1, %m1 : !tasd.series<1x8xi8, 2:4+1:4, along = [1]>
  %r = tasd.compose %s : !tasd.series<1x8xi8, 2:4+1:4, along = [1]>
  return %r : tensor<1x8xi8>
}

// How a machine runs a layer is of no use to the host.

// CHECK-LABEL: @dense_plan
func.func @dense_plan(%a: tensor<4x4xf32>, %b: tensor<4x4xf32>) -> tensor<4x4xf32> {
  // CHECK: linalg.matmul ins(
  %0 = linalg.matmul {tasd.plan = #tasd.plan<dense, dense, mapping = <"tc", a = 1, ["DRAM:"]>>}
      ins(%a, %b : tensor<4x4xf32>, tensor<4x4xf32>) outs(%a : tensor<4x4xf32>) -> tensor<4x4xf32>
  return %0 : tensor<4x4xf32>
}
