// RUN: tasd-opt %s --convert-tasd-to-vector -split-input-file -verify-diagnostics

// Series have to be packed before.

#lhs = affine_map<(m, n, k) -> (m, k)>
#rhs = affine_map<(m, n, k) -> (k, n)>
#out = affine_map<(m, n, k) -> (m, n)>

func.func @not_packed(%a: tensor<8x16xf32>, %b: tensor<16x32xf32>,
                      %c: tensor<8x32xf32>) -> tensor<8x32xf32> {
  %s = tasd.decompose %a : !tasd.series<8x16xf32, 2:4, along = [1]>
  // expected-error @+1 {{'tasd.contract' op expected packed series: neither input is a packed series}}
  %r = tasd.contract [#lhs, #rhs, #out]
      ins(%s, %b : !tasd.series<8x16xf32, 2:4, along = [1]>, tensor<16x32xf32>)
      outs(%c : tensor<8x32xf32>)
  return %r : tensor<8x32xf32>
}
