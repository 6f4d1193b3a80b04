// RUN: tasd-opt %s -tasd-plan="machine=tc objective=latency" | FileCheck %s

// Either input of a dense layer may be operand A. Where both take the same cycles,
// the less energy decides.

// CHECK: tasd.plan = #tasd.plan<dense, dense, mapping = <"tc", a = 0,
func.func @main(%a: tensor<64x128xf32>, %b: tensor<128x96xf32>, %c: tensor<64x96xf32>) -> tensor<64x96xf32> {
  %r = linalg.matmul ins(%a, %b : tensor<64x128xf32>, tensor<128x96xf32>) outs(%c : tensor<64x96xf32>) -> tensor<64x96xf32>
  return %r : tensor<64x96xf32>
}
