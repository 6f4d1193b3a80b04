// RUN: tasd-opt %s -split-input-file -verify-diagnostics

// The form of tasd.contract: C1 and C2.

#a = affine_map<(m, n, k) -> (m, k)>
#b = affine_map<(m, n, k) -> (k, n)>
#c = affine_map<(m, n, k) -> (m, n)>
func.func @contract_c1(%l: tensor<8x16xf32>, %r: tensor<16x4xf32>, %o: tensor<8x4xf32>) {
  // expected-error@+1 {{'tasd.contract' op expected one input at least to be a series}}
  %c = tasd.contract [#a, #b, #c]
      ins(%l, %r : tensor<8x16xf32>, tensor<16x4xf32>)
      outs(%o : tensor<8x4xf32>)
  return
}

// -----

#a = affine_map<(m, n, k) -> (m, k)>
#b = affine_map<(m, n, k) -> (k, n)>
#c = affine_map<(m, n, k) -> (m, n)>
func.func @contract_c2_number(%l: !tasd.series<8x16xf32, 2:4, along = [1]>, %r: tensor<16x4xf32>, %o: tensor<8x4xf32>) {
  // expected-error@+1 {{'tasd.contract' op expected 3 indexing maps but got 2}}
  %c = tasd.contract [#a, #b]
      ins(%l, %r : !tasd.series<8x16xf32, 2:4, along = [1]>, tensor<16x4xf32>)
      outs(%o : tensor<8x4xf32>)
  return
}

// -----

#a = affine_map<(m, n, k) -> (m, k)>
#b = affine_map<(k, n) -> (k, n)>
#c = affine_map<(m, n, k) -> (m, n)>
func.func @contract_c2_loops(%l: !tasd.series<8x16xf32, 2:4, along = [1]>, %r: tensor<16x4xf32>, %o: tensor<8x4xf32>) {
  // expected-error@+1 {{'tasd.contract' op expected the map of rhs to have 3 loops, no symbols and 2 results but got (d0, d1) -> (d0, d1)}}
  %c = tasd.contract [#a, #b, #c]
      ins(%l, %r : !tasd.series<8x16xf32, 2:4, along = [1]>, tensor<16x4xf32>)
      outs(%o : tensor<8x4xf32>)
  return
}

// -----

#a = affine_map<(m, n, k)[s] -> (m, k)>
#b = affine_map<(m, n, k) -> (k, n)>
#c = affine_map<(m, n, k) -> (m, n)>
func.func @contract_c2_symbols(%l: !tasd.series<8x16xf32, 2:4, along = [1]>, %r: tensor<16x4xf32>, %o: tensor<8x4xf32>) {
  // expected-error@+1 {{'tasd.contract' op expected the map of lhs to have 3 loops, no symbols and 2 results but got (d0, d1, d2)[s0] -> (d0, d2)}}
  %c = tasd.contract [#a, #b, #c]
      ins(%l, %r : !tasd.series<8x16xf32, 2:4, along = [1]>, tensor<16x4xf32>)
      outs(%o : tensor<8x4xf32>)
  return
}

// -----

#a = affine_map<(m, n, k) -> (m, k)>
#b = affine_map<(m, n, k) -> (k, n)>
#c = affine_map<(m, n, k) -> (m)>
func.func @contract_c2_results(%l: !tasd.series<8x16xf32, 2:4, along = [1]>, %r: tensor<16x4xf32>, %o: tensor<8x4xf32>) {
  // expected-error@+1 {{'tasd.contract' op expected the map of init to have 3 loops, no symbols and 2 results but got (d0, d1, d2) -> (d0)}}
  %c = tasd.contract [#a, #b, #c]
      ins(%l, %r : !tasd.series<8x16xf32, 2:4, along = [1]>, tensor<16x4xf32>)
      outs(%o : tensor<8x4xf32>)
  return
}
