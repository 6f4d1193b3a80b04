// RUN: tasd-opt %s --convert-tasd-to-sparse-tensor --canonicalize | FileCheck %s
// RUN: tasd-opt %s --convert-tasd-to-sparse-tensor --mlir-pass-statistics --remarks-filter=tasd \
// RUN:   --remark-format=emitRemark -o /dev/null 2>&1 | FileCheck %s --check-prefix=COUNTS

// Packed terms become sparse tensors; their contractions, linalg ops on these.

// COUNTS: remark: [Passed] convert-tasd-to-sparse-tensor | Category:tasd | Function=blocked_rows | term=2:4
// COUNTS: (S) 5 contracts-converted
// COUNTS: (S) 0 contracts-left

#mk = affine_map<(m, n, k) -> (m, k)>
#kn = affine_map<(m, n, k) -> (k, n)>
#mn = affine_map<(m, n, k) -> (m, n)>

// The blocked loop, fourth of five, has become the last.
// CHECK-DAG: #[[WINDOWS:.*]] = affine_map<(d0, d1, d2, d3, d4) -> (d0, d4, d1 + d3)>
// CHECK-DAG: #[[ROWS:.*]] = #sparse_tensor.encoding<{ map = (d0, d1) -> (d0 : dense, d1 floordiv 4 : dense, d1 mod 4 : structured[2, 4]), crdWidth = 8 }>
// CHECK-DAG: #[[COLUMNS:.*]] = #sparse_tensor.encoding<{ map = (d0, d1) -> (d1 : dense, d0 floordiv 8 : dense, d0 mod 8 : structured[2, 8]), crdWidth = 8 }>
// CHECK-DAG: #[[FILTER:.*]] = #sparse_tensor.encoding<{ map = (d0, d1, d2) -> (d0 : dense, d2 : dense, d1 floordiv 4 : dense, d1 mod 4 : structured[1, 4]), crdWidth = 8 }>

// CHECK-LABEL: func @blocked_rows
// CHECK-SAME: %[[VALUES:.*]]: tensor<2x4xf32>, %[[METADATA:.*]]: tensor<2x1xi8>
func.func @blocked_rows(%values: tensor<2x4xf32>, %metadata: tensor<2x1xi8>,
                        %b: tensor<8x3xf32>, %c: tensor<2x3xf32>) -> tensor<2x3xf32> {
  // Coordinates are the metadata's bits, a byte each.
  // CHECK: %[[UNPACKED:.*]] = linalg.generic
  // CHECK: tensor.extract %[[METADATA]]
  // CHECK: linalg.yield %{{.*}} : i8
  // CHECK: %[[COORDINATES:.*]] = tensor.collapse_shape %[[UNPACKED]]
  // CHECK: %[[FLAT:.*]] = tensor.collapse_shape %[[VALUES]]
  // CHECK: %[[S:.*]] = sparse_tensor.assemble (%[[COORDINATES]]), %[[FLAT]] : (tensor<8xi8>), tensor<8xf32> to tensor<2x8xf32, #[[ROWS]]>
  // CHECK: linalg.generic {{.*}} ins(%[[S]], %{{.*}} : tensor<2x8xf32, #[[ROWS]]>, tensor<8x3xf32>)
  // CHECK: arith.mulf
  // CHECK-NOT: tasd
  %s = tasd.assemble %values, %metadata : !tasd.series<2x8xf32, 2:4, along = [1]>
  %r = tasd.contract [#mk, #kn, #mn]
    ins(%s, %b : !tasd.series<2x8xf32, 2:4, along = [1]>, tensor<8x3xf32>)
    outs(%c : tensor<2x3xf32>)
  return %r : tensor<2x3xf32>
}

// CHECK-LABEL: func @blocked_columns
func.func @blocked_columns(%values: tensor<3x4xf16>, %metadata: tensor<3x2xi8>,
                           %a: tensor<2x16xf16>, %c: tensor<2x3xf32>) -> tensor<2x3xf32> {
  // CHECK: %[[S:.*]] = sparse_tensor.assemble {{.*}} to tensor<16x3xf16, #[[COLUMNS]]>
  // CHECK: linalg.generic {{.*}} ins(%{{.*}}, %[[S]] : tensor<2x16xf16>, tensor<16x3xf16, #[[COLUMNS]]>)
  // CHECK-COUNT-2: arith.extf
  %s = tasd.assemble %values, %metadata : !tasd.series<16x3xf16, 2:8, along = [0]>
  %r = tasd.contract [#mk, #kn, #mn]
    ins(%a, %s : tensor<2x16xf16>, !tasd.series<16x3xf16, 2:8, along = [0]>)
    outs(%c : tensor<2x3xf32>)
  return %r : tensor<2x3xf32>
}

// CHECK-LABEL: func @blocked_loop_comes_last
func.func @blocked_loop_comes_last(%values: tensor<4x3x2xf32>, %metadata: tensor<4x3x1xi8>,
                                   %x: tensor<1x8x7xf32>, %c: tensor<1x4x5xf32>) -> tensor<1x4x5xf32> {
  // CHECK: %[[S:.*]] = sparse_tensor.assemble {{.*}} to tensor<4x8x3xf32, #[[FILTER]]>
  // CHECK: linalg.generic {indexing_maps = [#[[WINDOWS]], {{.*}} ins(%{{.*}}, %[[S]] :
  %s = tasd.assemble %values, %metadata : !tasd.series<4x8x3xf32, 1:4, along = [1]>
  %r = tasd.contract [affine_map<(n, w, f, c, kw) -> (n, c, w + kw)>,
                      affine_map<(n, w, f, c, kw) -> (f, c, kw)>,
                      affine_map<(n, w, f, c, kw) -> (n, f, w)>]
    ins(%x, %s : tensor<1x8x7xf32>, !tasd.series<4x8x3xf32, 1:4, along = [1]>)
    outs(%c : tensor<1x4x5xf32>)
  return %r : tensor<1x4x5xf32>
}

// CHECK-LABEL: func @shared_term
func.func @shared_term(%values: tensor<2x4xf32>, %metadata: tensor<2x1xi8>,
                       %b: tensor<8x3xf32>, %c: tensor<2x3xf32>) -> tensor<2x3xf32> {
  // CHECK-COUNT-1: sparse_tensor.assemble
  // CHECK-NOT: sparse_tensor.assemble
  // CHECK: return
  %s = tasd.assemble %values, %metadata : !tasd.series<2x8xf32, 2:4, along = [1]>
  %r = tasd.contract [#mk, #kn, #mn]
    ins(%s, %b : !tasd.series<2x8xf32, 2:4, along = [1]>, tensor<8x3xf32>)
    outs(%c : tensor<2x3xf32>)
  %t = tasd.contract [#mk, #kn, #mn]
    ins(%s, %b : !tasd.series<2x8xf32, 2:4, along = [1]>, tensor<8x3xf32>)
    outs(%r : tensor<2x3xf32>)
  return %t : tensor<2x3xf32>
}
