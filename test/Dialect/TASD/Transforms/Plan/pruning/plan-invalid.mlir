// RUN: not tasd-opt %s -tasd-plan="strategy=tile-wise" 2>&1 | FileCheck %s --check-prefix=NONE
// RUN: not tasd-opt %s -tasd-plan="strategy=tile-wise sparsity=1" 2>&1 | FileCheck %s --check-prefix=ONE
// RUN: not tasd-opt %s -tasd-plan="strategy=tile-wise sparsity=-0.5" 2>&1 | FileCheck %s --check-prefix=NEGATIVE
// RUN: not tasd-opt %s -tasd-plan="strategy=tile-wise sparsity=nan" 2>&1 | FileCheck %s --check-prefix=NAN
// RUN: not tasd-opt %s -tasd-plan="strategy=tile-wise sparsity=0.5 granularity=0" 2>&1 | FileCheck %s --check-prefix=GRANULARITY
// RUN: not tasd-opt %s -tasd-plan="strategy=tile-wise sparsity=0.98 delta=0.02" 2>&1 | FileCheck %s --check-prefix=DELTA
// RUN: not tasd-opt %s -tasd-plan="strategy=tile-wise sparsity=0.25 inner=2:4" 2>&1 | FileCheck %s --check-prefix=DENSE
// RUN: not tasd-opt %s -tasd-plan="strategy=tile-wise sparsity=0.5 inner=4:2" 2>&1 | FileCheck %s --check-prefix=INNER
// RUN: not tasd-opt %s -tasd-plan="strategy=tile-wise sparsity=0.5 inner=2:4+1:4" 2>&1 | FileCheck %s --check-prefix=TWO
// RUN: not tasd-opt %s -tasd-plan="strategy=block-wise sparsity=0.5 inner=2:4" 2>&1 | FileCheck %s --check-prefix=FOREIGN
// RUN: not tasd-opt %s -tasd-plan="strategy=element-wise sparsity=0.5 granularity=4" 2>&1 | FileCheck %s --check-prefix=ELEMENTS
// RUN: not tasd-opt %s -tasd-plan="strategy=vector-wise sparsity=0.98" 2>&1 | FileCheck %s --check-prefix=VECTORS
// RUN: not tasd-opt %s -tasd-plan="strategy=tile-wise sparsity=-1" 2>&1 | FileCheck %s --check-prefix=MINUS
// RUN: not tasd-opt %s -tasd-plan="strategy=tile-wise sparsity=0.5,0.75" 2>&1 | FileCheck %s --check-prefix=SHARES
// RUN: not tasd-opt %s -tasd-plan="strategy=tile-wise sparsity=0.5 granularity=-1" 2>&1 | FileCheck %s --check-prefix=HEIGHT
// RUN: not tasd-opt %s -tasd-plan="strategy=tile-wise sparsity=0.5 granularity=2147483648" 2>&1 | FileCheck %s --check-prefix=HIGH
// RUN: not tasd-opt %s -tasd-plan="strategy=vector-wise sparsity=0.5 granularity=65" 2>&1 | FileCheck %s --check-prefix=LONG
// RUN: not tasd-opt %s -tasd-plan="strategy=tile-wise sparsity=0.5 inner=csr" 2>&1 | FileCheck %s --check-prefix=OPEN
// RUN: not tasd-opt %s -tasd-plan="strategy=element-wise sparsity=0.5 score=rms" 2>&1 | FileCheck %s --check-prefix=SCORE
// RUN: not tasd-opt %s -tasd-plan="series=2:4 granularity=-1" 2>&1 | FileCheck %s --check-prefix=UNUSED
// RUN: not tasd-opt %s -tasd-plan="strategy=tile-wise sparsity=0.5 series=2:4" 2>&1 | FileCheck %s --check-prefix=SERIES
// RUN: not tasd-opt %s -tasd-plan="strategy=tile-wise sparsity=0.5 max-error=1" 2>&1 | FileCheck %s --check-prefix=ERROR
// RUN: not tasd-opt %s -tasd-plan="strategy=tile-wise sparsity=0.5 max-terms=2" 2>&1 | FileCheck %s --check-prefix=MAXTERMS
// RUN: not tasd-opt %s -tasd-plan="strategy=tile-wise sparsity=0.5 error-model=frobenius" 2>&1 | FileCheck %s --check-prefix=MODEL
// RUN: not tasd-opt %s -tasd-plan="strategy=tile-wise sparsity=0.5 side=both" 2>&1 | FileCheck %s --check-prefix=SIDE
// RUN: not tasd-opt %s -tasd-plan="series=2:4 sparsity=0.5" 2>&1 | FileCheck %s --check-prefix=UNIFORM
// RUN: not tasd-opt %s -tasd-plan="strategy=tile-wise sparsity=0.5 skip=fc1" 2>&1 | FileCheck %s --check-prefix=SKIPPED
// RUN: not tasd-opt %s -tasd-plan="strategy=tilewise sparsity=0.5" 2>&1 | FileCheck %s --check-prefix=STRATEGY

