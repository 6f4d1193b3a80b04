// RUN: tasd-opt %s -split-input-file -verify-diagnostics

// The blocked dimensions of the series of tasd.contract: C6.

#a = affine_map<(m, n, k) -> (m, k)>
#b = affine_map<(m, n, k) -> (k, n)>
#c = affine_map<(m, n, k) -> (m, n)>
func.func @contract_c6_parallel(%l: !tasd.series<8x16xf32, 2:4, along = [0]>, %r: tensor<16x4xf32>, %o: tensor<8x4xf32>) {
  // expected-error@+1 {{'tasd.contract' op expected blocked dimension 0 of lhs to be indexed by a loop of its own that is summed over but got d0}}
  %c = tasd.contract [#a, #b, #c]
      ins(%l, %r : !tasd.series<8x16xf32, 2:4, along = [0]>, tensor<16x4xf32>)
      outs(%o : tensor<8x4xf32>)
  return
}

// -----

#a = affine_map<(y, x, w) -> (y, x + w)>
#b = affine_map<(y, x, w) -> (x, w)>
#c = affine_map<(y, x, w) -> (y)>
func.func @contract_c6_sum(%l: !tasd.series<8x10xf32, 2:4, along = [1]>, %r: tensor<8x3xf32>, %o: tensor<8xf32>) {
  // expected-error@+1 {{'tasd.contract' op expected blocked dimension 1 of lhs to be indexed by a loop of its own that is summed over but got d1 + d2}}
  %c = tasd.contract [#a, #b, #c]
      ins(%l, %r : !tasd.series<8x10xf32, 2:4, along = [1]>, tensor<8x3xf32>)
      outs(%o : tensor<8xf32>)
  return
}

// -----

#a = affine_map<(m, k) -> (m, k)>
#b = affine_map<(m, k) -> (k, k)>
#c = affine_map<(m, k) -> (m)>
func.func @contract_c6_shared(%l: tensor<8x16xf32>, %r: !tasd.series<16x16xf32, 2:4, along = [1]>, %o: tensor<8xf32>) {
  // expected-error@+1 {{'tasd.contract' op expected blocked dimension 1 of rhs to be indexed by a loop of its own that is summed over but got d1}}
  %c = tasd.contract [#a, #b, #c]
      ins(%l, %r : tensor<8x16xf32>, !tasd.series<16x16xf32, 2:4, along = [1]>)
      outs(%o : tensor<8xf32>)
  return
}
