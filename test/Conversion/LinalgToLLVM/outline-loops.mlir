// RUN: tasd-opt %s --tasd-outline-loops --canonicalize | FileCheck %s

// Loop nests that follow each other become functions; one alone stays. Bodies of
// parallel loops do too, with the constants that they use.

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

// CHECK-LABEL: func @parallel(
// CHECK: scf.parallel (%[[I:.*]]) =
// CHECK-NEXT: func.call @parallel_tile(%{{.*}}, %[[I]]) : (memref<4xf32>, index) -> ()
// CHECK-NEXT: scf.reduce
func.func @parallel(%x: memref<4xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c4 = arith.constant 4 : index
  %value = arith.constant 2.0 : f32
  scf.parallel (%i) = (%c0) to (%c4) step (%c1) {
    memref.store %value, %x[%i] : memref<4xf32>
    scf.reduce
  }
  return
}

// What the steps are reduced to is a result of the function.
// CHECK-LABEL: func @reduced(
// CHECK: scf.parallel
// CHECK-NEXT: %[[STEP:.*]] = func.call @reduced_tile(
// CHECK-NEXT: scf.reduce(%[[STEP]] : f32)
func.func @reduced(%x: memref<4xf32>, %init: f32) -> f32 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c4 = arith.constant 4 : index
  %sum = scf.parallel (%i) = (%c0) to (%c4) step (%c1) init (%init) -> f32 {
    %0 = memref.load %x[%i] : memref<4xf32>
    scf.reduce(%0 : f32) {
    ^bb0(%a: f32, %b: f32):
      %1 = arith.addf %a, %b : f32
      scf.reduce.return %1 : f32
    }
  }
  return %sum : f32
}

// CHECK-LABEL: func private @two_loop(
// CHECK-SAME: passthrough = ["noinline"]
// CHECK: scf.for
// CHECK: scf.for
// CHECK: memref.store

// CHECK-LABEL: func private @two_loop_0(
// CHECK: %[[SUM:.*]] = scf.for
// CHECK: return %[[SUM]]

// CHECK-LABEL: func private @parallel_tile(
// CHECK: arith.constant 2.000000e+00 : f32
// CHECK: memref.store
