// RUN: tasd-opt %s -tasd-pack -split-input-file -verify-diagnostics

// Constants without data, or of another size than their type.

func.func @no_data() -> tensor<2x4xf32> {
  // expected-error@+1 {{expected data for resource 'elided' but got none}}
  %w = arith.constant dense_resource<elided> : tensor<2x4xf32>
  %s = tasd.decompose %w : !tasd.series<2x4xf32, 2:4, along = [1]>
  %r = tasd.compose %s : !tasd.series<2x4xf32, 2:4, along = [1]>
  return %r : tensor<2x4xf32>
}

// -----

func.func @open_size_at_run_time(%a: tensor<2x4xf32>) -> tensor<2x4xf32> {
  // expected-error@+1 {{'tasd.decompose' op pattern 'csr(above = 0.1)' has no packed form of fixed size, so that it is for constants alone}}
  %s = tasd.decompose %a selection <csr(above = 0.1)> : !tasd.series<2x4xf32, csr, along = [1]>
  %r = tasd.compose %s : !tasd.series<2x4xf32, csr, along = [1]>
  return %r : tensor<2x4xf32>
}

// -----

func.func @wrong_size() -> tensor<2x4xf32> {
  // expected-error@+1 {{expected 32 bytes for resource 'short' of 'tensor<2x4xf32>' but got 4}}
  %w = arith.constant dense_resource<short> : tensor<2x4xf32>
  %s = tasd.decompose %w : !tasd.series<2x4xf32, 2:4, along = [1]>
  %r = tasd.compose %s : !tasd.series<2x4xf32, 2:4, along = [1]>
  return %r : tensor<2x4xf32>
}

{-#
  dialect_resources: {
    builtin: {
      short: "0x040000000000803F"
    }
  }
#-}
