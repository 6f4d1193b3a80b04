// RUN: tasd-opt %s --tasd-outline-loops --canonicalize | FileCheck %s

// Loop nests that follow each other become functions; one alone stays.

// CHECK-LABEL: func @two(
// CHECK-NOT: scf.for
// CHECK: call @two_loop(
// CHECK: %[[RESULT:.*]] = call @two_loop_0(
// CHECK: return %[[RESULT]]
func.func @two(%x: memref<4x8xf32>, %value: f32) -> f32 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c4 = arith.constant 4 : index
  %c8 = arith.constant 8 : index
  scf.for %i = %c0 to %c4 step %c1 {
    scf.for %j = %c0 to %c8 step %c1 {
      memref.store %value, %x[%i, %j] : memref<4x8xf32>
    }
  }
  %sum = scf.for %i = %c0 to %c4 step %c1 iter_args(%s = %value) -> f32 {
    %0 = memref.load %x[%i, %c0] : memref<4x8xf32>
    %1 = arith.addf %s, %0 : f32
    scf.yield %1 : f32
  }
  return %sum : f32
}

// CHECK-LABEL: func @one(
// CHECK: scf.for
func.func @one(%x: memref<4xf32>, %value: f32) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c4 = arith.constant 4 : index
  scf.for %i = %c0 to %c4 step %c1 {
    memref.store %value, %x[%i] : memref<4xf32>
  }
  return
}

// CHECK-LABEL: func private @two_loop(
// CHECK-SAME: passthrough = ["noinline"]
// CHECK: scf.for
// CHECK: scf.for
// CHECK: memref.store

// CHECK-LABEL: func private @two_loop_0(
// CHECK: %[[SUM:.*]] = scf.for
// CHECK: return %[[SUM]]
