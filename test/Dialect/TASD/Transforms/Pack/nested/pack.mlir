// RUN: tasd-opt %s -pass-pipeline="builtin.module(builtin.module(tasd-pack))" -mlir-disable-threading | FileCheck %s
// RUN: tasd-opt %s -tasd-pack | FileCheck %s

// Every function of every module has constants of its own.

// CHECK-LABEL: module @first
// CHECK: func.func @main
// CHECK: %[[S:.*]] = tasd.assemble
// CHECK: tasd.compose %[[S]]
module @first {
  func.func @main() -> tensor<2x4xf32> {
    %w = arith.constant dense<1.0> : tensor<2x4xf32>
    %s = tasd.decompose %w : !tasd.series<2x4xf32, 2:4, along = [1]>
    %r = tasd.compose %s : !tasd.series<2x4xf32, 2:4, along = [1]>
    return %r : tensor<2x4xf32>
  }
}

// CHECK-LABEL: module @second
// CHECK: func.func @main
// CHECK: %[[S:.*]] = tasd.assemble
// CHECK: tasd.compose %[[S]]
module @second {
  func.func @main() -> tensor<2x4xf32> {
    %w = arith.constant dense<1.0> : tensor<2x4xf32>
    %s = tasd.decompose %w : !tasd.series<2x4xf32, 2:4, along = [1]>
    %r = tasd.compose %s : !tasd.series<2x4xf32, 2:4, along = [1]>
    return %r : tensor<2x4xf32>
  }
}
