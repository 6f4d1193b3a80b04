// RUN: tasd-opt %s -split-input-file -verify-diagnostics

// The zero point of tasd.contract: C8 and C9.

#a = affine_map<(m, n, k) -> (m, k)>
#b = affine_map<(m, n, k) -> (k, n)>
#c = affine_map<(m, n, k) -> (m, n)>
func.func @contract_c8_zero_point(%l: !tasd.series<8x16xf32, 2:4, along = [1]>, %r: tensor<16x4xf32>, %o: tensor<8x4xf32>, %z: i32) {
  // expected-error@+1 {{'tasd.contract' op expected integer inputs accumulated in i32 with `zero_point`}}
  %c = tasd.contract [#a, #b, #c]
      ins(%l, %r : !tasd.series<8x16xf32, 2:4, along = [1]>, tensor<16x4xf32>)
      outs(%o : tensor<8x4xf32>) zero_point %z
  return
}

// -----

#a = affine_map<(m, n, k) -> (m, k)>
#b = affine_map<(m, n, k) -> (k, n)>
#c = affine_map<(m, n, k) -> (m, n)>
func.func @contract_c8_zero_point_i64(%l: !tasd.series<8x16xi8, 2:4, along = [1]>, %r: tensor<16x4xi8>, %o: tensor<8x4xi64>, %z: i32) {
  // expected-error@+1 {{'tasd.contract' op expected integer inputs accumulated in i32 with `zero_point`}}
  %c = tasd.contract [#a, #b, #c]
      ins(%l, %r : !tasd.series<8x16xi8, 2:4, along = [1]>, tensor<16x4xi8>)
      outs(%o : tensor<8x4xi64>) zero_point %z
  return
}

// -----

#a = affine_map<(m, n, k) -> (m, k)>
#b = affine_map<(m, n, k) -> (k, n)>
#c = affine_map<(m, n, k) -> (m, n)>
func.func @contract_c9(%l: !tasd.series<8x16xi8, 2:4, along = [1]>, %r: !tasd.series<16x4xi8, 2:4, along = [0]>, %o: tensor<8x4xi32>, %z: i32) {
  // expected-error@+1 {{'tasd.contract' op expected exactly one series with `zero_point`}}
  %c = tasd.contract [#a, #b, #c]
      ins(%l, %r : !tasd.series<8x16xi8, 2:4, along = [1]>, !tasd.series<16x4xi8, 2:4, along = [0]>)
      outs(%o : tensor<8x4xi32>) zero_point %z
  return
}
