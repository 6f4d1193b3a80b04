// RUN: tasd-opt %s -tasd-plan="series=2:4" -split-input-file -verify-diagnostics

// Weights without data are an error, not a dense layer.

func.func @no_data(%a: tensor<8x16xf32>, %c: tensor<8x4xf32>) -> tensor<8x4xf32> {
  // expected-error@+1 {{expected data for resource 'elided' but got none}}
  %w = arith.constant dense_resource<elided> : tensor<16x4xf32>
  %r = linalg.matmul ins(%a, %w : tensor<8x16xf32>, tensor<16x4xf32>) outs(%c : tensor<8x4xf32>) -> tensor<8x4xf32>
  return %r : tensor<8x4xf32>
}

// -----

func.func @wrong_size(%a: tensor<8x16xf32>, %c: tensor<8x4xf32>) -> tensor<8x4xf32> {
  // expected-error@+1 {{expected 256 bytes for resource 'short' of 'tensor<16x4xf32>' but got 4}}
  %w = arith.constant dense_resource<short> : tensor<16x4xf32>
  %r = linalg.matmul ins(%a, %w : tensor<8x16xf32>, tensor<16x4xf32>) outs(%c : tensor<8x4xf32>) -> tensor<8x4xf32>
  return %r : tensor<8x4xf32>
}

{-#
  dialect_resources: {
    builtin: {
      short: "0x040000000000803F"
    }
  }
#-}
