// RUN: tasd-opt %s -convert-tasd-to-runtime -canonicalize | FileCheck %s
// RUN: tasd-opt %s -convert-tasd-to-runtime --mlir-pass-statistics -o /dev/null 2>&1 | FileCheck %s --check-prefix=COUNTS

// A pack on buffers becomes one call; its record stands on the stack.

// COUNTS: (S) 3 runtime-calls

// CHECK: func.func private @tasd_runtime_pack(index, index, index)
// CHECK: memref.global "private" constant @"tasd_series_2:4+1:8" : memref<7xi8> = dense<[50, 58, 52, 43, 49, 58, 56]>

// CHECK-LABEL: @strided_input
// CHECK-SAME: %[[A:.*]]: memref<?x16xf16, strided<[?, 1], offset: ?>>
func.func @strided_input(%a: memref<?x16xf16, strided<[?, 1], offset: ?>>,
    %v0: memref<?x8xf16>, %m0: memref<?x2xi8>, %v1: memref<?x2xf16>, %m1: memref<?x1xi8>) {
  // CHECK: %[[LENGTH:.*]] = arith.constant 7 : index
  // Version, element type, rank, blocked dimensions, address, extents, strides;
  // terms, and for each the number, addresses and sizes of its components.
  // CHECK: %[[RECORD:.*]] = memref.alloca() : memref<21xi64>
  // CHECK: %{{.*}}, %[[OFFSET:.*]], %[[SIZE:.*]]:2, %[[STRIDE:.*]]:2 = memref.extract_strided_metadata %[[A]]
  // CHECK-COUNT-21: memref.store %{{.*}}, %[[RECORD]]
  // CHECK: %[[WORDS:.*]] = memref.extract_aligned_pointer_as_index %[[RECORD]]
  // CHECK: %[[GLOBAL:.*]] = memref.get_global @"tasd_series_2:4+1:8"
  // CHECK: %[[TEXT:.*]] = memref.extract_aligned_pointer_as_index %[[GLOBAL]]
  // CHECK: call @tasd_runtime_pack(%[[WORDS]], %[[TEXT]], %[[LENGTH]])
  tasd.pack <2:4+1:8> along [1] ins(%a : memref<?x16xf16, strided<[?, 1], offset: ?>>)
      outs(%v0, %m0, %v1, %m1 : memref<?x8xf16>, memref<?x2xi8>, memref<?x2xf16>, memref<?x1xi8>)
  return
}

// One function and one global serve all calls. The record is taken from the
// stack once, not in every step of the loop.
// CHECK-LABEL: @loop
func.func @loop(%a: memref<8x8xf32>, %v0: memref<8x4xf32>, %m0: memref<8x1xi8>, %v1: memref<8x1xf32>, %m1: memref<8x1xi8>, %n: index) {
  // CHECK: memref.alloca() : memref<21xi64>
  // CHECK: scf.for
  // CHECK-NOT: memref.alloca
  // CHECK: call @tasd_runtime_pack
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  scf.for %i = %c0 to %n step %c1 {
    tasd.pack <2:4+1:8> along [1] ins(%a : memref<8x8xf32>) outs(%v0, %m0, %v1, %m1 : memref<8x4xf32>, memref<8x1xi8>, memref<8x1xf32>, memref<8x1xi8>)
  }
  return
}

// Steps that run at the same time have a record each.
// CHECK-LABEL: @parallel_loop
func.func @parallel_loop(%a: memref<8x8xf32>, %v0: memref<?x8x4xf32>, %m0: memref<?x8x1xi8>, %n: index) {
  // CHECK: scf.parallel
  // CHECK: memref.alloca
  // CHECK: call @tasd_runtime_pack
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  scf.parallel (%i) = (%c0) to (%n) step (%c1) {
    %v = memref.subview %v0[%i, 0, 0] [1, 8, 4] [1, 1, 1] : memref<?x8x4xf32> to memref<8x4xf32, strided<[4, 1], offset: ?>>
    %m = memref.subview %m0[%i, 0, 0] [1, 8, 1] [1, 1, 1] : memref<?x8x1xi8> to memref<8x1xi8, strided<[1, 1], offset: ?>>
    tasd.pack <2:4> along [1] ins(%a : memref<8x8xf32>) outs(%v, %m : memref<8x4xf32, strided<[4, 1], offset: ?>>, memref<8x1xi8, strided<[1, 1], offset: ?>>)
  }
  return
}
