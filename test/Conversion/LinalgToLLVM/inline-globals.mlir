// RUN: tasd-opt %s --tasd-inline-globals | FileCheck %s

// Globals that nobody stores to become constants.

ml_program.global private @weights(dense<[1.0, 2.0]> : tensor<2xf32>) : tensor<2xf32>
ml_program.global public @shared(dense<3.0> : tensor<2xf32>) : tensor<2xf32>
ml_program.global private mutable @seed(dense<0> : tensor<i64>) : tensor<i64>

// CHECK-NOT: @weights
// CHECK: ml_program.global public @shared
// CHECK: ml_program.global private mutable @seed

// CHECK-LABEL: func @constants
func.func @constants() -> (tensor<2xf32>, tensor<2xf32>) {
  // CHECK: arith.constant dense<[1.000000e+00, 2.000000e+00]>
  // CHECK: arith.constant dense<3.000000e+00>
  %0 = ml_program.global_load_const @weights : tensor<2xf32>
  %1 = ml_program.global_load @shared : tensor<2xf32>
  return %0, %1 : tensor<2xf32>, tensor<2xf32>
}

// CHECK-LABEL: func @state
func.func @state(%next: tensor<i64>) -> tensor<i64> {
  // CHECK: ml_program.global_load @seed
  %0 = ml_program.global_load @seed : tensor<i64>
  ml_program.global_store @seed = %next : tensor<i64>
  return %0 : tensor<i64>
}
