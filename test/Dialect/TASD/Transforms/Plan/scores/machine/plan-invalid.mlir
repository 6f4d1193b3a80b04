// RUN: not tasd-opt %s -tasd-plan="machine=tc strategy=tile-wise sparsity=0.5 granularity=2 delta=0.01 scores=none.npz" 2>&1 | FileCheck %s --check-prefix=DELTA
// RUN: not tasd-opt %s -tasd-plan="machine=stc strategy=tile-wise sparsity=0.75 granularity=2 inner=2:8 scores=none.npz" 2>&1 | FileCheck %s --check-prefix=INNER
// RUN: not tasd-opt %s -tasd-plan="machine=cpu-avx2 strategy=element-wise sparsity=0.5 scores=none.npz" 2>&1 | FileCheck %s --check-prefix=ELEMENTS

// What the machine does not run is an error before the file is read.

// DELTA: error: option strategy: expected a term that is run in parts to be the only one, on machine 'tc', but got 'tw(2)+csr'
// INNER: error: option strategy: the parts of 'tw(2)*2:8': expected a pattern that machine 'stc' runs, one of: 2:4, but got '2:8'
// ELEMENTS: error: option strategy: {{.*}}'cpu-avx2'{{.*}}'csr'
func.func @main(%a: tensor<4x8xf32>, %c: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %w = arith.constant dense<1.0> : tensor<8x8xf32>
  %0 = linalg.matmul ins(%a, %w : tensor<4x8xf32>, tensor<8x8xf32>) outs(%c : tensor<4x8xf32>) -> tensor<4x8xf32> loc("fc1")
  return %0 : tensor<4x8xf32>
}
