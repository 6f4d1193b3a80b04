// RUN: tasd-opt %s -split-input-file -verify-diagnostics

// The constraints of tasd.decompose.

func.func @decompose_c1_shape(%a: tensor<8x16xf32>) {
  // expected-error@+1 {{'tasd.decompose' op failed to verify that input is the dense tensor of the series}}
  %s = "tasd.decompose"(%a) : (tensor<8x16xf32>) -> !tasd.series<8x12xf32, 2:4, along = [1]>
  return
}

// -----

func.func @decompose_c1_element_type(%a: tensor<8x16xf32>) {
  // expected-error@+1 {{'tasd.decompose' op failed to verify that input is the dense tensor of the series}}
  %s = "tasd.decompose"(%a) : (tensor<8x16xf32>) -> !tasd.series<8x16xf16, 2:4, along = [1]>
  return
}

// -----

func.func @decompose_c2(%a: tensor<8x16xf32>) {
  // expected-error@+1 {{'tasd.decompose' op expected an integer element type with `unsigned` but got 'f32'}}
  %s = tasd.decompose %a unsigned : !tasd.series<8x16xf32, 2:4, along = [1]>
  return
}

// -----

func.func @decompose_into_tensor(%a: tensor<8x16xf32>) {
  // expected-error@+1 {{custom op 'tasd.decompose' 'result' must be a tensor stored as a sum of structured-sparse terms, but got 'tensor<8x16xf32>'}}
  %s = tasd.decompose %a : tensor<8x16xf32>
  return
}

// -----

func.func @decompose_c3(%a: tensor<8x16xf32>) {
  // expected-error@+1 {{'tasd.decompose' op expected a result that stores tw(64) but got tw(128)}}
  %s = tasd.decompose %a selection <tw(64, rows = 0.5)> : !tasd.series<8x16xf32, tw(128), along = [1]>
  return
}
