// RUN: tasd-opt %s -tasd-verify-converted -split-input-file -verify-diagnostics

// Plans that were not carried out, and series that leave straight-line code.

func.func @plan(%a: tensor<8x16xf32>, %b: tensor<16x4xf32>, %c: tensor<8x4xf32>) {
  // expected-error@+1 {{'linalg.matmul' op expected its plan to be carried out}}
  %r = linalg.matmul {tasd.plan = #tasd.plan<2:4 along [1] at run_time, dense>} ins(%a, %b : tensor<8x16xf32>, tensor<16x4xf32>) outs(%c : tensor<8x4xf32>) -> tensor<8x4xf32>
  return
}

// -----

// expected-error@+1 {{'func.func' op expected no series in the type of a function}}
func.func private @declaration(!tasd.series<8x16xf32, 2:4, along = [1]>)

// -----

!s = !tasd.series<8x16xf32, 2:4, along = [1]>
// expected-error@+1 {{'func.func' op expected no series in the type of a function}}
func.func @argument_and_result(%s: !s) -> !s {
  // expected-error@+1 {{'func.return' op expected series to stay in straight-line code}}
  return %s : !s
}

// -----

!s = !tasd.series<8x16xf32, 2:4, along = [1]>
// expected-error@+1 {{'func.func' op expected no series in the type of a function}}
func.func private @callee(!s) -> !s
func.func @call(%a: tensor<8x16xf32>) {
  %s = tasd.decompose %a : !s
  // expected-error@+1 {{'func.call' op expected series to stay in straight-line code}}
  %t = func.call @callee(%s) : (!s) -> !s
  return
}

// -----

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
