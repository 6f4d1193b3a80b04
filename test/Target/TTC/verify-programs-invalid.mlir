// RUN: tasd-opt %s --ttc-verify-programs=machine=tc --split-input-file --verify-diagnostics
// RUN: not tasd-opt %s --ttc-verify-programs 2>&1 | FileCheck %s --check-prefix=NONE
// RUN: not tasd-opt %s --ttc-verify-programs=machine=other 2>&1 | FileCheck %s --check-prefix=OTHER

// Programs that a machine cannot run, and machines that there are not.

// NONE: error: option machine: expected a machine but got none
// OTHER: error: option machine: {{.*}}'other'

// expected-error@+1 {{program 'fc': expected a program for machine 'tc' but got one for 'stc', or for another description of it}}
ttc.program @fc for "stc" hash 0x1 sums si32 {
}
