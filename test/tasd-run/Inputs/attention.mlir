// x times weights, and that times what else is given: two layers, three inputs
// that are measured.
func.func @main(%x: tensor<2x4xf32>, %k: tensor<4x2xf32>) -> (tensor<2x2xf32>, tensor<3x2xf32>) {
  %w = arith.constant dense<[[1.0, 0.5], [0.0, 1.0], [1.0, 1.0], [-1.0, 2.0]]> : tensor<4x2xf32>
  %zero = arith.constant 0.0 : f32
  %empty = tensor.empty() : tensor<2x2xf32>
  %init = linalg.fill ins(%zero : f32) outs(%empty : tensor<2x2xf32>) -> tensor<2x2xf32>
  %y = linalg.matmul ins(%x, %w : tensor<2x4xf32>, tensor<4x2xf32>) outs(%init : tensor<2x2xf32>) -> tensor<2x2xf32> loc("fc")
  %q = tensor.pad %x low[0, 0] high[1, 0] {
  ^bb0(%i: index, %j: index):
    tensor.yield %zero : f32
  } : tensor<2x4xf32> to tensor<3x4xf32>
  %e = tensor.empty() : tensor<3x2xf32>
  %s = linalg.fill ins(%zero : f32) outs(%e : tensor<3x2xf32>) -> tensor<3x2xf32>
  %z = linalg.matmul ins(%q, %k : tensor<3x4xf32>, tensor<4x2xf32>) outs(%s : tensor<3x2xf32>) -> tensor<3x2xf32> loc("scores")
  return %y, %z : tensor<2x2xf32>, tensor<3x2xf32>
}
