// UNSUPPORTED: sanitizers
// RUN: %mlir_opt %load_tasd %s -split-input-file -verify-diagnostics --pass-pipeline='builtin.module(convert-linalg-to-tasd,tasd-pack,tasd-verify-planned)'

// The plugin's verifiers and passes speak through mlir-opt's diagnostics.

func.func @along(%a: tensor<8x8xf32>) {
  // expected-error@+1 {{expected `along` to name distinct dimensions below 2 but got [2]}}
  %s = tasd.decompose %a : !tasd.series<8x8xf32, 2:4, along = [2]>
  return
}

// -----

func.func @attribute(%a: tensor<8x8xf32>) {
  // expected-error@+1 {{expected a linalg op on tensors to carry 'tasd.plan'}}
  %e = arith.negf %a {tasd.plan = #tasd.plan<2:4 along [0] at run_time>} : tensor<8x8xf32>
  return
}
