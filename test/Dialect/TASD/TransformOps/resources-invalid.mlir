// RUN: tasd-opt %s -transform-interpreter -split-input-file -verify-diagnostics

// Data that cannot be read is a definite failure: no script goes on after it.

func.func @plan(%a: tensor<8x16xf32>, %c: tensor<8x8xf32>) -> tensor<8x8xf32> {
  // expected-error @+1 {{expected data for resource 'missing' but got none}}
  %w = arith.constant dense_resource<missing> : tensor<16x8xf32>
  %0 = linalg.matmul ins(%a, %w : tensor<8x16xf32>, tensor<16x8xf32>) outs(%c : tensor<8x8xf32>) -> tensor<8x8xf32>
  return %0 : tensor<8x8xf32>
}
module attributes {transform.with_named_sequence} {
  transform.named_sequence @__transform_main(%module: !transform.any_op {transform.readonly}) {
    transform.sequence %module : !transform.any_op failures(suppress) {
    ^bb0(%inner: !transform.any_op):
      %layers = transform.tasd.match_layers "*" in %inner : (!transform.any_op) -> !transform.any_op
      %0 = transform.tasd.plan %layers series [2:4] : (!transform.any_op) -> !transform.any_op
    }
    transform.yield
  }
}

// -----

func.func @pack() -> tensor<16x8xf32> {
  // expected-error @+1 {{expected data for resource 'missing' but got none}}
  %w = arith.constant dense_resource<missing> : tensor<16x8xf32>
  %s = tasd.decompose %w : !tasd.series<16x8xf32, 2:4, along = [0]>
  %r = tasd.compose %s : !tasd.series<16x8xf32, 2:4, along = [0]>
  return %r : tensor<16x8xf32>
}
module attributes {transform.with_named_sequence} {
  transform.named_sequence @__transform_main(%module: !transform.any_op) {
    %op = transform.structured.match ops{["tasd.decompose"]} in %module : (!transform.any_op) -> !transform.any_op
    %0 = transform.tasd.pack %op : (!transform.any_op) -> !transform.any_op
    transform.yield
  }
}
