// RUN: tasd-opt %s -split-input-file -verify-diagnostics

// Extents of tasd.contract that do not fit together: C5.

#a = affine_map<(m, n, k) -> (m, k)>
#b = affine_map<(m, n, k) -> (k, n)>
#c = affine_map<(m, n, k) -> (m, n)>
func.func @contract_c5_extent(%l: !tasd.series<8x16xf32, 2:4, along = [1]>, %r: tensor<12x4xf32>, %o: tensor<8x4xf32>) {
  // expected-error@+1 {{'tasd.contract' op expected extent 16 along dimension 0 of rhs but got 12}}
  %c = tasd.contract [#a, #b, #c]
      ins(%l, %r : !tasd.series<8x16xf32, 2:4, along = [1]>, tensor<12x4xf32>)
      outs(%o : tensor<8x4xf32>)
  return
}

// -----

#a = affine_map<(m, n, k) -> (m, k)>
#b = affine_map<(m, n, k) -> (k, n)>
#c = affine_map<(m, n, k) -> (m, n)>
func.func @contract_c5_init(%l: !tasd.series<8x16xf32, 2:4, along = [1]>, %r: tensor<16x4xf32>, %o: tensor<9x4xf32>) {
  // expected-error@+1 {{'tasd.contract' op expected extent 9 along dimension 0 of lhs but got 8}}
  %c = tasd.contract [#a, #b, #c]
      ins(%l, %r : !tasd.series<8x16xf32, 2:4, along = [1]>, tensor<16x4xf32>)
      outs(%o : tensor<9x4xf32>)
  return
}

// -----

#a = affine_map<(m, y, k, w) -> (m, k, w)>
#b = affine_map<(m, y, k, w) -> (k, y * 2 + w * 2)>
#c = affine_map<(m, y, k, w) -> (m, y)>
func.func @contract_c5_index_leaves(%l: !tasd.series<8x16x3xf32, 2:4, along = [2, 1]>, %r: tensor<16x17xf32>, %o: tensor<8x8xf32>) {
  // expected-error@+1 {{'tasd.contract' op expected an extent above 18 along dimension 1 of rhs but got 17}}
  %c = tasd.contract [#a, #b, #c]
      ins(%l, %r : !tasd.series<8x16x3xf32, 2:4, along = [2, 1]>, tensor<16x17xf32>)
      outs(%o : tensor<8x8xf32>)
  return
}

// -----

#a = affine_map<(m, y, k, w) -> (m, k, w)>
#b = affine_map<(m, y, k, w) -> (k, y + w * 9223372036854775807)>
#c = affine_map<(m, y, k, w) -> (m, y)>
func.func @contract_c5_index_overflows(%l: !tasd.series<8x16x9xf32, 2:4, along = [2, 1]>, %r: tensor<16x17xf32>, %o: tensor<8x8xf32>) {
  // expected-error@+1 {{'tasd.contract' op expected an extent above 18446744073709551615 along dimension 1 of rhs but got 17}}
  %c = tasd.contract [#a, #b, #c]
      ins(%l, %r : !tasd.series<8x16x9xf32, 2:4, along = [2, 1]>, tensor<16x17xf32>)
      outs(%o : tensor<8x8xf32>)
  return
}
