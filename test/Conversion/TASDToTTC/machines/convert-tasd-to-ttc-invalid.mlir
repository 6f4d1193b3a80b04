// RUN: not tasd-opt %s --convert-tasd-to-ttc 2>&1 \
// RUN:   | FileCheck %s --check-prefix=NONE
// RUN: not tasd-opt %s --convert-tasd-to-ttc=machine=dstc 2>&1 \
// RUN:   | FileCheck %s --check-prefix=ZEROS
// RUN: not tasd-opt %s --convert-tasd-to-ttc=machine=tcc 2>&1 \
// RUN:   | FileCheck %s --check-prefix=NAME
// RUN: not tasd-opt %s --convert-tasd-to-ttc="machine=tc objective=time" 2>&1 \
// RUN:   | FileCheck %s --check-prefix=OBJECTIVE

// Options, and machines that run no programs.

// NONE: error: expected a machine to compile for, by the option `machine`
// ZEROS: error: machine 'dstc' cannot be simulated: it skips zeros
// NAME: error: {{.*}}'tcc'
// OBJECTIVE: error: expected the objective latency, energy or edp but got 'time'
func.func @none() {
  return
}
