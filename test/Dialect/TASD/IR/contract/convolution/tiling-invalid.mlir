// RUN: tasd-opt %s -transform-interpreter -split-input-file -verify-diagnostics

// Windows and channels of a filter are not cut where they are inner blocked dimensions, nor into tiles of dynamic size.

#a = affine_map<(x, f, h, c) -> (h, c, f)>
#b = affine_map<(x, f, h, c) -> (x + h, c)>
#c = affine_map<(x, f, h, c) -> (x, f)>
module attributes {transform.with_named_sequence} {
  func.func @size_is_dynamic_blocks_fit(%s: !tasd.series<5x4x2xf32, 2:4, along = [0, 1]>, %b: tensor<9x4xf32>, %c: tensor<5x2xf32>) {
    // expected-error@+3 {{'tasd.contract' op cannot tile loop 2: its blocks would straddle the tile}}
    // expected-error@+2 {{to tile operation}}
    // expected-error@+1 {{failed to generate tiling loops}}
    %r = tasd.contract [#a, #b, #c] ins(%s, %b : !tasd.series<5x4x2xf32, 2:4, along = [0, 1]>, tensor<9x4xf32>) outs(%c : tensor<5x2xf32>)
    return
  }
  transform.named_sequence @__transform_main(%root: !transform.any_op {transform.readonly}) {
    %op = transform.structured.match ops{["tasd.contract"]} in %root : (!transform.any_op) -> !transform.any_op
    %tile, %loop = transform.structured.tile_using_for %op tile_sizes [0, 0, 2, 0] : (!transform.any_op) -> (!transform.any_op, !transform.any_op)
    transform.yield
  }
}

// -----

#a = affine_map<(x, f, h, c) -> (h, c, f)>
#b = affine_map<(x, f, h, c) -> (x + h, c)>
#c = affine_map<(x, f, h, c) -> (x, f)>
module attributes {transform.with_named_sequence} {
  func.func @inner_blocked_dimension(%s: !tasd.series<3x8x4xf32, 2:4, along = [0, 1]>, %b: tensor<9x8xf32>, %c: tensor<7x4xf32>) {
    // expected-error@+3 {{'tasd.contract' op cannot tile loop 3: its blocks would straddle the tile}}
    // expected-error@+2 {{to tile operation}}
    // expected-error@+1 {{failed to generate tiling loops}}
    %r = tasd.contract [#a, #b, #c] ins(%s, %b : !tasd.series<3x8x4xf32, 2:4, along = [0, 1]>, tensor<9x8xf32>) outs(%c : tensor<7x4xf32>)
    return
  }
  transform.named_sequence @__transform_main(%root: !transform.any_op {transform.readonly}) {
    %op = transform.structured.match ops{["tasd.contract"]} in %root : (!transform.any_op) -> !transform.any_op
    %tile, %loop = transform.structured.tile_using_for %op tile_sizes [0, 0, 0, 4] : (!transform.any_op) -> (!transform.any_op, !transform.any_op)
    transform.yield
  }
}
