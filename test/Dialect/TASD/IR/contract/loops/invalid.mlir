// RUN: tasd-opt %s -split-input-file -verify-diagnostics

// Loops of tasd.contract that have no extent or do not index both inputs: C5 and C7.

#a = affine_map<(m, k, w) -> (m, k)>
#b = affine_map<(m, k, w) -> (k + w)>
#c = affine_map<(m, k, w) -> (m)>
func.func @contract_c5_never_alone(%l: !tasd.series<8x4xf32, 2:4, along = [1]>, %r: tensor<20xf32>, %o: tensor<8xf32>) {
  // expected-error@+1 {{'tasd.contract' op expected loop 2 to stand alone in a map, with a static extent or on a dense operand}}
  %c = tasd.contract [#a, #b, #c]
      ins(%l, %r : !tasd.series<8x4xf32, 2:4, along = [1]>, tensor<20xf32>)
      outs(%o : tensor<8xf32>)
  return
}

// -----

#a = affine_map<(x, y, k) -> (x, k)>
#b = affine_map<(x, y, k) -> (x + y, k)>
#c = affine_map<(x, y, k) -> (y)>
func.func @contract_c5_dynamic_series(%l: !tasd.series<?x16xf32, 2:4, along = [1]>, %r: tensor<?x16xf32>, %o: tensor<4xf32>) {
  // expected-error@+1 {{'tasd.contract' op expected loop 0 to stand alone in a map, with a static extent or on a dense operand}}
  %c = tasd.contract [#a, #b, #c]
      ins(%l, %r : !tasd.series<?x16xf32, 2:4, along = [1]>, tensor<?x16xf32>)
      outs(%o : tensor<4xf32>)
  return
}

// -----

#a = affine_map<(m, n, k, x) -> (m, k)>
#b = affine_map<(m, n, k, x) -> (k, n, x)>
#c = affine_map<(m, n, k, x) -> (m, n)>
func.func @contract_c7(%l: !tasd.series<8x16xf32, 2:4, along = [1]>, %r: tensor<16x4x5xf32>, %o: tensor<8x4xf32>) {
  // expected-error@+1 {{'tasd.contract' op expected loop 3, which is summed over, to index both inputs}}
  %c = tasd.contract [#a, #b, #c]
      ins(%l, %r : !tasd.series<8x16xf32, 2:4, along = [1]>, tensor<16x4x5xf32>)
      outs(%o : tensor<8x4xf32>)
  return
}
