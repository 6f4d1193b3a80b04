// RUN: tasd-opt %s -split-input-file -verify-diagnostics

// The element types of tasd.contract: C8.

#a = affine_map<(m, n, k) -> (m, k)>
#b = affine_map<(m, n, k) -> (k, n)>
#c = affine_map<(m, n, k) -> (m, n)>
func.func @contract_c8_narrower(%l: !tasd.series<8x16xf32, 2:4, along = [1]>, %r: tensor<16x4xf32>, %o: tensor<8x4xf16>) {
  // expected-error@+1 {{'tasd.contract' op cannot accumulate products of 'f32' in 'f16'}}
  %c = tasd.contract [#a, #b, #c]
      ins(%l, %r : !tasd.series<8x16xf32, 2:4, along = [1]>, tensor<16x4xf32>)
      outs(%o : tensor<8x4xf16>)
  return
}

// -----

#a = affine_map<(m, n, k) -> (m, k)>
#b = affine_map<(m, n, k) -> (k, n)>
#c = affine_map<(m, n, k) -> (m, n)>
func.func @contract_c8_same_width(%l: !tasd.series<8x16xbf16, 2:4, along = [1]>, %r: tensor<16x4xf16>, %o: tensor<8x4xf16>) {
  // expected-error@+1 {{'tasd.contract' op cannot accumulate products of 'bf16' in 'f16'}}
  %c = tasd.contract [#a, #b, #c]
      ins(%l, %r : !tasd.series<8x16xbf16, 2:4, along = [1]>, tensor<16x4xf16>)
      outs(%o : tensor<8x4xf16>)
  return
}

// -----

#a = affine_map<(m, n, k) -> (m, k)>
#b = affine_map<(m, n, k) -> (k, n)>
#c = affine_map<(m, n, k) -> (m, n)>
func.func @contract_c8_float_to_integer(%l: !tasd.series<8x16xf32, 2:4, along = [1]>, %r: tensor<16x4xf32>, %o: tensor<8x4xi32>) {
  // expected-error@+1 {{'tasd.contract' op cannot accumulate products of 'f32' in 'i32'}}
  %c = tasd.contract [#a, #b, #c]
      ins(%l, %r : !tasd.series<8x16xf32, 2:4, along = [1]>, tensor<16x4xf32>)
      outs(%o : tensor<8x4xi32>)
  return
}

// -----

#a = affine_map<(m, n, k) -> (m, k)>
#b = affine_map<(m, n, k) -> (k, n)>
#c = affine_map<(m, n, k) -> (m, n)>
func.func @contract_c8_index(%l: !tasd.series<8x16xi8, 2:4, along = [1]>, %r: tensor<16x4xi8>, %o: tensor<8x4xindex>) {
  // expected-error@+1 {{'tasd.contract' op cannot accumulate products of 'i8' in 'index'}}
  %c = tasd.contract [#a, #b, #c]
      ins(%l, %r : !tasd.series<8x16xi8, 2:4, along = [1]>, tensor<16x4xi8>)
      outs(%o : tensor<8x4xindex>)
  return
}

// -----

#a = affine_map<(m, n, k) -> (m, k)>
#b = affine_map<(m, n, k) -> (k, n)>
#c = affine_map<(m, n, k) -> (m, n)>
func.func @contract_c8_complex(%l: tensor<8x16xcomplex<f32>>, %r: !tasd.series<16x4xf32, 2:4, along = [0]>, %o: tensor<8x4xcomplex<f32>>) {
  // expected-error@+1 {{'tasd.contract' op cannot accumulate products of 'complex<f32>' in 'complex<f32>'}}
  %c = tasd.contract [#a, #b, #c]
      ins(%l, %r : tensor<8x16xcomplex<f32>>, !tasd.series<16x4xf32, 2:4, along = [0]>)
      outs(%o : tensor<8x4xcomplex<f32>>)
  return
}
