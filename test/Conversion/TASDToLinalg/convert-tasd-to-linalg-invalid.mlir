// RUN: tasd-opt %s -convert-tasd-to-linalg -split-input-file -verify-diagnostics

// Series that were never packed cannot be composed.

func.func @not_packed(%a: tensor<8x16xf32>) -> tensor<8x16xf32> {
  // expected-error@+1 {{'tasd.decompose' op expected packed series in straight-line code}}
  %s = tasd.decompose %a : !tasd.series<8x16xf32, 2:4, along = [1]>
  %r = tasd.compose %s : !tasd.series<8x16xf32, 2:4, along = [1]>
  return %r : tensor<8x16xf32>
}

// -----

func.func @argument(%s: !tasd.series<8x16xf32, 2:4, along = [1]>) -> tensor<8x16xf32> {
  // expected-error@+1 {{'tasd.compose' op expected packed series in straight-line code}}
  %r = tasd.compose %s : !tasd.series<8x16xf32, 2:4, along = [1]>
  return %r : tensor<8x16xf32>
}
