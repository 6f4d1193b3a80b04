// RUN: tasd-opt %s -tasd-verify-packed -verify-diagnostics

// Nothing is left to decompose.

func.func @main(%a: tensor<8x16xf32>) -> tensor<8x16xf32> {
  // expected-error@+1 {{'tasd.decompose' op expected to be packed}}
  %s = tasd.decompose %a : !tasd.series<8x16xf32, 2:4, along = [1]>
  %r = tasd.compose %s : !tasd.series<8x16xf32, 2:4, along = [1]>
  return %r : tensor<8x16xf32>
}
