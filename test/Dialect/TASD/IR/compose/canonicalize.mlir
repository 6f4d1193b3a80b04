// RUN: tasd-opt %s -canonicalize | FileCheck %s

// Composing what was decomposed gives the tensor back where nothing is dropped.

// CHECK-LABEL: @covering_series
// CHECK-SAME: %[[A:.*]]: tensor
func.func @covering_series(%a: tensor<8x16xi32>) -> tensor<8x16xi32> {
  // CHECK-NEXT: return %[[A]]
  %s = tasd.decompose %a : !tasd.series<8x16xi32, 2:4+8:8, along = [1]>
  %r = tasd.compose %s : !tasd.series<8x16xi32, 2:4+8:8, along = [1]>
  return %r : tensor<8x16xi32>
}

// CHECK-LABEL: @covering_unsigned
// CHECK-SAME: %[[A:.*]]: tensor
func.func @covering_unsigned(%a: tensor<8x16xi8>) -> tensor<8x16xi8> {
  // CHECK-NEXT: return %[[A]]
  %s = tasd.decompose %a unsigned : !tasd.series<8x16xi8, 1:1, along = [1]>
  %r = tasd.compose %s : !tasd.series<8x16xi8, 1:1, along = [1]>
  return %r : tensor<8x16xi8>
}

// -0.0 would survive.
// CHECK-LABEL: @floats_are_kept
func.func @floats_are_kept(%a: tensor<8x16xf32>) -> tensor<8x16xf32> {
  // CHECK-NEXT: tasd.decompose
  // CHECK-NEXT: tasd.compose
  %s = tasd.decompose %a : !tasd.series<8x16xf32, 4:4, along = [1]>
  %r = tasd.compose %s : !tasd.series<8x16xf32, 4:4, along = [1]>
  return %r : tensor<8x16xf32>
}

// CHECK-LABEL: @dropping_series_is_kept
func.func @dropping_series_is_kept(%a: tensor<8x16xi32>) -> tensor<8x16xi32> {
  // CHECK-NEXT: tasd.decompose
  // CHECK-NEXT: tasd.compose
  %s = tasd.decompose %a : !tasd.series<8x16xi32, 3:4, along = [1]>
  %r = tasd.compose %s : !tasd.series<8x16xi32, 3:4, along = [1]>
  return %r : tensor<8x16xi32>
}
