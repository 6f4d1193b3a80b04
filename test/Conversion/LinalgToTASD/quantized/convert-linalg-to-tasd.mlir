// RUN: tasd-opt %s -convert-linalg-to-tasd -mlir-print-local-scope | FileCheck %s

// The zero point of the input that is not a series is subtracted by tasd.contract.

// CHECK-LABEL: @zero_of_series
// CHECK-SAME: %[[A:.*]]: tensor<8x16xi8>, %{{.*}}: tensor<16x4xi8>, %{{.*}}: tensor<8x4xi32>, %[[Z:.*]]: i32
func.func @zero_of_series(%a: tensor<8x16xi8>, %b: tensor<16x4xi8>, %c: tensor<8x4xi32>, %z: i32) -> tensor<8x4xi32> {
  // CHECK: %[[S:.*]] = tasd.decompose %{{.*}} : !tasd.series<16x4xi8, 2:4, along = [0]>
  // CHECK-NEXT: tasd.contract {{.*}} ins(%[[A]], %[[S]] : {{.*}}) outs(%{{.*}} : tensor<8x4xi32>) zero_point %[[Z]]
  %z0 = arith.constant 0 : i32
  %r = linalg.quantized_matmul {tasd.plan = #tasd.plan<dense, 2:4 along [0] at run_time, dense, dense>}
      ins(%a, %b, %z, %z0 : tensor<8x16xi8>, tensor<16x4xi8>, i32, i32)
      outs(%c : tensor<8x4xi32>) -> tensor<8x4xi32>
  return %r : tensor<8x4xi32>
}

// CHECK-LABEL: @both_zero
func.func @both_zero(%a: tensor<8x16xi8>, %b: tensor<16x4xi8>, %c: tensor<8x4xi32>) -> tensor<8x4xi32> {
  // CHECK: tasd.contract
  // CHECK-NOT: zero_point
  %z0 = arith.constant 0 : i32
  %r = linalg.quantized_matmul {tasd.plan = #tasd.plan<2:4 along [1] at run_time, 2:4 along [0] at run_time, dense, dense>}
      ins(%a, %b, %z0, %z0 : tensor<8x16xi8>, tensor<16x4xi8>, i32, i32)
      outs(%c : tensor<8x4xi32>) -> tensor<8x4xi32>
  return %r : tensor<8x4xi32>
}

// CHECK-LABEL: @convolution
// CHECK-SAME: %[[Z:[a-z0-9]*]]: i32
func.func @convolution(%z: i32, %a: tensor<1x6x6x8xi8>, %b: tensor<3x3x8x4xi8>, %c: tensor<1x4x4x4xi32>) -> tensor<1x4x4x4xi32> {
  // CHECK: tasd.decompose %{{.*}} : !tasd.series<3x3x8x4xi8, 2:4, along = [0, 1, 2]>
  // CHECK: tasd.contract {{.*}} zero_point %[[Z]]
  %z0 = arith.constant 0 : i32
  %r = linalg.conv_2d_nhwc_hwcf_q {tasd.plan = #tasd.plan<dense, 2:4 along [0, 1, 2] at run_time, dense, dense>}
      ins(%a, %b, %z, %z0 : tensor<1x6x6x8xi8>, tensor<3x3x8x4xi8>, i32, i32)
      outs(%c : tensor<1x4x4x4xi32>) -> tensor<1x4x4x4xi32>
  return %r : tensor<1x4x4x4xi32>
}
