// RUN: tasd-opt %s --tasd-decompose-linalg | FileCheck %s

// Aggregates become structured ops.

// CHECK-LABEL: func @softmax
func.func @softmax(%x: tensor<2x?xf32>, %y: tensor<2x?xf32>) -> tensor<2x?xf32> {
  // CHECK-NOT: linalg.softmax
  // CHECK: arith.maxnumf
  // CHECK: math.exp
  // CHECK: arith.divf
  %0 = linalg.softmax dimension(1)
    ins(%x : tensor<2x?xf32>) outs(%y : tensor<2x?xf32>) -> tensor<2x?xf32>
  return %0 : tensor<2x?xf32>
}

// CHECK-LABEL: func @concat
func.func @concat(%x: tensor<2x3xf32>, %y: tensor<2x4xf32>) -> tensor<2x7xf32> {
  // CHECK-NOT: tensor.concat
  // CHECK-COUNT-2: tensor.insert_slice
  %0 = tensor.concat dim(1) %x, %y
    : (tensor<2x3xf32>, tensor<2x4xf32>) -> tensor<2x7xf32>
  return %0 : tensor<2x7xf32>
}