// Each mistake is one error at the option, and nothing is printed.

// NONE: error: option sparsity: expected a share for strategy 'tile-wise' but got none
// NONE-NOT: module
// ONE: error: option sparsity: expected a share of at least 0 and below 1 but got 1
// NEGATIVE: error: option sparsity: expected a share of at least 0 and below 1 but got -0.5
// NAN: error: option sparsity: expected a share of at least 0 and below 1 but got nan
// GRANULARITY: error: option granularity: expected at least 1 but got 0
// DELTA: error: option delta: expected less than 1 together with a sparsity of 0.98 but got 0.02
// DENSE: error: option sparsity: expected at least 0.5, which 'tw(128)*2:4' leaves out anyway, but got 0.25
// INNER: error: option inner: expected 1 <= N <= M <= 64 but got 4:2
// TWO: error: option inner: expected one pattern but got '2:4+1:4'
// FOREIGN: error: option inner: expected none for strategy 'block-wise'
// ELEMENTS: error: option granularity: expected none for strategy 'element-wise'
// VECTORS: error: option sparsity: expected a share that leaves 1 of 16 elements but got 0.98
// MINUS: error: option sparsity: expected a share of at least 0 and below 1 but got -1
// SHARES: error: option sparsity: expected one number for strategy 'tile-wise' but got 2
// HEIGHT: error: option granularity: expected at least 1 but got -1
// HIGH: error: option granularity: expected 1 <= G <= 2147483647 but got 2147483648
// LONG: error: option granularity: expected 1 <= N <= M <= 64 but got 33:65
// OPEN: error: option inner: expected a pattern of blocks inside 'tw(128)' but got 'csr'
// SCORE: error: option score: expected none for strategy 'element-wise'
// UNUSED: error: option granularity: expected none for strategy 'uniform'
// SERIES: error: option series: expected none for strategy 'tile-wise'
// ERROR: error: option max-error: expected none for strategy 'tile-wise'
// MAXTERMS: error: option max-terms: expected none for strategy 'tile-wise'
// MODEL: error: option error-model: expected none for strategy 'tile-wise'
// SIDE: error: option side: expected none for strategy 'tile-wise'
// UNIFORM: error: option sparsity: expected none for strategy 'uniform'
// SKIPPED: error: option strategy: expected a layer with constant weights for 'tile-wise' but got none
// STRATEGY: error: option strategy: expected a strategy (uniform, sparsity, greedy, optimal) but got 'tilewise'
// STRATEGY: note: strategies that prune are: tile-wise, tile-wise-columns, element-wise, block-wise, vector-wise
func.func @main(%a: tensor<4x8xf32>, %b: tensor<8x2xf32>, %c: tensor<4x2xf32>) -> (tensor<4x2xf32>, tensor<4x2xf32>) {
  %w = arith.constant dense<1.0> : tensor<8x2xf32>
  %0 = linalg.matmul ins(%a, %w : tensor<4x8xf32>, tensor<8x2xf32>) outs(%c : tensor<4x2xf32>) -> tensor<4x2xf32> loc("fc1")
  %1 = linalg.matmul ins(%a, %b : tensor<4x8xf32>, tensor<8x2xf32>) outs(%c : tensor<4x2xf32>) -> tensor<4x2xf32> loc("scores")
  return %0, %1 : tensor<4x2xf32>, tensor<4x2xf32>
}
