// RUN: tasd-opt %s -tasd-pack -canonicalize | FileCheck %s

// Constants of the size that the data take, seen as components of open extent.

// Row 1 has no non-zero: one tile of rows 0 and 2 with columns 1 and 3.
// CHECK-LABEL: @tiles
func.func @tiles() -> tensor<3x4xf32> {
  // CHECK-DAG: %[[V:.*]] = arith.constant dense_resource<tiles_term0_values> : tensor<4xf32>
  // CHECK-DAG: %[[C:.*]] = arith.constant dense_resource<tiles_term0_columns> : tensor<2xi32>
  // CHECK-DAG: %[[P:.*]] = arith.constant dense_resource<tiles_term0_places> : tensor<3xi64>
  // CHECK-DAG: %[[T:.*]] = arith.constant dense_resource<tiles_term0_tiles> : tensor<2x3xi64>
  // CHECK-DAG: %[[OV:.*]] = tensor.cast %[[V]] : tensor<4xf32> to tensor<?xf32>
  // CHECK-DAG: %[[OC:.*]] = tensor.cast %[[C]] : tensor<2xi32> to tensor<?xi32>
  // CHECK-DAG: %[[OT:.*]] = tensor.cast %[[T]] : tensor<2x3xi64> to tensor<?x3xi64>
  // CHECK: tasd.assemble %[[OV]], %[[OC]], %[[P]], %[[OT]] : !tasd.series<3x4xf32, tw(2), along = [1]>
  %w = arith.constant dense<[[0.0, 1.0, 0.0, 2.0], [0.0, 0.0, 0.0, 0.0], [0.0, 0.0, 0.0, 3.0]]> : tensor<3x4xf32>
  %s = tasd.decompose %w : !tasd.series<3x4xf32, tw(2), along = [1]> loc("tiles")
  %r = tasd.compose %s : !tasd.series<3x4xf32, tw(2), along = [1]>
  return %r : tensor<3x4xf32>
}

// What is stored is the same; what is selected is not, and nothing is shared.
// CHECK-LABEL: @selections
func.func @selections() -> (tensor<2x2xi8>, tensor<2x2xi8>) {
  // CHECK-DAG: dense_resource<all_term0_values> : tensor<4xi8>
  // CHECK-DAG: dense_resource<some_term0_values> : tensor<2xi8>
  %w = arith.constant dense<[[1, -2], [3, 4]]> : tensor<2x2xi8>
  %s = tasd.decompose %w : !tasd.series<2x2xi8, csr, along = [1]> loc("all")
  %r = tasd.compose %s : !tasd.series<2x2xi8, csr, along = [1]>
  %t = tasd.decompose %w selection <csr(above = 2)> : !tasd.series<2x2xi8, csr, along = [1]> loc("some")
  %u = tasd.compose %t : !tasd.series<2x2xi8, csr, along = [1]>
  return %r, %u : tensor<2x2xi8>, tensor<2x2xi8>
}

// Nothing is kept: constants without elements are no resources.
// CHECK-LABEL: @nothing
func.func @nothing() -> tensor<2x2xf32> {
  // CHECK-DAG: arith.constant dense<> : tensor<0xf32>
  // CHECK-DAG: arith.constant dense_resource<nothing_term0_tiles> : tensor<1x3xi64>
  %w = arith.constant dense<0.0> : tensor<2x2xf32>
  %s = tasd.decompose %w : !tasd.series<2x2xf32, tw(2), along = [1]> loc("nothing")
  %r = tasd.compose %s : !tasd.series<2x2xf32, tw(2), along = [1]>
  return %r : tensor<2x2xf32>
}
