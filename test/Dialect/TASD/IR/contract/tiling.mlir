// RUN: tasd-opt %s -transform-interpreter -canonicalize -split-input-file | FileCheck %s

// Tiles of tasd.contract take slices of series between blocks.

#a = affine_map<(m, n, k) -> (m, k)>
#b = affine_map<(m, n, k) -> (k, n)>
#c = affine_map<(m, n, k) -> (m, n)>

module attributes {transform.with_named_sequence} {
  // Parallel loops may be cut anywhere.
  // CHECK-LABEL: @parallel_loops
  // CHECK-SAME: %[[S:.*]]: !tasd.series<8x16xf32, 2:4+1:8, along = [1]>
  func.func @parallel_loops(%s: !tasd.series<8x16xf32, 2:4+1:8, along = [1]>,
      %b: tensor<16x?xf32>, %c: tensor<8x?xf32>) -> tensor<8x?xf32> {
    // CHECK: scf.for %[[I:.*]] = %{{.*}} to %{{.*}} step
    // CHECK: scf.for %[[J:.*]] = %{{.*}} to %{{.*}} step
    // CHECK-DAG: %[[M:.*]] = affine.min #{{.*}}(%[[I]])
    // CHECK-DAG: %[[N:.*]] = affine.min #{{.*}}(%[[J]])
    // CHECK: %[[A:.*]] = tasd.slice %[[S]] [%[[I]], 0] [%[[M]], 16] : !tasd.series<8x16xf32, 2:4+1:8, along = [1]>
    // CHECK: %[[B:.*]] = tensor.extract_slice %{{.*}}[0, %[[J]]] [16, %[[N]]] [1, 1]
    // CHECK: tasd.contract {{.*}} ins(%[[A]], %[[B]] : !tasd.series<?x16xf32, 2:4+1:8, along = [1]>, tensor<16x?xf32>)
    // CHECK-NOT: tasd.mapping
    %r = tasd.contract [#a, #b, #c]
        ins(%s, %b : !tasd.series<8x16xf32, 2:4+1:8, along = [1]>, tensor<16x?xf32>)
        outs(%c : tensor<8x?xf32>) {tasd.mapping = #tasd.mapping<"tc", a = 0, ["DRAM:"]>}
    return %r : tensor<8x?xf32>
  }
  transform.named_sequence @__transform_main(%root: !transform.any_op {transform.readonly}) {
    %op = transform.structured.match ops{["tasd.contract"]} in %root : (!transform.any_op) -> !transform.any_op
    %tile, %loops:2 = transform.structured.tile_using_for %op tile_sizes [3, 5, 0]
        : (!transform.any_op) -> (!transform.any_op, !transform.any_op, !transform.any_op)
    transform.yield
  }
}

// -----

#a = affine_map<(m, n, k) -> (m, k)>
#b = affine_map<(m, n, k) -> (k, n)>
#c = affine_map<(m, n, k) -> (m, n)>

module attributes {transform.with_named_sequence} {
  // The blocked loop is cut at multiples of the block size.
  // CHECK-LABEL: @blocked_loop
  // CHECK-SAME: %[[S:.*]]: !tasd.series<8x16xf32, 2:4+1:8, along = [1]>
  func.func @blocked_loop(%s: !tasd.series<8x16xf32, 2:4+1:8, along = [1]>,
      %b: tensor<16x4xf32>, %c: tensor<8x4xf32>) -> tensor<8x4xf32> {
    // CHECK: scf.for %[[K:.*]] = %{{.*}} to %{{.*}} step %{{.*}} iter_args(%[[C:.*]] = %{{.*}})
    // CHECK: %[[A:.*]] = tasd.slice %[[S]] [0, %[[K]]] [8, 8]
    // CHECK: %[[B:.*]] = tensor.extract_slice %{{.*}}[%[[K]], 0] [8, 4] [1, 1]
    // CHECK: tasd.contract {{.*}} ins(%[[A]], %[[B]] : {{.*}}) outs(%[[C]] : tensor<8x4xf32>)
    %r = tasd.contract [#a, #b, #c]
        ins(%s, %b : !tasd.series<8x16xf32, 2:4+1:8, along = [1]>, tensor<16x4xf32>)
        outs(%c : tensor<8x4xf32>)
    return %r : tensor<8x4xf32>
  }
  transform.named_sequence @__transform_main(%root: !transform.any_op {transform.readonly}) {
    %op = transform.structured.match ops{["tasd.contract"]} in %root : (!transform.any_op) -> !transform.any_op
    %tile, %loop = transform.structured.tile_using_for %op tile_sizes [0, 0, 8]
        : (!transform.any_op) -> (!transform.any_op, !transform.any_op)
    transform.yield
  }
}
