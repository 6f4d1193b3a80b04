// RUN: tasd-opt %s -transform-interpreter | FileCheck %s

// An alternative is tried on a copy of the function; where an op does not find
// what it asks for, the next one has its turn.

// CHECK-NOT: tasd.plan_count
// CHECK-LABEL: @no_constant
func.func @no_constant(%a: tensor<8x16xf32>, %b: tensor<16x8xf32>, %c: tensor<8x8xf32>) -> tensor<8x8xf32> {
  // CHECK: linalg.matmul {second} ins
  %0 = linalg.matmul ins(%a, %b : tensor<8x16xf32>, tensor<16x8xf32>) outs(%c : tensor<8x8xf32>) -> tensor<8x8xf32> loc("dense")
  return %0 : tensor<8x8xf32>
}

// CHECK-LABEL: @constant
func.func @constant(%a: tensor<8x16xf32>, %c: tensor<8x8xf32>) -> tensor<8x8xf32> {
  // CHECK: tasd.contract {{.*}} {first}
  %w = arith.constant dense<1.0> : tensor<16x8xf32>
  %0 = linalg.matmul ins(%a, %w : tensor<8x16xf32>, tensor<16x8xf32>) outs(%c : tensor<8x8xf32>) -> tensor<8x8xf32> loc("dense")
  return %0 : tensor<8x8xf32>
}

module attributes {transform.with_named_sequence} {
  transform.named_sequence @__transform_main(%module: !transform.any_op) {
    %functions = transform.structured.match ops{["func.func"]} in %module : (!transform.any_op) -> !transform.any_op
    transform.foreach %functions : !transform.any_op {
    ^bb0(%function: !transform.any_op):
      transform.alternatives %function : !transform.any_op {
      ^bb1(%scope: !transform.any_op):
        %layers = transform.tasd.match_layers "dense" in %scope : (!transform.any_op) -> !transform.any_op
        transform.tasd.plan %layers series [2:4] : (!transform.any_op) -> !transform.any_op
        %contract = transform.tasd.convert %layers : (!transform.any_op) -> !transform.any_op
        transform.annotate %contract "first" : !transform.any_op
      }, {
      ^bb1(%scope: !transform.any_op):
        %layers = transform.tasd.match_layers "dense" in %scope : (!transform.any_op) -> !transform.any_op
        transform.annotate %layers "second" : !transform.any_op
      }
    }
    transform.yield
  }
}
