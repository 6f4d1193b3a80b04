// RUN: tasd-opt %s -canonicalize | FileCheck %s

// Slices merge, the whole folds, constant offsets become static.

// CHECK-LABEL: @whole
// CHECK-SAME: %[[S:.*]]: !tasd.series
func.func @whole(%s: !tasd.series<8x16xf32, 2:4, along = [1]>)
    -> !tasd.series<8x16xf32, 2:4, along = [1]> {
  // CHECK-NEXT: return %[[S]]
  %p = tasd.slice %s[0, 0] [8, 16] : !tasd.series<8x16xf32, 2:4, along = [1]>
  return %p : !tasd.series<8x16xf32, 2:4, along = [1]>
}

// The whole of a dynamic extent is not known to be the whole.
// CHECK-LABEL: @dynamic_extent
func.func @dynamic_extent(%s: !tasd.series<?x16xf32, 2:4, along = [1]>, %n: index)
    -> !tasd.series<?x16xf32, 2:4, along = [1]> {
  // CHECK-NEXT: tasd.slice
  %p = tasd.slice %s[0, 0] [%n, 16] : !tasd.series<?x16xf32, 2:4, along = [1]>
  return %p : !tasd.series<?x16xf32, 2:4, along = [1]>
}

// CHECK-LABEL: @slice_of_slice
// CHECK-SAME: %[[S:.*]]: !tasd.series<8x32xf32, 2:4, along = [1]>, %[[I:.*]]: index
func.func @slice_of_slice(%s: !tasd.series<8x32xf32, 2:4, along = [1]>, %i: index)
    -> !tasd.series<2x4xf32, 2:4, along = [1]> {
  // CHECK: %[[SUM:.*]] = affine.apply #{{.*}}()[%[[I]]]
  // CHECK: %[[P:.*]] = tasd.slice %[[S]] [%[[SUM]], 20] [2, 4] : !tasd.series<8x32xf32, 2:4, along = [1]>
  // CHECK-NEXT: return %[[P]]
  %p = tasd.slice %s[%i, 16] [4, 16] : !tasd.series<8x32xf32, 2:4, along = [1]>
  %q = tasd.slice %p[2, 4] [2, 4] : !tasd.series<4x16xf32, 2:4, along = [1]>
  return %q : !tasd.series<2x4xf32, 2:4, along = [1]>
}

// CHECK-LABEL: @constant_offset
func.func @constant_offset(%s: !tasd.series<8x16xf32, 2:4, along = [1]>)
    -> !tasd.series<2x4xf32, 2:4, along = [1]> {
  // CHECK: tasd.slice %{{.*}} [3, 8] [2, 4]
  %c3 = arith.constant 3 : index
  %c8 = arith.constant 8 : index
  %p = tasd.slice %s[%c3, %c8] [2, 4] : !tasd.series<8x16xf32, 2:4, along = [1]>
  return %p : !tasd.series<2x4xf32, 2:4, along = [1]>
}

// Undefined when it runs, but still valid IR: left alone.
// CHECK-LABEL: @invalid_constant_offset
func.func @invalid_constant_offset(%s: !tasd.series<8x16xf32, 2:4, along = [1]>)
    -> !tasd.series<8x4xf32, 2:4, along = [1]> {
  // CHECK: %[[C:.*]] = arith.constant 2
  // CHECK: tasd.slice %{{.*}} [0, %[[C]]] [8, 4]
  %c2 = arith.constant 2 : index
  %p = tasd.slice %s[0, %c2] [8, 4] : !tasd.series<8x16xf32, 2:4, along = [1]>
  return %p : !tasd.series<8x4xf32, 2:4, along = [1]>
}
