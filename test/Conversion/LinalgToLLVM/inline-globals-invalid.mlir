// RUN: tasd-opt %s --tasd-inline-globals -split-input-file -verify-diagnostics

// Globals that can become neither constants nor buffers.

ml_program.global private @missing(#ml_program.extern : tensor<2xf32>) : tensor<2xf32>

func.func @no_value() -> tensor<2xf32> {
  // expected-error @below {{expected the loaded global to have a value of type 'tensor<2xf32>'}}
  %0 = ml_program.global_load @missing : tensor<2xf32>
  return %0 : tensor<2xf32>
}

// -----

// expected-error @below {{expected a mutable global to be a ranked tensor with an initial value}}
ml_program.global private mutable @counter(0 : i64) : i64

func.func @scalar_state(%next: i64) {
  ml_program.global_store @counter = %next : i64
  return
}
