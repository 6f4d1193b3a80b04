// The dense model itself divides zero by zero.
func.func @main(%x: tensor<?x16xf32>) -> tensor<?x4xf32> {
  %c0 = arith.constant 0 : index
  %zero = arith.constant 0.0 : f32
  %v = arith.constant dense<1.0> : tensor<16x4xf32>
  %rows = tensor.dim %x, %c0 : tensor<?x16xf32>
  %empty = tensor.empty(%rows) : tensor<?x4xf32>
  %init = linalg.fill ins(%zero : f32) outs(%empty : tensor<?x4xf32>) -> tensor<?x4xf32>
  %z = linalg.matmul ins(%x, %v : tensor<?x16xf32>, tensor<16x4xf32>)
                     outs(%init : tensor<?x4xf32>) -> tensor<?x4xf32>
  %d = linalg.sub ins(%z, %z : tensor<?x4xf32>, tensor<?x4xf32>) outs(%empty : tensor<?x4xf32>) -> tensor<?x4xf32>
  %q = linalg.div ins(%d, %d : tensor<?x4xf32>, tensor<?x4xf32>) outs(%empty : tensor<?x4xf32>) -> tensor<?x4xf32>
  return %q : tensor<?x4xf32>
}
