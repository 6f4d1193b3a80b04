// RUN: tasd-opt %s -tasd-plan="series=2:4 skip=skipped" --remarks-filter=tasd --remark-format=emitRemark -o %t.mlir 2>&1 | FileCheck %s
// RUN: FileCheck %s --check-prefix=DENSE --input-file %t.mlir

// Every layer left dense says why, where its weights could have had a series.

// DENSE: tasd.plan_count = 0
// DENSE-NOT: tasd.plan =

// CHECK: Function=depthwise | layer=depthwise/depthwise_conv_2d_nhwc_hwc#0, reason="a depthwise convolution sums over no channels"
func.func @depthwise(%a: tensor<1x6x6x8xf32>, %c: tensor<1x4x4x8xf32>) -> tensor<1x4x4x8xf32> {
  %w = arith.constant dense<1.0> : tensor<3x3x8xf32>
  %r = linalg.depthwise_conv_2d_nhwc_hwc ins(%a, %w : tensor<1x6x6x8xf32>, tensor<3x3x8xf32>) outs(%c : tensor<1x4x4x8xf32>) -> tensor<1x4x4x8xf32>
  return %r : tensor<1x4x4x8xf32>
}

// CHECK: Function=no_constant | layer={{.*}}, reason="it has no constant input"
func.func @no_constant(%a: tensor<8x16xf32>, %b: tensor<16x4xf32>, %c: tensor<8x4xf32>) -> tensor<8x4xf32> {
  %r = linalg.matmul ins(%a, %b : tensor<8x16xf32>, tensor<16x4xf32>) outs(%c : tensor<8x4xf32>) -> tensor<8x4xf32>
  return %r : tensor<8x4xf32>
}

// CHECK: Function=sparse_constant | layer={{.*}}, reason="it has no constant input"
func.func @sparse_constant(%a: tensor<8x16xf32>, %c: tensor<8x4xf32>) -> tensor<8x4xf32> {
  %w = arith.constant sparse<[[0, 0]], [1.0]> : tensor<16x4xf32>
  %r = linalg.matmul ins(%a, %w : tensor<8x16xf32>, tensor<16x4xf32>) outs(%c : tensor<8x4xf32>) -> tensor<8x4xf32>
  return %r : tensor<8x4xf32>
}

// CHECK: Function=element_type | layer={{.*}}, reason="series cannot have elements of 'i16'"
func.func @element_type(%a: tensor<8x16xi16>, %c: tensor<8x4xi32>) -> tensor<8x4xi32> {
  %w = arith.constant dense<1> : tensor<16x4xi16>
  %r = linalg.matmul ins(%a, %w : tensor<8x16xi16>, tensor<16x4xi16>) outs(%c : tensor<8x4xi32>) -> tensor<8x4xi32>
  return %r : tensor<8x4xi32>
}

// CHECK: Function=left_out | layer=skipped, reason="the options leave it out"
func.func @left_out(%a: tensor<8x16xf32>, %c: tensor<8x4xf32>) -> tensor<8x4xf32> {
  %w = arith.constant dense<1.0> : tensor<16x4xf32>
  %r = linalg.matmul ins(%a, %w : tensor<8x16xf32>, tensor<16x4xf32>) outs(%c : tensor<8x4xf32>) -> tensor<8x4xf32> loc("skipped")
  return %r : tensor<8x4xf32>
}

// CHECK: Function=zero_point | layer={{.*}}, reason="input 1: expected a zero point of constant 0"
func.func @zero_point(%a: tensor<8x16xi8>, %c: tensor<8x4xi32>, %z: i32) -> tensor<8x4xi32> {
  %w = arith.constant dense<1> : tensor<16x4xi8>
  %r = linalg.quantized_matmul ins(%a, %w, %z, %z : tensor<8x16xi8>, tensor<16x4xi8>, i32, i32) outs(%c : tensor<8x4xi32>) -> tensor<8x4xi32>
  return %r : tensor<8x4xi32>
}

// Pooling and elementwise ops are no layers, and get no remark.
// CHECK-NOT: Function=pooling
func.func @pooling(%a: tensor<1x6x6x8xf32>, %w: tensor<3x3xf32>, %c: tensor<1x4x4x8xf32>) -> tensor<1x4x4x8xf32> {
  %r = linalg.pooling_nhwc_sum ins(%a, %w : tensor<1x6x6x8xf32>, tensor<3x3xf32>) outs(%c : tensor<1x4x4x8xf32>) -> tensor<1x4x4x8xf32>
  return %r : tensor<1x4x4x8xf32>
}
