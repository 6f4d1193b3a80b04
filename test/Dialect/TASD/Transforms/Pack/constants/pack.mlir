// RUN: tasd-opt %s -tasd-pack | FileCheck %s

// Constants become packed constants: values, and indices of two bits each.

// CHECK-LABEL: @dense
func.func @dense() -> tensor<1x8xi8> {
  // CHECK-DAG: %[[V0:.*]] = arith.constant dense_resource<series_term0_values> : tensor<1x4xi8>
  // CHECK-DAG: %[[M0:.*]] = arith.constant dense_resource<series_term0_metadata> : tensor<1x1xi8>
  // CHECK-DAG: %[[V1:.*]] = arith.constant dense_resource<series_term1_values> : tensor<1x1xi8>
  // CHECK-DAG: %[[M1:.*]] = arith.constant dense_resource<series_term1_metadata> : tensor<1x1xi8>
  // CHECK: %[[S:.*]] = tasd.assemble %[[V0]], %[[M0]], %[[V1]], %[[M1]] : !tasd.series<1x8xi8, 2:4+1:8, along = [1]>
  // CHECK: tasd.compose %[[S]]
  %w = arith.constant dense<[[1, -9, 3, 4, 0, 0, 0, 7]]> : tensor<1x8xi8>
  %s = tasd.decompose %w : !tasd.series<1x8xi8, 2:4+1:8, along = [1]>
  %r = tasd.compose %s : !tasd.series<1x8xi8, 2:4+1:8, along = [1]>
  return %r : tensor<1x8xi8>
}

// CHECK-LABEL: @unsigned
func.func @unsigned() -> tensor<4xi8> {
  // CHECK-DAG: arith.constant dense_resource<unsigned_term0_values> : tensor<2xi8>
  // CHECK-DAG: arith.constant dense_resource<signed_term0_values> : tensor<2xi8>
  %w = arith.constant dense<[1, -1, -2, 3]> : tensor<4xi8>
  %s = tasd.decompose %w unsigned : !tasd.series<4xi8, 2:4, along = [0]> loc("unsigned")
  %r = tasd.compose %s : !tasd.series<4xi8, 2:4, along = [0]>
  %t = tasd.decompose %w : !tasd.series<4xi8, 2:4, along = [0]> loc("signed")
  %u = tasd.compose %t : !tasd.series<4xi8, 2:4, along = [0]>
  %x = arith.addi %r, %u : tensor<4xi8>
  return %x : tensor<4xi8>
}

// Equal magnitudes: the lower index wins.
// CHECK-LABEL: @splat
func.func @splat() -> tensor<2x4xf32> {
  %w = arith.constant dense<1.0> : tensor<2x4xf32>
  // CHECK: arith.constant dense_resource<my.layer_term0_values> : tensor<2x2xf32>
  %s = tasd.decompose %w : !tasd.series<2x4xf32, 2:4, along = [1]> loc("my.layer")
  %r = tasd.compose %s : !tasd.series<2x4xf32, 2:4, along = [1]>
  return %r : tensor<2x4xf32>
}

// The largest of the first block are -9 and 4, at 1 and 3; of the second 7 and
// an empty slot at 0 and 3. What is left is 3, at 2.
// CHECK-LABEL: dialect_resources
// CHECK-DAG: series_term0_values: "0x10000000F7040007"
// CHECK-DAG: series_term0_metadata: "0x10000000CD"
// CHECK-DAG: series_term1_values: "0x1000000003"
// CHECK-DAG: series_term1_metadata: "0x1000000002"
// CHECK-DAG: unsigned_term0_values: "0x10000000FFFE"
// CHECK-DAG: signed_term0_values: "0x10000000FE03"
// CHECK-DAG: my.layer_term0_values: "0x100000000000803F0000803F0000803F0000803F"
// CHECK-DAG: my.layer_term0_metadata: "0x100000000404"
