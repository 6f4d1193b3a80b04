// RUN: tasd-opt %s -transform-interpreter -split-input-file -verify-diagnostics

// Loops are not cut where blocks would straddle the tiles, nor into tiles of dynamic size.

#a = affine_map<(m, n, k) -> (m, k)>
#b = affine_map<(m, n, k) -> (k, n)>
#c = affine_map<(m, n, k) -> (m, n)>
module attributes {transform.with_named_sequence} {
  func.func @blocks_straddle(%s: !tasd.series<8x16xf32, 2:4, along = [1]>, %b: tensor<16x4xf32>, %c: tensor<8x4xf32>) {
    // expected-error@+3 {{'tasd.contract' op cannot tile loop 2: its blocks would straddle the tile}}
    // expected-error@+2 {{to tile operation}}
    // expected-error@+1 {{failed to generate tiling loops}}
    %r = tasd.contract [#a, #b, #c] ins(%s, %b : !tasd.series<8x16xf32, 2:4, along = [1]>, tensor<16x4xf32>) outs(%c : tensor<8x4xf32>)
    return
  }
  transform.named_sequence @__transform_main(%root: !transform.any_op {transform.readonly}) {
    %op = transform.structured.match ops{["tasd.contract"]} in %root : (!transform.any_op) -> !transform.any_op
    %tile, %loop = transform.structured.tile_using_for %op tile_sizes [0, 0, 2] : (!transform.any_op) -> (!transform.any_op, !transform.any_op)
    transform.yield
  }
}

// -----

#a = affine_map<(m, n, k) -> (m, k)>
#b = affine_map<(m, n, k) -> (k, n)>
#c = affine_map<(m, n, k) -> (m, n)>
module attributes {transform.with_named_sequence} {
  func.func @size_is_dynamic(%s: !tasd.series<8x10xf32, 2:4, along = [1]>, %b: tensor<10x4xf32>, %c: tensor<8x4xf32>) {
    // expected-error@+3 {{'tasd.contract' op cannot tile loop 2: its blocks would straddle the tile}}
    // expected-error@+2 {{to tile operation}}
    // expected-error@+1 {{failed to generate tiling loops}}
    %r = tasd.contract [#a, #b, #c] ins(%s, %b : !tasd.series<8x10xf32, 2:4, along = [1]>, tensor<10x4xf32>) outs(%c : tensor<8x4xf32>)
    return
  }
  transform.named_sequence @__transform_main(%root: !transform.any_op {transform.readonly}) {
    %op = transform.structured.match ops{["tasd.contract"]} in %root : (!transform.any_op) -> !transform.any_op
    %tile, %loop = transform.structured.tile_using_for %op tile_sizes [0, 0, 4] : (!transform.any_op) -> (!transform.any_op, !transform.any_op)
    transform.yield
  }
}
