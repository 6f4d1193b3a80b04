// RUN: not tasd-opt %s -tasd-instrument="series=5:4" 2>&1 | FileCheck %s --check-prefix=SERIES
// RUN: not tasd-opt %s -tasd-instrument="series=2:4,2:4" 2>&1 | FileCheck %s --check-prefix=TWICE
// RUN: not tasd-opt %s -tasd-instrument="block-sizes=0" 2>&1 | FileCheck %s --check-prefix=SIZE
// RUN: not tasd-opt %s -tasd-instrument="machine=abacus" 2>&1 | FileCheck %s --check-prefix=MACHINE
// RUN: not tasd-opt %s -tasd-instrument="layers=[" 2>&1 | FileCheck %s --check-prefix=GLOB
// RUN: tasd-opt %s -tasd-instrument="layers=con" -o /dev/null 2>&1 | FileCheck %s --check-prefix=USELESS

// Options that say nothing sensible.

// SERIES: error: option series: expected 1 <= N <= M <= 64 but got 5:4
// TWICE: error: options series and block-sizes: expected each series once but got 2:4 twice
// SIZE: error: options series and block-sizes: expected 1 <= histogram block size <= 65536 but got 0
// MACHINE: error: option machine: {{.*}}abacus
// GLOB: error: option layers: {{.*}}
// USELESS: warning: option layers: expected the name of a layer but 'con' fits none
func.func @main(%a: tensor<4x8xf32>, %c: tensor<4x2xf32>) -> tensor<4x2xf32> {
  %w = arith.constant dense<1.0> : tensor<8x2xf32>
  %r = linalg.matmul ins(%a, %w : tensor<4x8xf32>, tensor<8x2xf32>) outs(%c : tensor<4x2xf32>) -> tensor<4x2xf32> loc("fc")
  return %r : tensor<4x2xf32>
}
