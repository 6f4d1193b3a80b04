// A layer that runs as often as an argument says.
func.func @main(%count: tensor<i64>, %x: tensor<8x8xi32>, %w: tensor<8x8xi8>) -> tensor<8x8xi32> {
  %n = tensor.extract %count[] : tensor<i64>
  %end = arith.index_cast %n : i64 to index
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %r = scf.for %i = %c0 to %end step %c1 iter_args(%sum = %x) -> tensor<8x8xi32> {
    %y = linalg.matmul ins(%w, %w : tensor<8x8xi8>, tensor<8x8xi8>)
                       outs(%sum : tensor<8x8xi32>) -> tensor<8x8xi32>
    scf.yield %y : tensor<8x8xi32>
  }
  return %r : tensor<8x8xi32>
}
