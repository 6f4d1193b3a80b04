// z = relu(x * W) * V, rows of 16 numbers.
func.func @main(%x: tensor<?x16xf32>) -> tensor<?x4xf32> {
  %c0 = arith.constant 0 : index
  %zero = arith.constant 0.0 : f32
  %w = arith.constant dense<[
    [9.0, 1.0, -2.0, 0.0, 3.0, 1.0, 0.0, 0.0], [1.0, 8.0, 0.0, 1.0, 0.0, 0.0, 2.0, 0.0],
    [0.0, 0.0, 7.0, 0.0, 0.0, 1.0, 0.0, 0.0], [2.0, 0.0, 0.0, 9.0, 0.0, 0.0, 0.0, 1.0],
    [0.0, 1.0, 0.0, 0.0, 8.0, 0.0, 1.0, 0.0], [0.0, 0.0, 1.0, 2.0, 0.0, 9.0, 0.0, 0.0],
    [1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 7.0, 0.0], [0.0, 2.0, 0.0, 0.0, 1.0, 0.0, 0.0, 8.0],
    [0.0, 0.0, 0.0, 1.0, 0.0, 2.0, 0.0, 0.0], [0.0, 0.0, 9.0, 0.0, 0.0, 0.0, 0.0, 1.0],
    [0.0, 7.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0], [8.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0],
    [0.0, 0.0, 0.0, 0.0, 9.0, 0.0, 0.0, 0.0], [0.0, 0.0, 1.0, 7.0, 0.0, 0.0, 0.0, 0.0],
    [0.0, 0.0, 0.0, 0.0, 0.0, 8.0, 0.0, 2.0], [0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 9.0, 0.0]]> : tensor<16x8xf32>
  %v = arith.constant dense<[
    [5.0, 1.0, 0.0, 0.0], [0.0, 6.0, 0.0, 1.0], [1.0, 0.0, 7.0, 0.0], [0.0, 0.0, 0.0, 5.0],
    [4.0, 0.0, 1.0, 0.0], [0.0, 3.0, 0.0, 0.0], [0.0, 0.0, 6.0, 1.0], [1.0, 0.0, 0.0, 7.0]]> : tensor<8x4xf32>
  %rows = tensor.dim %x, %c0 : tensor<?x16xf32>
  %hidden = tensor.empty(%rows) : tensor<?x8xf32>
  %hidden_init = linalg.fill ins(%zero : f32) outs(%hidden : tensor<?x8xf32>) -> tensor<?x8xf32>
  %h = linalg.matmul ins(%x, %w : tensor<?x16xf32>, tensor<16x8xf32>)
                     outs(%hidden_init : tensor<?x8xf32>) -> tensor<?x8xf32> loc("first")
  %r = linalg.map ins(%h : tensor<?x8xf32>) outs(%hidden : tensor<?x8xf32>)
    (%a: f32, %out: f32) {
      %m = arith.maximumf %a, %zero : f32
      linalg.yield %m : f32
    }
  %empty = tensor.empty(%rows) : tensor<?x4xf32>
  %init = linalg.fill ins(%zero : f32) outs(%empty : tensor<?x4xf32>) -> tensor<?x4xf32>
  %z = linalg.matmul ins(%r, %v : tensor<?x8xf32>, tensor<8x4xf32>)
                     outs(%init : tensor<?x4xf32>) -> tensor<?x4xf32> loc("second")
  return %z : tensor<?x4xf32>
}
