// RUN: tasd-opt %s --pass-pipeline='builtin.module(tasd-pack,func.func(convert-tasd-parts-to-linalg),canonicalize)' -mlir-print-local-scope | FileCheck %s
// RUN: tasd-opt %s --pass-pipeline='builtin.module(tasd-pack,func.func(convert-tasd-parts-to-linalg))' --mlir-pass-statistics -o /dev/null 2>&1 | FileCheck %s --check-prefix=COUNTS

// Terms that consist of tiles are multiplied tile by tile.

// COUNTS-DAG: (S) 6 contracts-converted
// COUNTS-DAG: (S) 7 parts

#mk = affine_map<(m, n, k) -> (m, k)>
#nk = affine_map<(m, n, k) -> (n, k)>
#kn = affine_map<(m, n, k) -> (k, n)>
#mn = affine_map<(m, n, k) -> (m, n)>

// Where columns of the dense input are contiguous, they are copied element by
// element; so are the sums of rows.
// CHECK-LABEL: @elements
// CHECK-SAME: %[[X:.*]]: tensor<?x4xf32>, %[[INIT:.*]]: tensor<?x3xf32>
func.func @elements(%x: tensor<?x4xf32>, %init: tensor<?x3xf32>) -> tensor<?x3xf32> {
  // CHECK-DAG: %[[COLUMNS:.*]] = arith.constant dense<[1, 3]> : tensor<2xi32>
  // CHECK-DAG: %[[ROWS:.*]] = arith.constant dense<[0, 2]> : tensor<2xi32>
  // CHECK: %[[GATHERED:.*]] = linalg.generic
  // CHECK-SAME: outs(%{{.*}} : tensor<?x2xf32>)
  // CHECK:   %[[LANE:.*]] = linalg.index 0
  // CHECK:   %[[COLUMN:.*]] = tensor.extract %[[COLUMNS]]
  // CHECK:   %[[K:.*]] = arith.index_cast %[[COLUMN]]
  // CHECK:   tensor.extract %[[X]][%[[LANE]], %[[K]]]
  // CHECK: %[[BEFORE:.*]] = linalg.generic
  // CHECK:   tensor.extract %[[INIT]]
  // CHECK: %[[SUMS:.*]] = linalg.generic
  // CHECK-SAME: affine_map<(d0, d1, d2) -> (d0, d2)>, affine_map<(d0, d1, d2) -> (d1, d2)>, affine_map<(d0, d1, d2) -> (d0, d1)>
  // CHECK-SAME: ins(%[[GATHERED]], %{{.*}} : tensor<?x2xf32>, tensor<2x2xf32>) outs(%[[BEFORE]] :
  // CHECK: scf.for
  // CHECK:   scf.for
  // CHECK:     tensor.extract %[[SUMS]]
  // CHECK:     tensor.insert
  %w = arith.constant dense<[[0.0, 1.0, 0.0, 2.0], [0.0, 0.0, 0.0, 0.0], [0.0, 3.0, 0.0, 4.0]]> : tensor<3x4xf32>
  %s = tasd.decompose %w : !tasd.series<3x4xf32, tw(2), along = [1]>
  %r = tasd.contract [#mk, #nk, #mn]
    ins(%x, %s : tensor<?x4xf32>, !tasd.series<3x4xf32, tw(2), along = [1]>) outs(%init : tensor<?x3xf32>)
  return %r : tensor<?x3xf32>
}

// Else whole rows are. Sums that start from one value are not read.
// CHECK-LABEL: @rows
// CHECK-SAME: %[[X:.*]]: tensor<4x5xf32>
func.func @rows(%x: tensor<4x5xf32>) -> tensor<3x5xf32> {
  // CHECK: %[[GATHERED:.*]] = scf.for %[[J:.*]] = %c0 to %c2
  // CHECK:   %[[ROW:.*]] = tensor.extract_slice %[[X]][%{{.*}}, 0] [1, 5] [1, 1]
  // CHECK:   tensor.insert_slice %{{.*}}[%[[J]], 0] [1, 5] [1, 1]
  // CHECK: %[[BEFORE:.*]] = linalg.fill {{.*}} -> tensor<2x5xf32>
  // CHECK: %[[SUMS:.*]] = linalg.generic
  // CHECK-SAME: ins(%{{.*}}, %[[GATHERED]] : tensor<2x2xf32>, tensor<2x5xf32>) outs(%[[BEFORE]] :
  // CHECK: scf.for
  // CHECK:   tensor.extract_slice %[[SUMS]]
  // CHECK:   tensor.insert_slice
  %w = arith.constant dense<[[0.0, 1.0, 0.0, 2.0], [0.0, 0.0, 0.0, 0.0], [0.0, 3.0, 0.0, 4.0]]> : tensor<3x4xf32>
  %zero = arith.constant 0.0 : f32
  %empty = tensor.empty() : tensor<3x5xf32>
  %init = linalg.fill ins(%zero : f32) outs(%empty : tensor<3x5xf32>) -> tensor<3x5xf32>
  %s = tasd.decompose %w : !tasd.series<3x4xf32, tw(2), along = [1]>
  %r = tasd.contract [#mk, #kn, #mn]
    ins(%s, %x : !tasd.series<3x4xf32, tw(2), along = [1]>, tensor<4x5xf32>) outs(%init : tensor<3x5xf32>)
  return %r : tensor<3x5xf32>
}

// All parts share scratch memory, of the largest.
// CHECK-LABEL: @tiles
// CHECK: tensor.empty() : tensor<2x5xf32>
// CHECK: tensor.empty() : tensor<1x5xf32>
// CHECK-NOT: tensor.empty
// CHECK-COUNT-2: linalg.generic {{.*}}iterator_types = ["parallel", "parallel", "reduction"]
func.func @tiles(%x: tensor<4x5xf32>, %init: tensor<3x5xf32>) -> tensor<3x5xf32> {
  %w = arith.constant dense<[[0.0, 1.0, 0.0, 2.0], [0.0, 0.0, 0.0, 0.0], [0.0, 3.0, 0.0, 0.0]]> : tensor<3x4xf32>
  %s = tasd.decompose %w : !tasd.series<3x4xf32, tw(1), along = [1]>
  %r = tasd.contract [#mk, #kn, #mn]
    ins(%s, %x : !tasd.series<3x4xf32, tw(1), along = [1]>, tensor<4x5xf32>) outs(%init : tensor<3x5xf32>)
  return %r : tensor<3x5xf32>
}

// A part that has a pattern is a contraction of its own.
// CHECK-LABEL: @inner
// CHECK: tasd.contract {{.*}} ins(%{{.*}}, %{{.*}} : !tasd.series<2x2xf32, 1:2, along = [1]>, tensor<2x5xf32>)
func.func @inner(%x: tensor<4x5xf32>, %init: tensor<3x5xf32>) -> tensor<3x5xf32> {
  %w = arith.constant dense<[[0.0, 1.0, 0.0, 2.0], [0.0, 0.0, 0.0, 0.0], [0.0, 3.0, 0.0, 4.0]]> : tensor<3x4xf32>
  %s = tasd.decompose %w : !tasd.series<3x4xf32, tw(2)*1:2, along = [1]>
  %r = tasd.contract [#mk, #kn, #mn]
    ins(%s, %x : !tasd.series<3x4xf32, tw(2)*1:2, along = [1]>, tensor<4x5xf32>) outs(%init : tensor<3x5xf32>)
  return %r : tensor<3x5xf32>
}

// What has no parts stays a contraction, which adds to their sums.
// CHECK-LABEL: @overlay
// CHECK: linalg.generic {{.*}}iterator_types = ["parallel", "parallel", "reduction"]
// CHECK: %[[SUM:.*]] = scf.for
// CHECK: tasd.contract {{.*}}, csr, along = [1]>, tensor<4x5xf32>) outs(%[[SUM]] :
func.func @overlay(%x: tensor<4x5xf32>, %init: tensor<3x5xf32>) -> tensor<3x5xf32> {
  %w = arith.constant dense<[[0.0, 1.0, 0.0, 2.0], [0.0, 0.0, 0.0, 0.0], [0.0, 3.0, 0.0, 4.0]]> : tensor<3x4xf32>
  %s = tasd.decompose %w : !tasd.series<3x4xf32, tw(2)+csr, along = [1]>
  %r = tasd.contract [#mk, #kn, #mn]
    ins(%s, %x : !tasd.series<3x4xf32, tw(2)+csr, along = [1]>, tensor<4x5xf32>) outs(%init : tensor<3x5xf32>)
  return %r : tensor<3x5xf32>
}

// Windows of a convolution are gathered as strided rectangles.
// CHECK-LABEL: @windows
// CHECK-SAME: %[[X:.*]]: tensor<1x2x7x7xf32>
// CHECK: tensor.extract_slice %[[X]][0, %{{.*}}, %{{.*}}, %{{.*}}] [1, 1, 3, 3] [1, 1, 2, 2]
// CHECK-SAME: to tensor<1x1x3x3xf32>
func.func @windows(%x: tensor<1x2x7x7xf32>, %init: tensor<1x1x3x3xf32>) -> tensor<1x1x3x3xf32> {
  %w = arith.constant dense<[[[[1.0, 0.0], [0.0, 0.0]], [[0.0, 0.0], [0.0, 2.0]]]]> : tensor<1x2x2x2xf32>
  %s = tasd.decompose %w : !tasd.series<1x2x2x2xf32, tw(4), along = [2, 3, 1]>
  %r = tasd.contract [affine_map<(n, f, h, w, c, y, x) -> (n, c, h * 2 + y, w * 2 + x)>,
                      affine_map<(n, f, h, w, c, y, x) -> (f, c, y, x)>,
                      affine_map<(n, f, h, w, c, y, x) -> (n, f, h, w)>]
    ins(%x, %s : tensor<1x2x7x7xf32>, !tasd.series<1x2x2x2xf32, tw(4), along = [2, 3, 1]>) outs(%init : tensor<1x1x3x3xf32>)
  return %r : tensor<1x1x3x3xf32>
}

// Activations have no parts before they are known.
// CHECK-LABEL: @run_time
// CHECK: tasd.contract
func.func @run_time(%v: tensor<3x2xf32>, %m: tensor<3x1xi8>, %x: tensor<4x5xf32>, %init: tensor<3x5xf32>) -> tensor<3x5xf32> {
  %s = tasd.assemble %v, %m : !tasd.series<3x4xf32, 2:4, along = [1]>
  %r = tasd.contract [#mk, #kn, #mn]
    ins(%s, %x : !tasd.series<3x4xf32, 2:4, along = [1]>, tensor<4x5xf32>) outs(%init : tensor<3x5xf32>)
  return %r : tensor<3x5xf32>
}
