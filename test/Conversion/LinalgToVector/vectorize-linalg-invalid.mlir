// RUN: tasd-opt %s --pass-pipeline='builtin.module(func.func(tasd-vectorize-linalg{vector-bits=100}))' -verify-diagnostics

// The width of vectors is one of a machine.

// expected-error @below {{option vector-bits: expected vectors of 256 or 512 bits but got 100}}
func.func @width() {
  return
}
