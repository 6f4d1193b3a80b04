// RUN: tasd-opt %s -tasd-verify-lowered -verify-diagnostics

// No series is left.

func.func @main(%v: tensor<8x8xf32>, %m: tensor<8x2xi8>) -> tensor<8x16xf32> {
  // expected-error@+1 {{'tasd.assemble' op expected no series after lowering}}
  %s = tasd.assemble %v, %m : !tasd.series<8x16xf32, 2:4, along = [1]>
  // expected-error@+1 {{'tasd.compose' op expected no series after lowering}}
  %r = tasd.compose %s : !tasd.series<8x16xf32, 2:4, along = [1]>
  return %r : tensor<8x16xf32>
}
