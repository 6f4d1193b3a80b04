// RUN: tasd-opt %s --convert-tasd-to-vector --canonicalize --cse -split-input-file | FileCheck %s

// Packed terms become loops over slots: 16 columns of 2:4 are 8 slots, and each
// slot multiplies one vector.

#lhs = affine_map<(m, n, k) -> (m, k)>
#rhs = affine_map<(m, n, k) -> (k, n)>
#out = affine_map<(m, n, k) -> (m, n)>

// CHECK-LABEL: @rows_times_lanes
// CHECK-SAME: %[[V:.*]]: tensor<8x8xf32>, %[[M:.*]]: tensor<8x2xi8>, %[[B:.*]]: tensor<16x32xf32>
// CHECK-DAG: %[[C0:.*]] = arith.constant 0 : index
// CHECK-DAG: %[[C1:.*]] = arith.constant 1 : index
// CHECK-DAG: %[[SLOTS:.*]] = arith.constant 8 : index
// CHECK: scf.for %[[ROW:.*]] = %[[C0]] to %[[SLOTS]] step %[[C1]]
// CHECK:   %[[FIRST:.*]] = vector.transfer_read %{{.*}}[%[[ROW]], %[[C0]]]
// CHECK:   scf.for %[[SLOT:.*]] = %[[C0]] to %[[SLOTS]] step %[[C1]] iter_args(%[[SUM:.*]] = %[[FIRST]]
// CHECK:     %[[VALUE:.*]] = tensor.extract %[[V]][%[[ROW]], %[[SLOT]]]
// CHECK:     tensor.extract %[[M]]
// CHECK:     %[[COLUMN:.*]] = arith.addi
// CHECK:     %[[SPLAT:.*]] = vector.broadcast %[[VALUE]] : f32 to vector<8xf32>
// CHECK:     %[[LANES:.*]] = vector.transfer_read %[[B]][%[[COLUMN]], %[[C0]]]
// CHECK:     vector.fma %[[SPLAT]], %[[LANES]], %[[SUM]] : vector<8xf32>
// CHECK-NOT: tasd.
func.func @rows_times_lanes(%v: tensor<8x8xf32>, %m: tensor<8x2xi8>,
                            %b: tensor<16x32xf32>, %c: tensor<8x32xf32>)
    -> tensor<8x32xf32> {
  %s = tasd.assemble %v, %m : !tasd.series<8x16xf32, 2:4, along = [1]>
  %r = tasd.contract [#lhs, #rhs, #out]
      ins(%s, %b : !tasd.series<8x16xf32, 2:4, along = [1]>, tensor<16x32xf32>)
      outs(%c : tensor<8x32xf32>)
  return %r : tensor<8x32xf32>
}

// -----

#lhs = affine_map<(m, n, k) -> (m, k)>
#rhs = affine_map<(m, n, k) -> (k, n)>
#out = affine_map<(m, n, k) -> (m, n)>

// A ragged last block: a slot past the end reads the last column.
// CHECK-LABEL: @ragged
// CHECK-DAG: %[[LAST:.*]] = arith.constant 5 : index
// CHECK: arith.minui %{{.*}}, %[[LAST]] : index
func.func @ragged(%v: tensor<8x4xf32>, %m: tensor<8x1xi8>,
                  %b: tensor<6x32xf32>, %c: tensor<8x32xf32>)
    -> tensor<8x32xf32> {
  %s = tasd.assemble %v, %m : !tasd.series<8x6xf32, 2:4, along = [1]>
  %r = tasd.contract [#lhs, #rhs, #out]
      ins(%s, %b : !tasd.series<8x6xf32, 2:4, along = [1]>, tensor<6x32xf32>)
      outs(%c : tensor<8x32xf32>)
  return %r : tensor<8x32xf32>
}

// -----

#lhs = affine_map<(m, n, k) -> (m, k)>
#rhs = affine_map<(m, n, k) -> (k, n)>
#out = affine_map<(m, n, k) -> (m, n)>

// The lanes of the last vectors are masked where their number is not static.
// CHECK-LABEL: @dynamic_lanes
// CHECK: vector.create_mask
// CHECK: vector.transfer_read {{.*}}, %{{.*}} {in_bounds = [true]} : tensor<8x?xf32>, vector<8xf32>
func.func @dynamic_lanes(%v: tensor<8x8xf32>, %m: tensor<8x2xi8>,
                         %b: tensor<16x?xf32>, %c: tensor<8x?xf32>)
    -> tensor<8x?xf32> {
  %s = tasd.assemble %v, %m : !tasd.series<8x16xf32, 2:4, along = [1]>
  %r = tasd.contract [#lhs, #rhs, #out]
      ins(%s, %b : !tasd.series<8x16xf32, 2:4, along = [1]>, tensor<16x?xf32>)
      outs(%c : tensor<8x?xf32>)
  return %r : tensor<8x?xf32>
}

// -----

#image = affine_map<(n, h, w, f, y, x, c) -> (n, h * 2 + y, w * 2 + x, c)>
#filter = affine_map<(n, h, w, f, y, x, c) -> (y, x, c, f)>
#result = affine_map<(n, h, w, f, y, x, c) -> (n, h, w, f)>

// The windows of a convolution are gathered so that lanes lie contiguous, four
// channels of four pixels at a time.
// CHECK-LABEL: @windows
// CHECK-COUNT-4: vector.transfer_read {{.*}} vector<4xf32>
// CHECK-COUNT-8: vector.shuffle
// CHECK-COUNT-4: vector.transfer_write {{.*}} tensor<3x3x4x1x4x4xf32>
// CHECK: tensor.collapse_shape {{.*}} : tensor<3x3x4x1x4x4xf32> into tensor<36x16xf32>
// CHECK: vector.fma
func.func @windows(%v: tensor<8x18xf32>, %m: tensor<8x5xi8>,
                   %i: tensor<1x9x9x4xf32>, %o: tensor<1x4x4x8xf32>)
    -> tensor<1x4x4x8xf32> {
  %s = tasd.assemble %v, %m : !tasd.series<3x3x4x8xf32, 2:4, along = [0, 1, 2]>
  %r = tasd.contract [#image, #filter, #result]
      ins(%i, %s : tensor<1x9x9x4xf32>,
                   !tasd.series<3x3x4x8xf32, 2:4, along = [0, 1, 2]>)
      outs(%o : tensor<1x4x4x8xf32>)
  return %r : tensor<1x4x4x8xf32>
}

// -----

#lhs = affine_map<(m, n, k) -> (m, k)>
#rhs = affine_map<(m, n, k) -> (k, n)>
#out = affine_map<(m, n, k) -> (m, n)>

// Of two series the first stays packed where neither is constant.
// CHECK-LABEL: @two_series
// CHECK: %[[RHS:.*]] = tasd.assemble
// CHECK: tasd.compose %[[RHS]]
// CHECK: vector.fma
func.func @two_series(%v: tensor<8x8xf32>, %m: tensor<8x2xi8>,
                      %w: tensor<32x8xf32>, %n: tensor<32x2xi8>,
                      %c: tensor<8x32xf32>) -> tensor<8x32xf32> {
  %s = tasd.assemble %v, %m : !tasd.series<8x16xf32, 2:4, along = [1]>
  %t = tasd.assemble %w, %n : !tasd.series<16x32xf32, 2:4, along = [0]>
  %r = tasd.contract [#lhs, #rhs, #out]
      ins(%s, %t : !tasd.series<8x16xf32, 2:4, along = [1]>,
                   !tasd.series<16x32xf32, 2:4, along = [0]>)
      outs(%c : tensor<8x32xf32>)
  return %r : tensor<8x32xf32>
}

// -----

#lhs = affine_map<(m, n, k) -> (m, k)>
#rhs = affine_map<(m, n, k) -> (k, n)>
#out = affine_map<(m, n, k) -> (m, n)>

// f16 accumulates in f32 and is rounded once, at the end.
// CHECK-LABEL: @small_floats
// CHECK: vector.fma {{.*}} : vector<8xf32>
// CHECK: arith.truncf {{.*}} : vector<16xf32> to vector<16xf16>
func.func @small_floats(%v: tensor<8x8xf16>, %m: tensor<8x2xi8>,
                        %b: tensor<16x32xf16>, %c: tensor<8x32xf16>)
    -> tensor<8x32xf16> {
  %s = tasd.assemble %v, %m : !tasd.series<8x16xf16, 2:4, along = [1]>
  %r = tasd.contract [#lhs, #rhs, #out]
      ins(%s, %b : !tasd.series<8x16xf16, 2:4, along = [1]>, tensor<16x32xf16>)
      outs(%c : tensor<8x32xf16>)
  return %r : tensor<8x32xf16>
}

// -----

#lhs = affine_map<(m, n, k) -> (m, k)>
#rhs = affine_map<(m, n, k) -> (k, n)>
#out = affine_map<(m, n, k) -> (m, n)>

// The terms of a series add to the same sums, one after the other.
// CHECK-LABEL: @two_terms
// CHECK-DAG: %[[C8:.*]] = arith.constant 8 : index
// CHECK-DAG: %[[C2:.*]] = arith.constant 2 : index
// CHECK: %[[FIRST:.*]] = scf.for %{{.*}} = %{{.*}} to %[[C8]] {{.*}} -> (vector<8xf32>)
// CHECK: scf.for %{{.*}} = %{{.*}} to %[[C2]] {{.*}} iter_args(%{{.*}} = %[[FIRST]]) -> (vector<8xf32>)
func.func @two_terms(%v: tensor<8x8xf32>, %m: tensor<8x2xi8>,
                     %w: tensor<8x2xf32>, %n: tensor<8x1xi8>,
                     %b: tensor<16x8xf32>, %c: tensor<8x8xf32>)
    -> tensor<8x8xf32> {
  %s = tasd.assemble %v, %m, %w, %n
      : !tasd.series<8x16xf32, 2:4+1:8, along = [1]>
  %r = tasd.contract [#lhs, #rhs, #out]
      ins(%s, %b : !tasd.series<8x16xf32, 2:4+1:8, along = [1]>,
                   tensor<16x8xf32>)
      outs(%c : tensor<8x8xf32>)
  return %r : tensor<8x8xf32>
}

// -----

#lhs = affine_map<(m, n, k) -> (k)>
#rhs = affine_map<(m, n, k) -> (k, m, n)>
#out = affine_map<(m, n, k) -> (m, n)>

// Extents that only the dense input knows stay dynamic in the result.
// CHECK-LABEL: @dynamic_lanes
// CHECK: tensor.collapse_shape %{{.*}} : tensor<?x?xf32> into tensor<?xf32>
// CHECK: tensor.expand_shape %{{.*}} : tensor<?xf32> into tensor<?x?xf32>
func.func @dynamic_lanes(%v: tensor<8xf32>, %m: tensor<2xi8>,
                         %b: tensor<16x4x8xf32>, %c: tensor<?x?xf32>)
    -> tensor<?x?xf32> {
  %s = tasd.assemble %v, %m : !tasd.series<16xf32, 2:4, along = [0]>
  %r = tasd.contract [#lhs, #rhs, #out]
      ins(%s, %b : !tasd.series<16xf32, 2:4, along = [0]>, tensor<16x4x8xf32>)
      outs(%c : tensor<?x?xf32>)
  return %r : tensor<?x?xf32>
}
