// RUN: tasd-opt %s -tasd-pack -split-input-file | FileCheck %s

// A constant is packed once for all its users in a function, at its head.

// CHECK-LABEL: @same_data
// CHECK-NEXT: arith.constant dense_resource
// CHECK-NEXT: arith.constant dense_resource
// CHECK-NEXT: %[[S:.*]] = tasd.assemble
func.func @same_data(%c: i1) -> (tensor<2x4xf32>, tensor<2x4xf32>) {
  // CHECK-NOT: tasd.assemble
  // CHECK: scf.if
  // CHECK: tasd.compose %[[S]]
  // CHECK: tasd.compose %[[S]]
  // CHECK: tasd.compose %[[S]]
  %0 = scf.if %c -> tensor<2x4xf32> {
    %w = arith.constant dense<1.0> : tensor<2x4xf32>
    %s = tasd.decompose %w : !tasd.series<2x4xf32, 2:4, along = [1]>
    %r = tasd.compose %s : !tasd.series<2x4xf32, 2:4, along = [1]>
    scf.yield %r : tensor<2x4xf32>
  } else {
    %w = arith.constant dense<1.0> : tensor<2x4xf32>
    %s = tasd.decompose %w : !tasd.series<2x4xf32, 2:4, along = [1]>
    %r = tasd.compose %s : !tasd.series<2x4xf32, 2:4, along = [1]>
    scf.yield %r : tensor<2x4xf32>
  }
  %w = arith.constant dense<1.0> : tensor<2x4xf32>
  %s = tasd.decompose %w : !tasd.series<2x4xf32, 2:4, along = [1]>
  %r = tasd.compose %s : !tasd.series<2x4xf32, 2:4, along = [1]>
  return %0, %r : tensor<2x4xf32>, tensor<2x4xf32>
}

// Another function, series or dimension needs another series.
// CHECK-LABEL: @different
func.func @different() -> (tensor<4x4xf32>, tensor<4x4xf32>, tensor<4x4xf32>) {
  // CHECK-COUNT-3: tasd.assemble
  %w = arith.constant dense<1.0> : tensor<4x4xf32>
  %s = tasd.decompose %w : !tasd.series<4x4xf32, 2:4, along = [1]>
  %t = tasd.decompose %w : !tasd.series<4x4xf32, 2:4, along = [0]>
  %u = tasd.decompose %w : !tasd.series<4x4xf32, 1:4, along = [0]>
  %x = tasd.compose %s : !tasd.series<4x4xf32, 2:4, along = [1]>
  %y = tasd.compose %t : !tasd.series<4x4xf32, 2:4, along = [0]>
  %z = tasd.compose %u : !tasd.series<4x4xf32, 1:4, along = [0]>
  return %x, %y, %z : tensor<4x4xf32>, tensor<4x4xf32>, tensor<4x4xf32>
}

// -----

// Outside of functions the head is that of the module.
// CHECK: module {
// CHECK-NEXT: arith.constant dense_resource
// CHECK-NEXT: arith.constant dense_resource
// CHECK-NEXT: %[[S:.*]] = tasd.assemble
// CHECK: tasd.compose %[[S]]
%w = arith.constant dense<1.0> : tensor<2x4xf32>
%s = tasd.decompose %w : !tasd.series<2x4xf32, 2:4, along = [1]>
%r = tasd.compose %s : !tasd.series<2x4xf32, 2:4, along = [1]>
