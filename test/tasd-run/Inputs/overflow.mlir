// Sums in i8, and a layer with zero points.
func.func @main(%a: tensor<2x4xi8>) -> (tensor<2x2xi8>, tensor<2x2xi32>) {
  %w = arith.constant dense<1> : tensor<4x2xi8>
  %zero = arith.constant dense<0> : tensor<2x2xi8>
  %wide = arith.constant dense<0> : tensor<2x2xi32>
  %none = arith.constant 0 : i32
  %three = arith.constant 3 : i32
  %0 = linalg.matmul ins(%a, %w : tensor<2x4xi8>, tensor<4x2xi8>)
      outs(%zero : tensor<2x2xi8>) -> tensor<2x2xi8> loc("overflow")
  %1 = linalg.quantized_matmul
      ins(%a, %w, %three, %none : tensor<2x4xi8>, tensor<4x2xi8>, i32, i32)
      outs(%wide : tensor<2x2xi32>) -> tensor<2x2xi32> loc("quantized")
  return %0, %1 : tensor<2x2xi8>, tensor<2x2xi32>
}
