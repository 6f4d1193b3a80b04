// RUN: tasd-opt %s -transform-interpreter -verify-diagnostics

// Layers are chosen by the names that tasd-print-plan prints, inside the target
// alone.

func.func @main(%a: tensor<8x16xf32>, %c: tensor<8x16xf32>) -> tensor<8x16xf32> {
  %w = arith.constant dense<1.0> : tensor<16x16xf32>
  // expected-remark @+1 {{by ordinal}}
  %0 = linalg.matmul ins(%a, %w : tensor<8x16xf32>, tensor<16x16xf32>) outs(%c : tensor<8x16xf32>) -> tensor<8x16xf32>
  // expected-remark @+1 {{by ordinal}}
  %1 = linalg.matmul ins(%0, %w : tensor<8x16xf32>, tensor<16x16xf32>) outs(%c : tensor<8x16xf32>) -> tensor<8x16xf32>
  // no layer: it sums nothing up
  %2 = linalg.add ins(%0, %1 : tensor<8x16xf32>, tensor<8x16xf32>) outs(%c : tensor<8x16xf32>) -> tensor<8x16xf32>
  return %2 : tensor<8x16xf32>
}

func.func @other(%a: tensor<8x16xf32>, %c: tensor<8x16xf32>) -> tensor<8x16xf32> {
  %w = arith.constant dense<1.0> : tensor<16x16xf32>
  // expected-remark @+1 {{inside the function}}
  %0 = linalg.matmul ins(%a, %w : tensor<8x16xf32>, tensor<16x16xf32>) outs(%c : tensor<8x16xf32>) -> tensor<8x16xf32>
  return %0 : tensor<8x16xf32>
}

module attributes {transform.with_named_sequence} {
  transform.named_sequence @__transform_main(%module: !transform.any_op {transform.readonly}) {
    %ordinals = transform.tasd.match_layers "main/matmul#{0,1}" in %module : (!transform.any_op) -> !transform.any_op
    transform.debug.emit_remark_at %ordinals, "by ordinal" : !transform.any_op
    %other = transform.structured.match ops{["func.func"]} attributes {sym_name = "other"} in %module : (!transform.any_op) -> !transform.any_op
    %inside = transform.tasd.match_layers "*" in %other : (!transform.any_op) -> !transform.any_op
    transform.debug.emit_remark_at %inside, "inside the function" : !transform.any_op
    %none = transform.tasd.match_layers "main*" in %other : (!transform.any_op) -> !transform.any_op
    transform.debug.emit_remark_at %none, "never" : !transform.any_op
    transform.yield
  }
}
