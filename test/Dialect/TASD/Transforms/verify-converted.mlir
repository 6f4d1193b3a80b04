// RUN: tasd-opt %s -tasd-verify-converted | FileCheck %s

// Series may be used inside loops, as tiles are, and plans may say dense.

#a = affine_map<(m, n, k) -> (m, k)>
#b = affine_map<(m, n, k) -> (k, n)>
#c = affine_map<(m, n, k) -> (m, n)>

// CHECK-LABEL: @main
func.func @main(%a: tensor<8x16xf32>, %b: tensor<16x8xf32>, %c: tensor<8x8xf32>, %n: index) -> tensor<8x8xf32> {
  %s = tasd.decompose %a : !tasd.series<8x16xf32, 2:4, along = [1]>
  %r = scf.for %i = %n to %n step %n iter_args(%t = %c) -> tensor<8x8xf32> {
    %u = tasd.contract [#a, #b, #c] ins(%s, %b : !tasd.series<8x16xf32, 2:4, along = [1]>, tensor<16x8xf32>) outs(%t : tensor<8x8xf32>)
    scf.yield %u : tensor<8x8xf32>
  }
  %d = linalg.matmul {tasd.plan = #tasd.plan<dense, dense>} ins(%r, %r : tensor<8x8xf32>, tensor<8x8xf32>) outs(%c : tensor<8x8xf32>) -> tensor<8x8xf32>
  return %d : tensor<8x8xf32>
}
