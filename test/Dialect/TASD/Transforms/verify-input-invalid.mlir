// RUN: tasd-opt %s -tasd-verify-input -split-input-file -verify-diagnostics

// MLIR itself accepts resources without data or of the wrong size.

func.func @no_data() -> tensor<2x4xf32> {
  // expected-error@+1 {{expected data for resource 'elided' but got none}}
  %w = arith.constant dense_resource<elided> : tensor<2x4xf32>
  return %w : tensor<2x4xf32>
}

// -----

// expected-error@+1 {{expected 32 bytes for resource 'short' of 'tensor<2x4xf32>' but got 4}}
ml_program.global private @wrong_size(dense_resource<short> : tensor<2x4xf32>) : tensor<2x4xf32>

// Wherever it stands.
// expected-error@+1 {{expected 8 bytes for resource 'short' of 'tensor<4xi16>' but got 4}}
func.func private @nested() attributes {weights = [{first = dense_resource<short> : tensor<4xi16>}]}

{-#
  dialect_resources: {
    builtin: {
      short: "0x040000000000803F"
    }
  }
#-}
