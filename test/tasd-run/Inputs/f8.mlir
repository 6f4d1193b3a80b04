// Activations that are narrowed to f8, against weights of f8.

#rows = affine_map<(d0, d1) -> (d0, d1)>

func.func @main(%x: tensor<4x16xf32>) -> tensor<4x8xf32> {
  %zero = arith.constant 0.0 : f32
  %w = arith.constant dense<1.5> : tensor<16x8xf8E4M3FN>
  %empty = tensor.empty() : tensor<4x16xf8E4M3FN>
  %narrow = linalg.generic {indexing_maps = [#rows, #rows], iterator_types = ["parallel", "parallel"]}
      ins(%x : tensor<4x16xf32>) outs(%empty : tensor<4x16xf8E4M3FN>) {
    ^bb0(%v: f32, %out: f8E4M3FN):
      %y = arith.truncf %v : f32 to f8E4M3FN
      linalg.yield %y : f8E4M3FN
  } -> tensor<4x16xf8E4M3FN>
  %empty_z = tensor.empty() : tensor<4x8xf32>
  %z = linalg.fill ins(%zero : f32) outs(%empty_z : tensor<4x8xf32>) -> tensor<4x8xf32>
  %r = linalg.matmul ins(%narrow, %w : tensor<4x16xf8E4M3FN>, tensor<16x8xf8E4M3FN>)
      outs(%z : tensor<4x8xf32>) -> tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}
