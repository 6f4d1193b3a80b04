// RUN: tasd-opt %s -one-shot-bufferize="bufferize-function-boundaries" -canonicalize | FileCheck %s

// tasd.pack on tensors becomes tasd.pack on buffers.

// The input is only read, each output is only written: nothing is copied.
// CHECK-LABEL: @pack_into_empty
// CHECK-SAME: %[[A:.*]]: memref<?x16xf32, {{.*}}>
func.func @pack_into_empty(%a: tensor<?x16xf32>, %n: index)
    -> (tensor<?x8xf32>, tensor<?x2xi8>, tensor<?x16xf32>) {
  // CHECK-NOT: memref.copy
  // CHECK-DAG: %[[V:.*]] = memref.alloc(%{{.*}}) {{.*}} : memref<?x8xf32>
  // CHECK-DAG: %[[M:.*]] = memref.alloc(%{{.*}}) {{.*}} : memref<?x2xi8>
  // CHECK: tasd.pack <2:4> along [1] ins(%[[A]] : {{.*}}) outs(%[[V]], %[[M]] : memref<?x8xf32>, memref<?x2xi8>)
  // CHECK: return %[[V]], %[[M]], %[[A]]
  %v = tensor.empty(%n) : tensor<?x8xf32>
  %m = tensor.empty(%n) : tensor<?x2xi8>
  %r:2 = tasd.pack <2:4> along [1] ins(%a : tensor<?x16xf32>)
      outs(%v, %m : tensor<?x8xf32>, tensor<?x2xi8>) -> tensor<?x8xf32>, tensor<?x2xi8>
  return %r#0, %r#1, %a : tensor<?x8xf32>, tensor<?x2xi8>, tensor<?x16xf32>
}

// An output that is still read afterwards is not overwritten; what it held is
// not copied, since every byte of the new one is written.
// CHECK-LABEL: @output_read_afterwards
// CHECK-SAME: %[[A:[^:]*]]: memref<8x16xi8, {{[^>]*>}}>, %[[V:[^:]*]]: memref<8x8xi8
func.func @output_read_afterwards(%a: tensor<8x16xi8>, %v: tensor<8x8xi8>, %m: tensor<8x2xi8>)
    -> (tensor<8x8xi8>, tensor<8x8xi8>) {
  // CHECK-NOT: memref.copy
  // CHECK: %[[W:.*]] = memref.alloc() {{.*}} : memref<8x8xi8>
  // CHECK: tasd.pack <2:4> along [1] unsigned ins(%[[A]] : {{.*}}) outs(%[[W]], %{{.*}} : {{.*}})
  // CHECK-NOT: memref.copy
  // CHECK: return %[[W]], %[[V]]
  %r:2 = tasd.pack <2:4> along [1] unsigned ins(%a : tensor<8x16xi8>)
      outs(%v, %m : tensor<8x8xi8>, tensor<8x2xi8>) -> tensor<8x8xi8>, tensor<8x2xi8>
  return %r#0, %v : tensor<8x8xi8>, tensor<8x8xi8>
}
