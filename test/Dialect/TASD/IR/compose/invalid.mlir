// RUN: tasd-opt %s -split-input-file -verify-diagnostics

// The constraints of tasd.compose.

func.func @compose_c1(%s: !tasd.series<8x16xf32, 2:4, along = [1]>) {
  // expected-error@+1 {{'tasd.compose' op failed to verify that result is the dense tensor of the series}}
  %a = "tasd.compose"(%s) : (!tasd.series<8x16xf32, 2:4, along = [1]>) -> tensor<16x8xf32>
  return
}
