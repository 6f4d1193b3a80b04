// RUN: tasd-opt %s -tasd-plan="series=1:4,2:4 max-dropped-magnitude=0.25" | FileCheck %s

// The magnitude of integers follows the signedness of the op.

// Unsigned, -1 is 255: more than half of the magnitude.
// CHECK-LABEL: @unsigned_weights
func.func @unsigned_weights(%a: tensor<2x4xi8>, %c: tensor<2x2xi32>) -> tensor<2x2xi32> {
  // CHECK: tasd.plan = #tasd.plan<dense, 1:4 along [0] at compile_time>
  %w = arith.constant dense<[[-1, -1], [1, 1], [0, 0], [0, 0]]> : tensor<4x2xi8>
  %r = linalg.matmul {cast = #linalg.type_fn<cast_unsigned>} ins(%a, %w : tensor<2x4xi8>, tensor<4x2xi8>) outs(%c : tensor<2x2xi32>) -> tensor<2x2xi32>
  return %r : tensor<2x2xi32>
}

// CHECK-LABEL: @signed_weights
func.func @signed_weights(%a: tensor<2x4xi8>, %c: tensor<2x2xi32>) -> tensor<2x2xi32> {
  // CHECK: tasd.plan = #tasd.plan<dense, 2:4 along [0] at compile_time>
  %w = arith.constant dense<[[-1, -1], [1, 1], [0, 0], [0, 0]]> : tensor<4x2xi8>
  %r = linalg.matmul ins(%a, %w : tensor<2x4xi8>, tensor<4x2xi8>) outs(%c : tensor<2x2xi32>) -> tensor<2x2xi32>
  return %r : tensor<2x2xi32>
}
