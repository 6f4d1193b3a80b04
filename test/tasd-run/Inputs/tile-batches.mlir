// Equal products with weights of their own: a batch of matrices, and groups of a
// convolution.
func.func @main(%x: tensor<2x4x8xi8>, %image: tensor<1x5x5x2x4xi8>) -> (tensor<2x4x6xi32>, tensor<1x3x3x2x3xi32>) {
  %w = arith.constant dense<[
    [[3, 0, 1, -2, 1, 0], [2, 0, -3, 1, 0, 1], [0, 1, 0, 0, 2, 0], [-1, 0, 3, 3, 1, 1],
     [2, 0, 0, -3, 0, 0], [0, 1, 0, 1, 0, 0], [1, 0, -2, 2, 3, 0], [0, 0, 0, 0, 1, 2]],
    [[0, 2, 1, 0, 1, 3], [1, -3, 3, 0, 0, 1], [0, 2, 0, 0, 1, 0], [0, 3, 0, 1, 0, 2],
     [1, 1, 3, 0, 0, 3], [0, 0, 0, 0, 0, 1], [0, -2, 2, 0, 1, 0], [0, 1, 0, 1, 0, -3]]]> : tensor<2x8x6xi8>
  %filter = arith.constant dense<[
    [[[[1, 2, 0, 3]]], [[[0, 0, 1, 0]]], [[[-3, 1, 0, 2]]]],
    [[[[0, 1, 0, 0]]], [[[2, 0, 3, 1]]], [[[1, 3, -3, 0]]]]]> : tensor<2x3x1x1x4xi8>
  %zero = arith.constant 0 : i32
  %e0 = tensor.empty() : tensor<2x4x6xi32>
  %z0 = linalg.fill ins(%zero : i32) outs(%e0 : tensor<2x4x6xi32>) -> tensor<2x4x6xi32>
  %r0 = linalg.batch_matmul ins(%x, %w : tensor<2x4x8xi8>, tensor<2x8x6xi8>) outs(%z0 : tensor<2x4x6xi32>) -> tensor<2x4x6xi32> loc("batch")
  %e1 = tensor.empty() : tensor<1x3x3x2x3xi32>
  %z1 = linalg.fill ins(%zero : i32) outs(%e1 : tensor<1x3x3x2x3xi32>) -> tensor<1x3x3x2x3xi32>
  %r1 = linalg.conv_2d_nhwgc_gfhwc {strides = dense<2> : tensor<2xi64>, dilations = dense<1> : tensor<2xi64>}
      ins(%image, %filter : tensor<1x5x5x2x4xi8>, tensor<2x3x1x1x4xi8>) outs(%z1 : tensor<1x3x3x2x3xi32>) -> tensor<1x3x3x2x3xi32> loc("groups")
  return %r0, %r1 : tensor<2x4x6xi32>, tensor<1x3x3x2x3xi32>
}
