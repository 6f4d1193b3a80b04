// RUN: tasd-opt %s -tasd-pack -split-input-file | FileCheck %s

// Dense constants that only decompositions used are gone, with what led to them.

// CHECK-LABEL: @views
func.func @views() -> (tensor<4x2xf32>, tensor<2x4xf32>) {
  // CHECK-NOT: dense<
  // CHECK-NOT: tensor.empty
  // CHECK-NOT: linalg.transpose
  // CHECK: return
  %w = arith.constant dense<1.0> : tensor<2x4xf32>
  %e = tensor.empty() : tensor<4x2xf32>
  %t = linalg.transpose ins(%w : tensor<2x4xf32>) outs(%e : tensor<4x2xf32>) permutation = [1, 0]
  %s = tasd.decompose %t : !tasd.series<4x2xf32, 2:4, along = [0]>
  %x = tasd.compose %s : !tasd.series<4x2xf32, 2:4, along = [0]>
  %u = tasd.decompose %w : !tasd.series<2x4xf32, 2:4, along = [1]>
  %y = tasd.compose %u : !tasd.series<2x4xf32, 2:4, along = [1]>
  return %x, %y : tensor<4x2xf32>, tensor<2x4xf32>
}

// CHECK-LABEL: @used
func.func @used() -> (tensor<2x4xf32>, tensor<2x4xf32>) {
  // CHECK: %[[W:.*]] = arith.constant dense<1.0
  // CHECK: return %{{.*}}, %[[W]]
  %w = arith.constant dense<1.0> : tensor<2x4xf32>
  %s = tasd.decompose %w : !tasd.series<2x4xf32, 2:4, along = [1]>
  %x = tasd.compose %s : !tasd.series<2x4xf32, 2:4, along = [1]>
  return %x, %w : tensor<2x4xf32>, tensor<2x4xf32>
}

// -----

// Of globals, those go that nobody outside can see and nobody inside loads.
// CHECK: module
// CHECK-NOT: @private
// CHECK-NEXT: ml_program.global public @public
// CHECK-NEXT: ml_program.global private @loaded
ml_program.global private @private(dense<1.0> : tensor<2x4xf32>) : tensor<2x4xf32>
ml_program.global public @public(dense<2.0> : tensor<2x4xf32>) : tensor<2x4xf32>
ml_program.global private @loaded(dense<3.0> : tensor<2x4xf32>) : tensor<2x4xf32>

func.func @globals() -> (tensor<2x4xf32>, tensor<2x4xf32>, tensor<2x4xf32>) {
  %a = ml_program.global_load_const @private : tensor<2x4xf32>
  %s = tasd.decompose %a : !tasd.series<2x4xf32, 2:4, along = [1]>
  %x = tasd.compose %s : !tasd.series<2x4xf32, 2:4, along = [1]>
  %b = ml_program.global_load_const @public : tensor<2x4xf32>
  %t = tasd.decompose %b : !tasd.series<2x4xf32, 2:4, along = [1]>
  %y = tasd.compose %t : !tasd.series<2x4xf32, 2:4, along = [1]>
  %c = ml_program.global_load_const @loaded : tensor<2x4xf32>
  %u = tasd.decompose %c : !tasd.series<2x4xf32, 2:4, along = [1]>
  %z = tasd.compose %u : !tasd.series<2x4xf32, 2:4, along = [1]>
  return %x, %y, %z : tensor<2x4xf32>, tensor<2x4xf32>, tensor<2x4xf32>
}

func.func @other() -> tensor<2x4xf32> {
  %c = ml_program.global_load_const @loaded : tensor<2x4xf32>
  return %c : tensor<2x4xf32>
}
