// A fully connected layer with pruned weights: of any four consecutive elements
// of a column at most two are not zero.

// docs: linear
func.func @main(%x: tensor<2x8xf32>) -> tensor<2x3xf32> {
  %w = arith.constant dense<[
    [ 1.0, 0.0, 0.0], [0.0, 3.0, 0.0], [-2.0, 0.0, 0.0], [0.0, 0.5, -4.0],
    [ 0.0, 0.0, 2.0], [0.0, 1.5, 0.0], [ 0.0, 0.0, 1.0], [5.0, 0.0,  0.0]
  ]> : tensor<8x3xf32>
  %zero = arith.constant 0.0 : f32
  %empty = tensor.empty() : tensor<2x3xf32>
  %init = linalg.fill ins(%zero : f32) outs(%empty : tensor<2x3xf32>)
      -> tensor<2x3xf32>
  %y = linalg.matmul ins(%x, %w : tensor<2x8xf32>, tensor<8x3xf32>)
      outs(%init : tensor<2x3xf32>) -> tensor<2x3xf32> loc("linear")
  return %y : tensor<2x3xf32>
}
// docs: end
