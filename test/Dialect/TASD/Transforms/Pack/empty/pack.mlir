// RUN: tasd-opt %s -tasd-pack | FileCheck %s
// RUN: tasd-opt %s -tasd-pack | tasd-opt --emit-bytecode | tasd-opt | FileCheck %s

// Components without elements are no resources, which MLIR's bytecode does not
// read back when they are empty.

// CHECK-LABEL: @no_rows
func.func @no_rows() -> tensor<0x4xf32> {
  // CHECK-DAG: %[[V:.*]] = arith.constant dense<> : tensor<0x2xf32>
  // CHECK-DAG: %[[M:.*]] = arith.constant dense<> : tensor<0x1xi8>
  // CHECK: tasd.assemble %[[V]], %[[M]]
  %w = arith.constant dense<> : tensor<0x4xf32>
  %s = tasd.decompose %w : !tasd.series<0x4xf32, 2:4, along = [1]>
  %r = tasd.compose %s : !tasd.series<0x4xf32, 2:4, along = [1]>
  return %r : tensor<0x4xf32>
}

// CHECK-LABEL: @no_columns
func.func @no_columns() -> tensor<4x0xf32> {
  // CHECK-DAG: arith.constant dense<> : tensor<4x0xf32>
  // CHECK-DAG: arith.constant dense<> : tensor<4x0xi8>
  // CHECK: tasd.assemble
  %w = arith.constant dense<> : tensor<4x0xf32>
  %s = tasd.decompose %w : !tasd.series<4x0xf32, 2:4, along = [1]>
  %r = tasd.compose %s : !tasd.series<4x0xf32, 2:4, along = [1]>
  return %r : tensor<4x0xf32>
}

// Blocks of one element need no indices.
// CHECK-LABEL: @no_metadata
func.func @no_metadata() -> tensor<2x3xf32> {
  // CHECK-DAG: %[[V:.*]] = arith.constant dense_resource<series_term0_values> : tensor<2x3xf32>
  // CHECK-DAG: %[[M:.*]] = arith.constant dense<> : tensor<2x0xi8>
  // CHECK: tasd.assemble %[[V]], %[[M]]
  %w = arith.constant dense<1.0> : tensor<2x3xf32>
  %s = tasd.decompose %w : !tasd.series<2x3xf32, 1:1, along = [1]>
  %r = tasd.compose %s : !tasd.series<2x3xf32, 1:1, along = [1]>
  return %r : tensor<2x3xf32>
}
