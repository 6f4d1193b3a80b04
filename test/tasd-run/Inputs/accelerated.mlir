// z = relu(x * W) on integers, any number of rows, and y = z * V in f64, which
// no accelerator multiplies. W obeys 2:8.
func.func @main(%x: tensor<?x16xi8>) -> (tensor<?x2xi32>, tensor<?x2xf64>) {
  %c0 = arith.constant 0 : index
  %rows = tensor.dim %x, %c0 : tensor<?x16xi8>
  %w = arith.constant dense<[
    [0, -3], [5, 0], [0, 7], [0, 0], [0, 0], [-6, 0], [0, 0], [0, 0],
    [0, 0], [1, 0], [0, -9], [0, 0], [0, 0], [0, 0], [2, 4], [0, 0]]>
    : tensor<16x2xi8>
  %zero = arith.constant 0 : i32
  %empty = tensor.empty(%rows) : tensor<?x2xi32>
  %init = linalg.fill ins(%zero : i32) outs(%empty : tensor<?x2xi32>) -> tensor<?x2xi32>
  %p = linalg.matmul ins(%x, %w : tensor<?x16xi8>, tensor<16x2xi8>)
                     outs(%init : tensor<?x2xi32>) -> tensor<?x2xi32>
  %z = linalg.generic {
      indexing_maps = [affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (i, j)>],
      iterator_types = ["parallel", "parallel"]}
      ins(%p : tensor<?x2xi32>) outs(%empty : tensor<?x2xi32>) {
  ^bb0(%in: i32, %out: i32):
    %r = arith.maxsi %in, %zero : i32
    linalg.yield %r : i32
  } -> tensor<?x2xi32>
  %wide = arith.sitofp %z : tensor<?x2xi32> to tensor<?x2xf64>
  %v = arith.constant dense<[[0.5, 0.0], [0.0, 2.0]]> : tensor<2x2xf64>
  %zero64 = arith.constant 0.0 : f64
  %empty64 = tensor.empty(%rows) : tensor<?x2xf64>
  %init64 = linalg.fill ins(%zero64 : f64) outs(%empty64 : tensor<?x2xf64>) -> tensor<?x2xf64>
  %y = linalg.matmul ins(%wide, %v : tensor<?x2xf64>, tensor<2x2xf64>)
                     outs(%init64 : tensor<?x2xf64>) -> tensor<?x2xf64>
  return %z, %y : tensor<?x2xi32>, tensor<?x2xf64>
}
