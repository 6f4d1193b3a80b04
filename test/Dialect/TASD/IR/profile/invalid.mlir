// RUN: tasd-opt %s -split-input-file -verify-diagnostics

// The constraints of a profile on the op that carries it.

// expected-error@+1 {{'func.func' op expected a linalg op on tensors to carry 'tasd.profile'}}
func.func private @profile_c1() attributes {tasd.profile = #tasd.profile<none, none>}

// -----

func.func @profile_c2(%a: tensor<?x2xf32>, %b: tensor<2x4xf32>, %c: tensor<?x4xf32>) {
  // expected-error@+1 {{'linalg.matmul' op expected a profile with 2 inputs but got 1}}
  %r = linalg.matmul {tasd.profile = #tasd.profile<none>}
      ins(%a, %b : tensor<?x2xf32>, tensor<2x4xf32>) outs(%c : tensor<?x4xf32>) -> tensor<?x4xf32>
  return
}

// -----

func.func @profile_c3_rank(%a: tensor<?x2xf32>, %b: tensor<2x4xf32>, %c: tensor<?x4xf32>) {
  // expected-error@+1 {{'linalg.matmul' op input 0: expected `along` to name distinct dimensions below 2 but got [2]}}
  %r = linalg.matmul {tasd.profile = #tasd.profile<<along [2], elements = 4, non_zeros = 3, magnitude = 4.0, squared_norm = 5.0, pseudo_density = 0.75 at 0.99>, none>}
      ins(%a, %b : tensor<?x2xf32>, tensor<2x4xf32>) outs(%c : tensor<?x4xf32>) -> tensor<?x4xf32>
  return
}

// -----

func.func @profile_c3_dynamic(%a: tensor<?x2xf32>, %b: tensor<2x4xf32>, %c: tensor<?x4xf32>) {
  // expected-error@+1 {{'linalg.matmul' op input 0: expected a static extent along blocked dimension 0}}
  %r = linalg.matmul {tasd.profile = #tasd.profile<<along [0], elements = 4, non_zeros = 3, magnitude = 4.0, squared_norm = 5.0, pseudo_density = 0.75 at 0.99>, none>}
      ins(%a, %b : tensor<?x2xf32>, tensor<2x4xf32>) outs(%c : tensor<?x4xf32>) -> tensor<?x4xf32>
  return
}

// -----

func.func @profile_c3_scalar(%x: f32, %c: tensor<8x4xf32>) {
  // expected-error@+1 {{'linalg.fill' op input 0: expected a ranked tensor but got 'f32'}}
  %r = linalg.fill {tasd.profile = #tasd.profile<<along [1], elements = 4, non_zeros = 3, magnitude = 4.0, squared_norm = 5.0, pseudo_density = 0.75 at 0.99>>}
      ins(%x : f32) outs(%c : tensor<8x4xf32>) -> tensor<8x4xf32>
  return
}

// -----

func.func @profile_c4(%a: tensor<?x2xi16>, %b: tensor<2x4xi16>, %c: tensor<?x4xi16>) {
  // expected-error@+1 {{'linalg.matmul' op input 0: expected an element type of f64, f32, f16, bf16, f8E4M3FN, i32 or i8 but got 'i16'}}
  %r = linalg.matmul {tasd.profile = #tasd.profile<<along [1], elements = 4, non_zeros = 3, magnitude = 4.0, squared_norm = 5.0, pseudo_density = 0.75 at 0.99>, none>}
      ins(%a, %b : tensor<?x2xi16>, tensor<2x4xi16>) outs(%c : tensor<?x4xi16>) -> tensor<?x4xi16>
  return
}

// -----

func.func @profile_c5(%a: tensor<?x2xf32>, %b: tensor<2x4xf32>, %c: tensor<?x4xf32>) {
  // expected-error@+1 {{'linalg.matmul' op input 0: expected 2 second moments but got 1}}
  %r = linalg.matmul {tasd.profile = #tasd.profile<<along [1], elements = 4, non_zeros = 3, magnitude = 4.0, squared_norm = 5.0, pseudo_density = 0.75 at 0.99, second_moments = [1.0]>, none>}
      ins(%a, %b : tensor<?x2xf32>, tensor<2x4xf32>) outs(%c : tensor<?x4xf32>) -> tensor<?x4xf32>
  return
}
