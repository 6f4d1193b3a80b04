// RUN: tasd-opt %s --tasd-pack=target=cpu-avx2 -split-input-file | FileCheck %s
// RUN: tasd-opt %s --tasd-pack=target=cpu-avx512 -split-input-file | FileCheck %s --check-prefix=WIDE
// RUN: tasd-opt %s --tasd-pack -split-input-file > %t.plain
// RUN: tasd-opt %s --tasd-pack=target=cpu-avx2 --tasd-pack --canonicalize -split-input-file | sed -E "s/(values|metadata)_1/\1/" > %t.again
// RUN: tasd-opt %t.plain --canonicalize -split-input-file | diff - %t.again
// RUN: tasd-opt %s --tasd-pack=target=cpu-avx2 -split-input-file --mlir-pass-statistics 2>&1 \
// RUN:   | FileCheck %s --check-prefix=STATS

// Constants in the layout of a target's kernels, and back: the packed form is
// the one there was.

#lhs = affine_map<(m, n, k) -> (m, k)>
#rhs = affine_map<(m, n, k) -> (k, n)>
#out = affine_map<(m, n, k) -> (m, n)>

// Two rows of two non-zeros each, the second of which is in column 3 of a panel
// of 48 lanes, 144 elements from its begin.
// CHECK-LABEL: @weights
// CHECK-DAG: %[[R:.*]] = arith.constant dense_resource<{{.*}}_records> : tensor<48xi8>
// CHECK-DAG: %[[B:.*]] = arith.constant dense_resource<{{.*}}_begins> : tensor<2xi32>
// CHECK-DAG: %[[OPEN:.*]] = tensor.cast %[[R]] : tensor<48xi8> to tensor<?xi8>
// CHECK: %[[S:.*]] = tasd.assemble_as #tasd.row_records<rows = 2, depth = 32, stride = 48> of %[[OPEN]], %[[B]]
// CHECK: tasd.contract {{.*}} ins(%[[S]],
// CHECK-NOT: tasd.assemble %
// CHECK: records: "0x100000000000803F0000404000000000000000000000900000000000
// WIDE-LABEL: @weights
// WIDE: #tasd.row_records<rows = 2, depth = 32, stride = 96>
// STATS: 1 constants-laid-out
func.func @weights(%b: tensor<4x96xf32>, %c: tensor<2x96xf32>) -> tensor<2x96xf32> {
  %w = arith.constant dense<[[1.0, 0.0, 0.0, 3.0], [5.0, 6.0, 0.0, 0.5]]> : tensor<2x4xf32>
  %s = tasd.decompose %w : !tasd.series<2x4xf32, 2:4, along = [1]>
  %r = tasd.contract [#lhs, #rhs, #out]
      ins(%s, %b : !tasd.series<2x4xf32, 2:4, along = [1]>, tensor<4x96xf32>)
      outs(%c : tensor<2x96xf32>)
  return %r : tensor<2x96xf32>
}

// -----

#lhs = affine_map<(m, n, k) -> (m, k)>
#rhs = affine_map<(m, n, k) -> (k, n)>
#out = affine_map<(m, n, k) -> (m, n)>

// What is packed when the program runs has the packed form.
// CHECK-LABEL: @activations
// CHECK: tasd.pack
// CHECK: tasd.assemble %
// CHECK-NOT: tasd.assemble_as
func.func @activations(%a: tensor<2x4xf32>, %b: tensor<4x96xf32>, %c: tensor<2x96xf32>) -> tensor<2x96xf32> {
  %s = tasd.decompose %a : !tasd.series<2x4xf32, 2:4, along = [1]>
  %r = tasd.contract [#lhs, #rhs, #out]
      ins(%s, %b : !tasd.series<2x4xf32, 2:4, along = [1]>, tensor<4x96xf32>)
      outs(%c : tensor<2x96xf32>)
  return %r : tensor<2x96xf32>
}
