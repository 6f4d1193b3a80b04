// RUN: tasd-opt %s -transform-interpreter -canonicalize -mlir-print-local-scope -split-input-file | FileCheck %s

// Tiles of a convolution: windows overlap, and rows of a filter that whole
// blocks fit into may be cut apart.

#filter = affine_map<(x, f, h, c) -> (h, c, f)>
#input = affine_map<(x, f, h, c) -> (x * 2 + h, c)>
#output = affine_map<(x, f, h, c) -> (x, f)>

module attributes {transform.with_named_sequence} {
  // CHECK-LABEL: @output_positions
  func.func @output_positions(%s: !tasd.series<3x8x4xf32, 2:4, along = [0, 1]>,
      %b: tensor<17x8xf32>, %c: tensor<8x4xf32>) -> tensor<8x4xf32> {
    // CHECK: scf.for %[[X:[a-z0-9]*]] =
    // CHECK: %[[Y:[a-z0-9]*]] = affine.apply affine_map<{{.*}}>(%[[X]])
    // CHECK: tensor.extract_slice %{{.*}}[%[[Y]], 0] [9, 8] [1, 1]
    // CHECK: tasd.contract {{.*}} outs(%{{.*}} : tensor<4x4xf32>)
    %r = tasd.contract [#filter, #input, #output]
        ins(%s, %b : !tasd.series<3x8x4xf32, 2:4, along = [0, 1]>, tensor<17x8xf32>)
        outs(%c : tensor<8x4xf32>)
    return %r : tensor<8x4xf32>
  }
  transform.named_sequence @__transform_main(%root: !transform.any_op {transform.readonly}) {
    %op = transform.structured.match ops{["tasd.contract"]} in %root : (!transform.any_op) -> !transform.any_op
    %tile, %loop = transform.structured.tile_using_for %op tile_sizes [4, 0, 0, 0]
        : (!transform.any_op) -> (!transform.any_op, !transform.any_op)
    transform.yield
  }
}

// -----

#filter = affine_map<(x, f, h, c) -> (h, c, f)>
#input = affine_map<(x, f, h, c) -> (x + h, c)>
#output = affine_map<(x, f, h, c) -> (x, f)>

module attributes {transform.with_named_sequence} {
  // Rows of 4 channels hold whole blocks: any number of them does.
  // CHECK-LABEL: @filter_rows
  // CHECK-SAME: %[[S:.*]]: !tasd.series<6x4x2xf32, 2:4, along = [0, 1]>
  func.func @filter_rows(%s: !tasd.series<6x4x2xf32, 2:4, along = [0, 1]>,
      %b: tensor<10x4xf32>, %c: tensor<5x2xf32>) -> tensor<5x2xf32> {
    // CHECK: scf.for %[[H:[a-z0-9]*]] =
    // CHECK: tasd.slice %[[S]] [%[[H]], 0, 0] [3, 4, 2]
    // CHECK: tensor.extract_slice %{{.*}}[%[[H]], 0] [7, 4] [1, 1]
    %r = tasd.contract [#filter, #input, #output]
        ins(%s, %b : !tasd.series<6x4x2xf32, 2:4, along = [0, 1]>, tensor<10x4xf32>)
        outs(%c : tensor<5x2xf32>)
    return %r : tensor<5x2xf32>
  }
  transform.named_sequence @__transform_main(%root: !transform.any_op {transform.readonly}) {
    %op = transform.structured.match ops{["tasd.contract"]} in %root : (!transform.any_op) -> !transform.any_op
    %tile, %loop = transform.structured.tile_using_for %op tile_sizes [0, 0, 3, 0]
        : (!transform.any_op) -> (!transform.any_op, !transform.any_op)
    transform.yield
  }
}
