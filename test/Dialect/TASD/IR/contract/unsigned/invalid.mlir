// RUN: tasd-opt %s -split-input-file -verify-diagnostics

// Signedness where there are no integers: C8 of tasd.contract.

#a = affine_map<(m, n, k) -> (m, k)>
#b = affine_map<(m, n, k) -> (k, n)>
#c = affine_map<(m, n, k) -> (m, n)>
func.func @contract_c8_unsigned(%l: !tasd.series<8x16xf32, 2:4, along = [1]>, %r: tensor<16x4xf32>, %o: tensor<8x4xf32>) {
  // expected-error@+1 {{'tasd.contract' op expected integers with `unsigned_lhs` but got 'f32'}}
  %c = tasd.contract [#a, #b, #c] unsigned_lhs
      ins(%l, %r : !tasd.series<8x16xf32, 2:4, along = [1]>, tensor<16x4xf32>)
      outs(%o : tensor<8x4xf32>)
  return
}

// -----

#a = affine_map<(m, n, k) -> (m, k)>
#b = affine_map<(m, n, k) -> (k, n)>
#c = affine_map<(m, n, k) -> (m, n)>
func.func @contract_c8_unsigned_rhs(%l: !tasd.series<8x16xi8, 2:4, along = [1]>, %r: tensor<16x4xf32>, %o: tensor<8x4xf32>) {
  // expected-error@+1 {{'tasd.contract' op expected integers with `unsigned_rhs` but got 'f32'}}
  %c = tasd.contract [#a, #b, #c] unsigned_rhs
      ins(%l, %r : !tasd.series<8x16xi8, 2:4, along = [1]>, tensor<16x4xf32>)
      outs(%o : tensor<8x4xf32>)
  return
}
