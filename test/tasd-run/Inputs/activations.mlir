// What follows an activation function: zeros after ReLU, few of them after
// hard-swish, none after GELU and SiLU, where small magnitudes take their place.

#rows = affine_map<(d0, d1) -> (d0, d1)>

func.func @main(%x: tensor<4x16xf32>)
    -> (tensor<4x4xf32>, tensor<4x4xf32>, tensor<4x4xf32>, tensor<4x4xf32>) {
  %zero = arith.constant 0.0 : f32
  %half = arith.constant 0.5 : f32
  %one = arith.constant 1.0 : f32
  %three = arith.constant 3.0 : f32
  %six = arith.constant 6.0 : f32
  %rsqrt2 = arith.constant 0.70710678 : f32
  %w = arith.constant dense<[[1.0, 1.0, 2.0, -1.0],
      [1.0, -1.0, 3.0, 2.0],
      [2.0, 1.0, -1.0, 1.0],
      [1.0, 2.0, 1.0, -2.0],
      [-1.0, 1.0, 2.0, 3.0],
      [3.0, 1.0, 1.0, -1.0],
      [1.0, -2.0, 1.0, 2.0],
      [2.0, 2.0, -1.0, 1.0],
      [1.0, 1.0, 1.0, 1.0],
      [-2.0, 1.0, 3.0, 1.0],
      [1.0, 3.0, -1.0, 2.0],
      [2.0, -1.0, 1.0, 1.0],
      [1.0, 1.0, 2.0, -3.0],
      [3.0, 2.0, 1.0, 1.0],
      [1.0, -1.0, -1.0, 2.0],
      [-1.0, 2.0, 1.0, 1.0]]> : tensor<16x4xf32>
  %empty = tensor.empty() : tensor<4x16xf32>
  %empty_z = tensor.empty() : tensor<4x4xf32>
  %z = linalg.fill ins(%zero : f32) outs(%empty_z : tensor<4x4xf32>) -> tensor<4x4xf32>
  %relu = linalg.generic {indexing_maps = [#rows, #rows], iterator_types = ["parallel", "parallel"]}
      ins(%x : tensor<4x16xf32>) outs(%empty : tensor<4x16xf32>) {
    ^bb0(%v: f32, %out: f32):
      %y = arith.maximumf %v, %zero : f32
      linalg.yield %y : f32
  } -> tensor<4x16xf32>
  %relu_fc = linalg.matmul ins(%relu, %w : tensor<4x16xf32>, tensor<16x4xf32>)
      outs(%z : tensor<4x4xf32>) -> tensor<4x4xf32> loc("relu")
  %gelu = linalg.generic {indexing_maps = [#rows, #rows], iterator_types = ["parallel", "parallel"]}
      ins(%x : tensor<4x16xf32>) outs(%empty : tensor<4x16xf32>) {
    ^bb0(%v: f32, %out: f32):
      %scaled = arith.mulf %v, %rsqrt2 : f32
      %erf = math.erf %scaled : f32
      %sum = arith.addf %erf, %one : f32
      %half_v = arith.mulf %v, %half : f32
      %y = arith.mulf %half_v, %sum : f32
      linalg.yield %y : f32
  } -> tensor<4x16xf32>
  %gelu_fc = linalg.matmul ins(%gelu, %w : tensor<4x16xf32>, tensor<16x4xf32>)
      outs(%z : tensor<4x4xf32>) -> tensor<4x4xf32> loc("gelu")
  %silu = linalg.generic {indexing_maps = [#rows, #rows], iterator_types = ["parallel", "parallel"]}
      ins(%x : tensor<4x16xf32>) outs(%empty : tensor<4x16xf32>) {
    ^bb0(%v: f32, %out: f32):
      %minus = arith.negf %v : f32
      %exp = math.exp %minus : f32
      %sum = arith.addf %exp, %one : f32
      %y = arith.divf %v, %sum : f32
      linalg.yield %y : f32
  } -> tensor<4x16xf32>
  %silu_fc = linalg.matmul ins(%silu, %w : tensor<4x16xf32>, tensor<16x4xf32>)
      outs(%z : tensor<4x4xf32>) -> tensor<4x4xf32> loc("silu")
  %hard_swish = linalg.generic {indexing_maps = [#rows, #rows], iterator_types = ["parallel", "parallel"]}
      ins(%x : tensor<4x16xf32>) outs(%empty : tensor<4x16xf32>) {
    ^bb0(%v: f32, %out: f32):
      %moved = arith.addf %v, %three : f32
      %low = arith.maximumf %moved, %zero : f32
      %gate = arith.minimumf %low, %six : f32
      %product = arith.mulf %v, %gate : f32
      %y = arith.divf %product, %six : f32
      linalg.yield %y : f32
  } -> tensor<4x16xf32>
  %hard_swish_fc = linalg.matmul ins(%hard_swish, %w : tensor<4x16xf32>, tensor<16x4xf32>)
      outs(%z : tensor<4x4xf32>) -> tensor<4x4xf32> loc("hard_swish")
  return %relu_fc, %gelu_fc, %silu_fc, %hard_swish_fc
      : tensor<4x4xf32>, tensor<4x4xf32>, tensor<4x4xf32>, tensor<4x4xf32>
}
