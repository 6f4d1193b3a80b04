// z = x * W, rows of 256 numbers.
func.func @main(%x: tensor<64x256xf32>) -> tensor<64x256xf32> {
  %w = arith.constant dense<1.0> : tensor<256x256xf32>
  %zero = arith.constant 0.0 : f32
  %empty = tensor.empty() : tensor<64x256xf32>
  %init = linalg.fill ins(%zero : f32) outs(%empty : tensor<64x256xf32>) -> tensor<64x256xf32>
  %z = linalg.matmul ins(%x, %w : tensor<64x256xf32>, tensor<256x256xf32>)
                     outs(%init : tensor<64x256xf32>) -> tensor<64x256xf32> loc("fc")
  return %z : tensor<64x256xf32>
}
