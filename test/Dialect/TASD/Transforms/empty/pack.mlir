// RUN: tasd-opt %s --tasd-pack | FileCheck %s

// Components without elements are no resources: LLVM's translation divides by
// their size.

// CHECK-LABEL: func @no_rows
func.func @no_rows() -> tensor<0x8xf32> {
  // CHECK-DAG: %[[V:.*]] = arith.constant dense<> : tensor<0x4xf32>
  // CHECK-DAG: %[[M:.*]] = arith.constant dense<> : tensor<0x1xi8>
  // CHECK: tasd.assemble %[[V]], %[[M]]
  %0 = arith.constant dense<> : tensor<0x8xf32>
  %1 = tasd.decompose %0 : !tasd.series<0x8xf32, 2:4, along = [1]>
  %2 = tasd.compose %1 : !tasd.series<0x8xf32, 2:4, along = [1]>
  return %2 : tensor<0x8xf32>
}
