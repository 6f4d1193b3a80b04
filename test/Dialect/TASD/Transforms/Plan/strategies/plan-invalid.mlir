// RUN: not tasd-opt %s -tasd-plan="strategy=optimal max-error=0.1" 2>&1 | FileCheck %s --check-prefix=MACHINE
// RUN: not tasd-opt %s -tasd-plan="strategy=greedy machine=ttc-vegeta-m8" 2>&1 | FileCheck %s --check-prefix=NONE
// RUN: not tasd-opt %s -tasd-plan="strategy=greedy machine=ttc-vegeta-m8 max-error=nan" 2>&1 | FileCheck %s --check-prefix=NAN
// RUN: not tasd-opt %s -tasd-plan="machine=ttc-vegeta-m8 max-error=nan" 2>&1 | FileCheck %s --check-prefix=NAN
// RUN: not tasd-opt %s -tasd-plan="strategy=optimal machine=ttc-vegeta-m8 max-error=0.1 max-terms=-1" 2>&1 | FileCheck %s --check-prefix=TERMS
// RUN: not tasd-opt %s -tasd-plan="strategy=optimal machine=ttc-vegeta-m8 max-error=0.1 error-model=mine" 2>&1 | FileCheck %s --check-prefix=MODEL
// RUN: not tasd-opt %s -tasd-plan="strategy=optimal machine=ttc-vegeta-m8 max-error=0.1 series=2:4" 2>&1 | FileCheck %s --check-prefix=FOREIGN
// RUN: not tasd-opt %s -tasd-plan="strategy=optimal machine=ttc-vegeta-m8 max-error=0.1 max-dropped-magnitude=2" 2>&1 | FileCheck %s --check-prefix=BOUND

// Options that make no sense where layers are weighed.

// MACHINE: error: option machine: expected a machine to weigh layers for but got none
// MACHINE-NOT: module
// NONE: error: option max-error: expected a bound on the error for strategy 'greedy' but got none
// NAN: error: option max-error: expected a bound on the error of at least 0 but got nan
// TERMS: error: option max-terms: expected at least 0 but got -1
// MODEL: Cannot find option named 'mine'!
// FOREIGN: error: option series: expected a pattern that machine 'ttc-vegeta-m8' runs, one of: 1:8, 2:8, 4:8, 8:8, but got '2:4'
// BOUND: error: option max-dropped-magnitude: expected a share of 0 to 1 but got 2
func.func @main() {
  return
}
