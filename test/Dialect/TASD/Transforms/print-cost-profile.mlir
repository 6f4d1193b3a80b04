// RUN: tasd-opt %s -tasd-print-cost="machine=dstc json" -o /dev/null | %python -m json.tool | FileCheck %s
// RUN: sed 's/tasd.profile = [^}]*//' %s | tasd-opt -tasd-print-cost="machine=dstc json" -o /dev/null | %python -m json.tool | FileCheck %s --check-prefix=NONE

// A machine that skips zeros takes the density of activations from their profile.

// CHECK: "cycles": 1184,
// NONE: "cycles": 1568,
func.func @main(%x: tensor<64x64xf32>, %i: tensor<64x64xf32>) -> tensor<64x64xf32> {
  %w = arith.constant dense<1.0> : tensor<64x64xf32>
  %r = linalg.matmul {tasd.profile = #tasd.profile<<along [1], elements = 4096, non_zeros = 1024, magnitude = 1.0, squared_norm = 1.0, pseudo_density = 0.25 at 0.99>, none>} ins(%x, %w : tensor<64x64xf32>, tensor<64x64xf32>) outs(%i : tensor<64x64xf32>) -> tensor<64x64xf32>
  return %r : tensor<64x64xf32>
}
