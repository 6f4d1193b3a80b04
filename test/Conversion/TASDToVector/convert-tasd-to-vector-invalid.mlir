// RUN: tasd-opt %s --convert-tasd-to-vector -split-input-file -verify-diagnostics
// RUN: not tasd-opt %s --convert-tasd-to-vector=vector-bits=3 -split-input-file 2>&1 | FileCheck %s --check-prefix=WIDTH

// The width of vectors is one of a machine.

// WIDTH: error: option vector-bits: expected vectors of 256 or 512 bits but got 3
// WIDTH-NEXT: func.func

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
