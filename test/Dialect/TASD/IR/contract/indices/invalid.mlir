// RUN: tasd-opt %s -split-input-file -verify-diagnostics

// The indices of the inputs of tasd.contract: C4.

#a = affine_map<(m, n, k) -> (m, k)>
#b = affine_map<(m, n, k) -> (k - n, n)>
#c = affine_map<(m, n, k) -> (m, n)>
func.func @contract_c4_negative(%l: !tasd.series<8x16xf32, 2:4, along = [1]>, %r: tensor<16x4xf32>, %o: tensor<8x4xf32>) {
  // expected-error@+1 {{'tasd.contract' op expected the indices of rhs to be sums of distinct loops times positive constants but got d2 - d1}}
  %c = tasd.contract [#a, #b, #c]
      ins(%l, %r : !tasd.series<8x16xf32, 2:4, along = [1]>, tensor<16x4xf32>)
      outs(%o : tensor<8x4xf32>)
  return
}

// -----

#a = affine_map<(m, n, k) -> (m, k)>
#b = affine_map<(m, n, k) -> (k + 1, n)>
#c = affine_map<(m, n, k) -> (m, n)>
func.func @contract_c4_constant(%l: !tasd.series<8x16xf32, 2:4, along = [1]>, %r: tensor<16x4xf32>, %o: tensor<8x4xf32>) {
  // expected-error@+1 {{'tasd.contract' op expected the indices of rhs to be sums of distinct loops times positive constants but got d2 + 1}}
  %c = tasd.contract [#a, #b, #c]
      ins(%l, %r : !tasd.series<8x16xf32, 2:4, along = [1]>, tensor<16x4xf32>)
      outs(%o : tensor<8x4xf32>)
  return
}

// -----

#a = affine_map<(m, n, k) -> (m, k)>
#b = affine_map<(m, n, k) -> (k * 2 + n + k, n)>
#c = affine_map<(m, n, k) -> (m, n)>
func.func @contract_c4_twice(%l: !tasd.series<8x16xf32, 2:4, along = [1]>, %r: tensor<16x4xf32>, %o: tensor<8x4xf32>) {
  // expected-error@+1 {{'tasd.contract' op expected the indices of rhs to be sums of distinct loops times positive constants but got d2 * 2 + d1 + d2}}
  %c = tasd.contract [#a, #b, #c]
      ins(%l, %r : !tasd.series<8x16xf32, 2:4, along = [1]>, tensor<16x4xf32>)
      outs(%o : tensor<8x4xf32>)
  return
}

// -----

#a = affine_map<(m, n, k) -> (m, k)>
#b = affine_map<(m, n, k) -> (k floordiv 2, n)>
#c = affine_map<(m, n, k) -> (m, n)>
func.func @contract_c4_division(%l: !tasd.series<8x16xf32, 2:4, along = [1]>, %r: tensor<16x4xf32>, %o: tensor<8x4xf32>) {
  // expected-error@+1 {{'tasd.contract' op expected the indices of rhs to be sums of distinct loops times positive constants but got d2 floordiv 2}}
  %c = tasd.contract [#a, #b, #c]
      ins(%l, %r : !tasd.series<8x16xf32, 2:4, along = [1]>, tensor<16x4xf32>)
      outs(%o : tensor<8x4xf32>)
  return
}
