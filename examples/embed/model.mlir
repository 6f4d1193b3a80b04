// Two layers, one with weights that 2:4 holds, and one with weights it does not.

func.func @main(%x: tensor<4x8xf32>, %init: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %pruned = arith.constant dense<[
    [1.0, 0.0, 3.0, 0.0, 0.0, 6.0, 0.0, 8.0], [0.0, 2.0, 0.0, 4.0, 5.0, 0.0, 7.0, 0.0],
    [1.0, 0.0, 0.0, 4.0, 0.0, 6.0, 7.0, 0.0], [0.0, 2.0, 3.0, 0.0, 5.0, 0.0, 0.0, 8.0],
    [0.0, 2.0, 0.0, 4.0, 0.0, 6.0, 0.0, 8.0], [1.0, 0.0, 3.0, 0.0, 5.0, 0.0, 7.0, 0.0],
    [0.0, 2.0, 3.0, 0.0, 5.0, 0.0, 7.0, 0.0], [1.0, 0.0, 0.0, 4.0, 0.0, 6.0, 0.0, 8.0]
  ]> : tensor<8x8xf32>
  %full = arith.constant dense<0.5> : tensor<8x8xf32>
  %y = linalg.matmul {layer = "hidden"}
      ins(%x, %pruned : tensor<4x8xf32>, tensor<8x8xf32>)
      outs(%init : tensor<4x8xf32>) -> tensor<4x8xf32>
  %z = linalg.matmul {layer = "head"}
      ins(%y, %full : tensor<4x8xf32>, tensor<8x8xf32>)
      outs(%init : tensor<4x8xf32>) -> tensor<4x8xf32>
  return %z : tensor<4x8xf32>
}
