// RUN: tasd-opt %s -tasd-verify-converted -split-input-file -verify-diagnostics

// Plans that were not carried out, and series that functions and calls take or give.

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
