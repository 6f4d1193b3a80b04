// RUN: tasd-opt %s -tasd-plan="series=2:4 side=activations" --remarks-filter=tasd --remark-format=emitRemark -o %t.mlir 2>&1 | FileCheck %s
// RUN: FileCheck %s --check-prefix=DENSE --input-file %t.mlir

// Every layer left dense says why, where its activations could have had a series.

// DENSE: tasd.plan_count = 0
// DENSE-NOT: tasd.plan =

// CHECK: Function=dynamic | layer={{.*}}, reason="a dimension to block is dynamic"
func.func @dynamic(%a: tensor<8x?xf32>, %b: tensor<?x4xf32>, %c: tensor<8x4xf32>) -> tensor<8x4xf32> {
  %r = linalg.matmul ins(%a, %b : tensor<8x?xf32>, tensor<?x4xf32>) outs(%c : tensor<8x4xf32>) -> tensor<8x4xf32>
  return %r : tensor<8x4xf32>
}

// CHECK: Function=both_constant | layer={{.*}}, reason="both inputs are constant"
func.func @both_constant(%c: tensor<8x4xf32>) -> tensor<8x4xf32> {
  %a = arith.constant dense<1.0> : tensor<8x16xf32>
  %b = arith.constant dense<1.0> : tensor<16x4xf32>
  %r = linalg.matmul ins(%a, %b : tensor<8x16xf32>, tensor<16x4xf32>) outs(%c : tensor<8x4xf32>) -> tensor<8x4xf32>
  return %r : tensor<8x4xf32>
}

// The windows of an activation overlap: only channels can be blocked.
// CHECK: Function=no_channels | layer={{.*}}, reason="no dimension to block is summed over"
func.func @no_channels(%a: tensor<16xf32>, %w: tensor<3xf32>, %c: tensor<14xf32>) -> tensor<14xf32> {
  %r = linalg.conv_1d ins(%a, %w : tensor<16xf32>, tensor<3xf32>) outs(%c : tensor<14xf32>) -> tensor<14xf32>
  return %r : tensor<14xf32>
}

#csr = #sparse_tensor.encoding<{map = (d0, d1) -> (d0 : dense, d1 : compressed)}>
// CHECK: Function=encoding | layer={{.*}}, reason="the type of an operand has an encoding"
func.func @encoding(%a: tensor<8x16xf32, #csr>, %b: tensor<16x4xf32>, %c: tensor<8x4xf32>) -> tensor<8x4xf32> {
  %r = linalg.matmul ins(%a, %b : tensor<8x16xf32, #csr>, tensor<16x4xf32>) outs(%c : tensor<8x4xf32>) -> tensor<8x4xf32>
  return %r : tensor<8x4xf32>
}
