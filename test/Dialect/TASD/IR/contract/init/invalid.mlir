// RUN: tasd-opt %s -split-input-file -verify-diagnostics

// The map of the init of tasd.contract: C3.

#a = affine_map<(m, n, k) -> (m, k)>
#b = affine_map<(m, n, k) -> (k, n)>
#c = affine_map<(m, n, k) -> (m, m + n)>
func.func @contract_c3_sum(%l: !tasd.series<8x16xf32, 2:4, along = [1]>, %r: tensor<16x4xf32>, %o: tensor<8x4xf32>) {
  // expected-error@+1 {{'tasd.contract' op expected the map of init to be a projected permutation but got (d0, d1, d2) -> (d0, d0 + d1)}}
  %c = tasd.contract [#a, #b, #c]
      ins(%l, %r : !tasd.series<8x16xf32, 2:4, along = [1]>, tensor<16x4xf32>)
      outs(%o : tensor<8x4xf32>)
  return
}

// -----

#a = affine_map<(m, n, k) -> (m, k)>
#b = affine_map<(m, n, k) -> (k, n)>
#c = affine_map<(m, n, k) -> (m, m)>
func.func @contract_c3_twice(%l: !tasd.series<8x16xf32, 2:4, along = [1]>, %r: tensor<16x4xf32>, %o: tensor<8x4xf32>) {
  // expected-error@+1 {{'tasd.contract' op expected the map of init to be a projected permutation but got (d0, d1, d2) -> (d0, d0)}}
  %c = tasd.contract [#a, #b, #c]
      ins(%l, %r : !tasd.series<8x16xf32, 2:4, along = [1]>, tensor<16x4xf32>)
      outs(%o : tensor<8x4xf32>)
  return
}
