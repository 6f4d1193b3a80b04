// RUN: tasd-opt %s -transform-interpreter -split-input-file -verify-diagnostics

// What an op asks of its targets and does not find.

// expected-note @+1 {{when applied to this op}}
module attributes {transform.with_named_sequence} {
  transform.named_sequence @__transform_main(%module: !transform.any_op {transform.readonly}) {
    // expected-error @+1 {{expected a contraction or a convolution}}
    %0 = transform.tasd.plan %module series [2:4] : (!transform.any_op) -> !transform.any_op
    transform.yield
  }
}

// -----

func.func @plan_of_an_argument(%a: tensor<8x16xf32>, %b: tensor<16x8xf32>, %c: tensor<8x8xf32>) -> tensor<8x8xf32> {
  // expected-note @+1 {{when applied to this op}}
  %0 = linalg.matmul {tasd.plan = #tasd.plan<dense, 2:4 along [0] at compile_time>} ins(%a, %b : tensor<8x16xf32>, tensor<16x8xf32>) outs(%c : tensor<8x8xf32>) -> tensor<8x8xf32>
  return %0 : tensor<8x8xf32>
}
module attributes {transform.with_named_sequence} {
  transform.named_sequence @__transform_main(%module: !transform.any_op {transform.readonly}) {
    %layers = transform.tasd.match_layers "*" in %module : (!transform.any_op) -> !transform.any_op
    // expected-error @+1 {{has a plan: input 1: expected a constant to decompose at compile time}}
    %0 = transform.tasd.plan %layers series [2:4] : (!transform.any_op) -> !transform.any_op
    transform.yield
  }
}

// -----

func.func @convert_of_an_argument(%a: tensor<8x16xf32>, %b: tensor<16x8xf32>, %c: tensor<8x8xf32>) -> tensor<8x8xf32> {
  // expected-note @+1 {{when applied to this op}}
  %0 = linalg.matmul {tasd.plan = #tasd.plan<dense, 2:4 along [0] at compile_time>} ins(%a, %b : tensor<8x16xf32>, tensor<16x8xf32>) outs(%c : tensor<8x8xf32>) -> tensor<8x8xf32>
  return %0 : tensor<8x8xf32>
}
module attributes {transform.with_named_sequence} {
  transform.named_sequence @__transform_main(%module: !transform.any_op) {
    %layers = transform.tasd.match_layers "*" in %module : (!transform.any_op) -> !transform.any_op
    // expected-error @+1 {{input 1: expected a constant to decompose at compile time}}
    %0 = transform.tasd.convert %layers : (!transform.any_op) -> !transform.any_op
    transform.yield
  }
}

// -----

func.func @not_planned(%a: tensor<8x16xf32>, %b: tensor<16x8xf32>, %c: tensor<8x8xf32>) -> tensor<8x8xf32> {
  // expected-note @+1 {{when applied to this op}}
  %0 = linalg.matmul ins(%a, %b : tensor<8x16xf32>, tensor<16x8xf32>) outs(%c : tensor<8x8xf32>) -> tensor<8x8xf32>
  return %0 : tensor<8x8xf32>
}
module attributes {transform.with_named_sequence} {
  transform.named_sequence @__transform_main(%module: !transform.any_op) {
    %layers = transform.tasd.match_layers "*" in %module : (!transform.any_op) -> !transform.any_op
    // expected-error @+1 {{expected a plan with a series}}
    %0 = transform.tasd.convert %layers : (!transform.any_op) -> !transform.any_op
    transform.yield
  }
}

// -----

// A plan may stand on an op that is no layer until it is carried out.
func.func @no_layer(%a: tensor<8x16xf32>, %c: tensor<8x16xf32>) -> tensor<8x16xf32> {
  // expected-note @+1 {{when applied to this op}}
  %0 = linalg.abs {tasd.plan = #tasd.plan<2:4 along [1] at run_time>} ins(%a : tensor<8x16xf32>) outs(%c : tensor<8x16xf32>) -> tensor<8x16xf32>
  return %0 : tensor<8x16xf32>
}
module attributes {transform.with_named_sequence} {
  transform.named_sequence @__transform_main(%module: !transform.any_op) {
    %op = transform.structured.match ops{["linalg.abs"]} in %module : (!transform.any_op) -> !transform.any_op
    // expected-error @+1 {{expected a contraction or a convolution}}
    %0 = transform.tasd.convert %op : (!transform.any_op) -> !transform.any_op
    transform.yield
  }
}

// -----

#a = affine_map<(m, n, k) -> (m, k)>
#b = affine_map<(m, n, k) -> (k, n)>
#c = affine_map<(m, n, k) -> (m, n)>
func.func @wrong_kind(%a: tensor<8x16xf32>, %b: tensor<16x4xf32>, %c: tensor<8x4xf32>) -> tensor<8x4xf32> {
  // expected-note @+1 {{when applied to this op}}
  %s = tasd.decompose %a : !tasd.series<8x16xf32, 2:4, along = [1]>
  %r = tasd.contract [#a, #b, #c] ins(%s, %b : !tasd.series<8x16xf32, 2:4, along = [1]>, tensor<16x4xf32>) outs(%c : tensor<8x4xf32>)
  return %r : tensor<8x4xf32>
}
module attributes {transform.with_named_sequence} {
  transform.named_sequence @__transform_main(%module: !transform.any_op) {
    %op = transform.structured.match ops{["tasd.decompose"]} in %module : (!transform.any_op) -> !transform.any_op
    // expected-error @+1 {{expected 'tasd.contract' but got 'tasd.decompose'}}
    %0 = transform.tasd.distribute %op : (!transform.any_op) -> !transform.any_op
    transform.yield
  }
}

// -----

#a = affine_map<(m, n, k) -> (m, k)>
#b = affine_map<(m, n, k) -> (k, n)>
#c = affine_map<(m, n, k) -> (m, n)>
func.func @wrong_kind(%a: tensor<8x16xf32>, %b: tensor<16x4xf32>, %c: tensor<8x4xf32>) -> tensor<8x4xf32> {
  %s = tasd.decompose %a : !tasd.series<8x16xf32, 2:4, along = [1]>
  // expected-note @+1 {{when applied to this op}}
  %r = tasd.contract [#a, #b, #c] ins(%s, %b : !tasd.series<8x16xf32, 2:4, along = [1]>, tensor<16x4xf32>) outs(%c : tensor<8x4xf32>)
  return %r : tensor<8x4xf32>
}
module attributes {transform.with_named_sequence} {
  transform.named_sequence @__transform_main(%module: !transform.any_op) {
    %op = transform.structured.match ops{["tasd.contract"]} in %module : (!transform.any_op) -> !transform.any_op
    // expected-error @+1 {{expected 'tasd.decompose' but got 'tasd.contract'}}
    %0 = transform.tasd.pack %op : (!transform.any_op) -> !transform.any_op
    transform.yield
  }
}

// -----

#a = affine_map<(m, n, k) -> (m, k)>
#b = affine_map<(m, n, k) -> (k, n)>
#c = affine_map<(m, n, k) -> (m, n)>
func.func @not_packed_for_linalg(%a: tensor<8x16xf32>, %b: tensor<16x4xf32>, %c: tensor<8x4xf32>) -> tensor<8x4xf32> {
  %s = tasd.decompose %a : !tasd.series<8x16xf32, 2:4+1:4, along = [1]>
  %t = tasd.term %s[1] : !tasd.series<8x16xf32, 2:4+1:4, along = [1]>
  // expected-note @+1 {{when applied to this op}}
  %r = tasd.contract [#a, #b, #c] ins(%t, %b : !tasd.series<8x16xf32, 1:4, along = [1]>, tensor<16x4xf32>) outs(%c : tensor<8x4xf32>)
  return %r : tensor<8x4xf32>
}
module attributes {transform.with_named_sequence} {
  transform.named_sequence @__transform_main(%module: !transform.any_op) {
    %op = transform.structured.match ops{["tasd.contract"]} in %module : (!transform.any_op) -> !transform.any_op
    // expected-error @+1 {{expected packed series}}
    %0 = transform.tasd.lower_to_linalg %op : (!transform.any_op) -> !transform.any_op
    transform.yield
  }
}

// -----

#a = affine_map<(m, n, k) -> (m, k)>
#b = affine_map<(m, n, k) -> (k, n)>
#c = affine_map<(m, n, k) -> (m, n)>
func.func @not_packed_for_vectors(%a: tensor<8x16xf32>, %b: tensor<16x4xf32>, %c: tensor<8x4xf32>) -> tensor<8x4xf32> {
  %s = tasd.decompose %a : !tasd.series<8x16xf32, 2:4, along = [1]>
  // expected-note @+1 {{when applied to this op}}
  %r = tasd.contract [#a, #b, #c] ins(%s, %b : !tasd.series<8x16xf32, 2:4, along = [1]>, tensor<16x4xf32>) outs(%c : tensor<8x4xf32>)
  return %r : tensor<8x4xf32>
}
module attributes {transform.with_named_sequence} {
  transform.named_sequence @__transform_main(%module: !transform.any_op) {
    %op = transform.structured.match ops{["tasd.contract"]} in %module : (!transform.any_op) -> !transform.any_op
    // expected-error @+1 {{expected packed series: neither input is a packed series}}
    transform.tasd.lower_to_vector %op : !transform.any_op
    transform.yield
  }
}
