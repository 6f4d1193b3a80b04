// RUN: tasd-opt %s --tasd-expand-memref-ops | FileCheck %s
// RUN: tasd-opt %s --tasd-expand-memref-ops --mlir-pass-statistics -o /dev/null 2>&1 | FileCheck %s --check-prefix=COUNTS

// Buffer ops that would need a runtime, or have no lowering.

// COUNTS: (S) 2 ops-expanded

// CHECK-LABEL: func @strided_copy
func.func @strided_copy(%x: memref<4x4xf32, strided<[8, 1]>>, %y: memref<4x4xf32>) {
  // CHECK-NOT: memref.copy
  // CHECK: linalg.generic
  memref.copy %x, %y : memref<4x4xf32, strided<[8, 1]>> to memref<4x4xf32>
  return
}

// CHECK-LABEL: func @contiguous_copy
func.func @contiguous_copy(%x: memref<?x4xf32>, %y: memref<?x4xf32>) {
  // CHECK: memref.copy
  memref.copy %x, %y : memref<?x4xf32> to memref<?x4xf32>
  return
}

// CHECK-LABEL: func @several_free_extents
// CHECK-SAME: %[[X:.*]]: memref<?x4xf32>, %[[I:.*]]: index, %[[J:.*]]: index
func.func @several_free_extents(%x: memref<?x4xf32>, %i: index, %j: index)
    -> memref<?x?x4xf32> {
  // CHECK: %[[STRIDE:.*]] = affine.apply {{.*}}[%[[J]]]
  // CHECK: memref.reinterpret_cast {{.*}} sizes: [%[[I]], %[[J]], 4], strides: [%[[STRIDE]], 4, 1]
  %0 = memref.expand_shape %x [[0, 1], [2]] output_shape [%i, %j, 4]
    : memref<?x4xf32> into memref<?x?x4xf32>
  return %0 : memref<?x?x4xf32>
}
