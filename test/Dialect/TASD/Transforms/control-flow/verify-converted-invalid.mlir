// RUN: tasd-opt %s -tasd-verify-converted -split-input-file -verify-diagnostics

// Series that leave straight-line code by branches and loops.

!s = !tasd.series<8x16xf32, 2:4, along = [1]>
// expected-error@+1 {{'func.func' op expected no series among block arguments}}
func.func @branch(%a: tensor<8x16xf32>) {
  %s = tasd.decompose %a : !s
  // expected-error@+1 {{'cf.br' op expected series to stay in straight-line code}}
  cf.br ^next(%s : !s)
^next(%t: !s):
  return
}

// -----

!s = !tasd.series<8x16xf32, 2:4, along = [1]>
func.func @if(%a: tensor<8x16xf32>, %b: tensor<8x16xf32>, %c: i1) {
  // expected-error@+1 {{'scf.if' op expected series to stay in straight-line code}}
  %s = scf.if %c -> !s {
    %t = tasd.decompose %a : !s
    // expected-error@+1 {{'scf.yield' op expected series to stay in straight-line code}}
    scf.yield %t : !s
  } else {
    %t = tasd.decompose %b : !s
    // expected-error@+1 {{'scf.yield' op expected series to stay in straight-line code}}
    scf.yield %t : !s
  }
  return
}

// -----

!s = !tasd.series<8x16xf32, 2:4, along = [1]>
func.func @loop(%a: tensor<8x16xf32>, %n: index) {
  %s = tasd.decompose %a : !s
  // expected-error@+1 {{'scf.for' op expected no series among block arguments}}
  %r = scf.for %i = %n to %n step %n iter_args(%t = %s) -> !s {
    // expected-error@+1 {{'scf.yield' op expected series to stay in straight-line code}}
    scf.yield %t : !s
  }
  return
}
