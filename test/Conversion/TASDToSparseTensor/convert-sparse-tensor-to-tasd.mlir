// RUN: tasd-opt %s --convert-sparse-tensor-to-tasd --canonicalize | FileCheck %s
// RUN: tasd-opt %s --convert-sparse-tensor-to-tasd --mlir-pass-statistics --remarks-filter=tasd \
// RUN:   --remark-format=emitRemark -o /dev/null 2>&1 | FileCheck %s --check-prefix=COUNTS

// Contractions of sparse tensors with an N:M level become those of series.

// COUNTS: remark: [Passed] convert-sparse-tensor-to-tasd {{.*}} plan="#tasd.plan<
// COUNTS: (S) 4 layers-converted
// COUNTS: (S) 0 ops-left

#NM = #sparse_tensor.encoding<{
  map = (i, j) -> (i : dense, j floordiv 4 : dense, j mod 4 : structured[2, 4])
}>
#NM8 = #sparse_tensor.encoding<{
  map = (i, j) -> (j : dense, i floordiv 8 : dense, i mod 8 : structured[2, 8]),
  crdWidth = 8
}>

// CHECK-LABEL: func @converted
// CHECK-SAME: %[[A:.*]]: tensor<2x8xf32>, %[[B:.*]]: tensor<8x3xf32>, %[[C:.*]]: tensor<2x3xf32>
func.func @converted(%a: tensor<2x8xf32>, %b: tensor<8x3xf32>, %c: tensor<2x3xf32>) -> tensor<2x3xf32> {
  // CHECK-NEXT: %[[S:.*]] = tasd.decompose %[[A]] : !tasd.series<2x8xf32, 2:4, along = [1]>
  // CHECK-NEXT: %[[R:.*]] = tasd.contract {{.*}} ins(%[[S]], %[[B]] : {{.*}}) outs(%[[C]] : {{.*}})
  // CHECK-NEXT: return %[[R]]
  %s = sparse_tensor.convert %a : tensor<2x8xf32> to tensor<2x8xf32, #NM>
  %r = linalg.matmul ins(%s, %b : tensor<2x8xf32, #NM>, tensor<8x3xf32>)
                     outs(%c : tensor<2x3xf32>) -> tensor<2x3xf32>
  return %r : tensor<2x3xf32>
}

// CHECK-LABEL: func @converted_integers
func.func @converted_integers(%a: tensor<2x8xi8>, %b: tensor<8x3xi8>, %c: tensor<2x3xi32>) -> tensor<2x3xi32> {
  // CHECK: tasd.decompose %{{.*}} unsigned
  // CHECK: tasd.contract {{.*}} unsigned_lhs unsigned_rhs
  %s = sparse_tensor.convert %a : tensor<2x8xi8> to tensor<2x8xi8, #NM>
  %r = linalg.matmul {cast = #linalg.type_fn<cast_unsigned>}
    ins(%s, %b : tensor<2x8xi8, #NM>, tensor<8x3xi8>)
    outs(%c : tensor<2x3xi32>) -> tensor<2x3xi32>
  return %r : tensor<2x3xi32>
}

// CHECK-LABEL: func @assembled
// CHECK-SAME: %[[CRD:.*]]: tensor<12xi8>, %[[VALUES:.*]]: tensor<12xf32>
func.func @assembled(%coordinates: tensor<12xi8>, %values: tensor<12xf32>,
                     %a: tensor<2x16xf32>, %c: tensor<2x3xf32>) -> tensor<2x3xf32> {
  // CHECK-DAG: %[[V:.*]] = tensor.expand_shape %[[VALUES]] {{.*}} into tensor<3x4xf32>
  // CHECK-DAG: %[[X:.*]] = tensor.expand_shape %[[CRD]] {{.*}} into tensor<3x4xi8>
  // Three bits each: a byte has parts of four.
  // CHECK: %[[M:.*]] = linalg.generic {{.*}} outs(%{{.*}} : tensor<3x2xi8>)
  // CHECK-COUNT-4: tensor.extract %[[X]]
  // CHECK-NOT: tensor.extract
  // CHECK: %[[S:.*]] = tasd.assemble %[[V]], %[[M]] : !tasd.series<16x3xf32, 2:8, along = [0]>
  // CHECK: tasd.contract {{.*}} ins(%{{.*}}, %[[S]] : tensor<2x16xf32>,
  // CHECK-NOT: sparse_tensor
  // CHECK: return
  %s = sparse_tensor.assemble (%coordinates), %values
    : (tensor<12xi8>), tensor<12xf32> to tensor<16x3xf32, #NM8>
  %r = linalg.matmul ins(%a, %s : tensor<2x16xf32>, tensor<16x3xf32, #NM8>)
                     outs(%c : tensor<2x3xf32>) -> tensor<2x3xf32>
  return %r : tensor<2x3xf32>
}

// CHECK-LABEL: func @stored
// CHECK-SAME: %[[A:.*]]: tensor<2x8xf32, #{{.*}}>
func.func @stored(%a: tensor<2x8xf32, #NM>, %b: tensor<8x3xf32>, %c: tensor<2x3xf32>) -> tensor<2x3xf32> {
  // CHECK: sparse_tensor.coordinates %[[A]] {level = 2 : index} : {{.*}} to memref<?xindex>
  // CHECK: sparse_tensor.values %[[A]]
  // Two bits each: nothing straddles bytes, and no slot is past the end.
  // CHECK: linalg.generic
  // CHECK-COUNT-4: tensor.extract %{{.*}} : tensor<2x4xindex>
  // CHECK-NOT: arith.select
  // CHECK: tasd.assemble %{{.*}}, %{{.*}} : !tasd.series<2x8xf32, 2:4, along = [1]>
  // CHECK: tasd.contract
  %r = linalg.matmul ins(%a, %b : tensor<2x8xf32, #NM>, tensor<8x3xf32>)
                     outs(%c : tensor<2x3xf32>) -> tensor<2x3xf32>
  return %r : tensor<2x3xf32>
}
