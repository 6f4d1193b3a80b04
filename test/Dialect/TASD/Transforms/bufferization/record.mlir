// RUN: tasd-opt %s -one-shot-bufferize="bufferize-function-boundaries" -canonicalize | FileCheck %s

// tasd.record reads its tensor where it stands, and nothing is copied for it.

// CHECK-LABEL: @argument
// CHECK-SAME: %[[X:.*]]: memref<?x16xf32, {{.*}}>
func.func @argument(%x: tensor<?x16xf32>) -> tensor<?x16xf32> {
  // CHECK-NOT: memref.copy
  // CHECK: tasd.record %[[X]] as input 0 of "fc" along [1] : memref<?x16xf32, strided<[?, ?], offset: ?>>
  // CHECK: return %[[X]]
  tasd.record %x as input 0 of "fc" along [1] : tensor<?x16xf32>
  return %x : tensor<?x16xf32>
}

// What is overwritten later is measured before.
// CHECK-LABEL: @overwritten
func.func @overwritten(%c: f32) -> tensor<4x16xf32> {
  // CHECK: %[[A:.*]] = memref.alloc
  // CHECK: linalg.fill {{.*}} outs(%[[A]]
  // CHECK: tasd.record %[[A]]
  // CHECK-NOT: memref.alloc
  // CHECK: linalg.fill {{.*}} outs(%[[A]]
  %zero = arith.constant 0.0 : f32
  %empty = tensor.empty() : tensor<4x16xf32>
  %0 = linalg.fill ins(%c : f32) outs(%empty : tensor<4x16xf32>) -> tensor<4x16xf32>
  tasd.record %0 as input 0 of "fc" along [1] : tensor<4x16xf32>
  %1 = linalg.fill ins(%zero : f32) outs(%0 : tensor<4x16xf32>) -> tensor<4x16xf32>
  return %1 : tensor<4x16xf32>
}

// A part of a tensor is measured in place.
// CHECK-LABEL: @slice
func.func @slice(%x: tensor<8x16xf32>) {
  // CHECK: %[[V:.*]] = memref.subview
  // CHECK-NOT: memref.copy
  // CHECK: tasd.record %[[V]] as input 1 of "fc" along [0]
  %s = tensor.extract_slice %x[2, 4] [4, 8] [1, 1] : tensor<8x16xf32> to tensor<4x8xf32>
  tasd.record %s as input 1 of "fc" along [0] : tensor<4x8xf32>
  return
}
