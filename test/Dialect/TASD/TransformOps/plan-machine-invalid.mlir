// RUN: tasd-opt %s -transform-interpreter -split-input-file -verify-diagnostics

// A machine that cannot be had, and one that does not run what was asked for, are
// definite failures: no script goes on after them.

func.func @main() {
  return
}
module attributes {transform.with_named_sequence} {
  transform.named_sequence @__transform_main(%module: !transform.any_op {transform.readonly}) {
    transform.sequence %module : !transform.any_op failures(suppress) {
    ^bb0(%inner: !transform.any_op):
      %layers = transform.tasd.match_layers "*" in %inner : (!transform.any_op) -> !transform.any_op
      // expected-error @+1 {{option machine: expected a machine, one of: tc, }}
      %0 = transform.tasd.plan %layers series [2:4] machine "nothing" : (!transform.any_op) -> !transform.any_op
    }
    transform.yield
  }
}

// -----

func.func @main() {
  return
}
module attributes {transform.with_named_sequence} {
  transform.named_sequence @__transform_main(%module: !transform.any_op {transform.readonly}) {
    %layers = transform.tasd.match_layers "*" in %module : (!transform.any_op) -> !transform.any_op
    // expected-error @+1 {{'transform.tasd.plan' op series: expected a pattern that machine 'stc' runs, one of: 2:4, but got '3:4'}}
    %0 = transform.tasd.plan %layers series [3:4] machine "stc" : (!transform.any_op) -> !transform.any_op
    transform.yield
  }
}
