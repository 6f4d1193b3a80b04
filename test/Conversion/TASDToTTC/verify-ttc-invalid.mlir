// RUN: tasd-opt %s -verify-diagnostics --tasd-verify-ttc

// A layer that nobody made a launch of, or has a word for.

func.func @layer(%a: tensor<8x8xi8>, %b: tensor<8x8xi8>, %z: tensor<8x8xi32>) -> tensor<8x8xi32> {
  // expected-error @+1 {{'linalg.matmul' op expected a launch on the accelerator, or the reason for none in `ttc.host`}}
  %r = linalg.matmul ins(%a, %b : tensor<8x8xi8>, tensor<8x8xi8>)
      outs(%z : tensor<8x8xi32>) -> tensor<8x8xi32>
  return %r : tensor<8x8xi32>
}
