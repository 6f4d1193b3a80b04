// RUN: not tasd-opt %s -tasd-plan="series=5:4" 2>&1 | FileCheck %s --check-prefix=SERIES
// RUN: not tasd-opt %s -tasd-plan="series=2:4+" 2>&1 | FileCheck %s --check-prefix=PLUS
// RUN: not tasd-opt %s -tasd-plan="series=foo" 2>&1 | FileCheck %s --check-prefix=UNKNOWN
// RUN: not tasd-opt %s -tasd-plan 2>&1 | FileCheck %s --check-prefix=NONE
// RUN: not tasd-opt %s -tasd-plan="max-dropped-magnitude=0" 2>&1 | FileCheck %s --check-prefix=NONE-BOUNDED
// RUN: not tasd-opt %s -tasd-plan="series=2:4,1:4" 2>&1 | FileCheck %s --check-prefix=TWO
// RUN: not tasd-opt %s -tasd-plan="series=2:4 max-dropped-magnitude=1.5" 2>&1 | FileCheck %s --check-prefix=BOUND
// RUN: not tasd-opt %s -tasd-plan="series=2:4 max-dropped-magnitude=nan" 2>&1 | FileCheck %s --check-prefix=NAN
// RUN: not tasd-opt %s -tasd-plan="series=2:4 max-dropped-magnitude=few" 2>&1 | FileCheck %s --check-prefix=FEW
// RUN: not tasd-opt %s -tasd-plan="series=2:4 strategy=best" 2>&1 | FileCheck %s --check-prefix=STRATEGY
// RUN: not tasd-opt %s -tasd-plan="series=2:4 side=left" 2>&1 | FileCheck %s --check-prefix=SIDE
// RUN: not tasd-opt %s -tasd-plan="series=2:4 layers=[" 2>&1 | FileCheck %s --check-prefix=LAYERS
// RUN: not tasd-opt %s -tasd-plan="series=2:4 skip=a[" 2>&1 | FileCheck %s --check-prefix=SKIP
// RUN: tasd-opt %s -tasd-plan="series=2:4 layers=fc* skip=conv1" -o /dev/null 2>&1 | FileCheck %s --check-prefix=USELESS
// RUN: not tasd-opt %s -tasd-plan="serie=2:4" 2>&1 | FileCheck %s --check-prefix=OPTION

// Options that make no sense are refused, and nothing is printed.

// SERIES: error: option series: expected 1 <= N <= M <= 64 but got 5:4
// SERIES-NOT: module
// PLUS: error: option series: expected a pattern but got '' in '2:4+'
// UNKNOWN: error: option series: unknown pattern 'foo', expected one of: N:M
// NONE: error: option series: expected exactly one series without a bound but got 0
// NONE-BOUNDED: error: option series: expected a series but got 0
// TWO: error: option series: expected exactly one series without a bound but got 2
// BOUND: error: option max-dropped-magnitude: expected a share of 0 to 1 but got 1.5
// NAN: error: option max-dropped-magnitude: expected a share of 0 to 1 but got nan
// FEW: max-dropped-magnitude option: 'few' value invalid for floating point argument!
// STRATEGY: error: option strategy: expected a strategy (uniform, sparsity, greedy, optimal) but got 'best'
// SIDE: Cannot find option named 'left'!
// LAYERS: error: option layers: invalid glob pattern, unmatched '['
// SKIP: error: option skip: invalid glob pattern, unmatched '['
// OPTION: error: <Pass-Options-Parser>: no such option serie
func.func @main() {
  return
}

// USELESS: warning: option layers: expected the name of a layer but 'fc*' fits none
// USELESS: warning: option skip: expected the name of a layer but 'conv1' fits none
