// RUN: tasd-opt %s -split-input-file -verify-diagnostics

// The constraints of a plan on the op that carries it.

// expected-error@+1 {{'func.func' op expected a linalg op on tensors to carry 'tasd.plan'}}
func.func private @plan_c1_no_linalg() attributes {tasd.plan = #tasd.plan<dense, dense>}

// -----

func.func @plan_c1_no_tensors(%a: memref<8x16xf32>, %b: memref<16x4xf32>, %c: memref<8x4xf32>) {
  // expected-error@+1 {{'linalg.matmul' op expected a linalg op on tensors to carry 'tasd.plan'}}
  linalg.matmul {tasd.plan = #tasd.plan<dense, dense>}
      ins(%a, %b : memref<8x16xf32>, memref<16x4xf32>) outs(%c : memref<8x4xf32>)
  return
}

// -----

func.func @plan_c2(%a: tensor<8x16xf32>, %b: tensor<16x4xf32>, %c: tensor<8x4xf32>) {
  // expected-error@+1 {{'linalg.matmul' op expected a plan with 2 inputs but got 1}}
  %r = linalg.matmul {tasd.plan = #tasd.plan<2:4 along [1] at run_time>}
      ins(%a, %b : tensor<8x16xf32>, tensor<16x4xf32>) outs(%c : tensor<8x4xf32>) -> tensor<8x4xf32>
  return
}

// -----

func.func @plan_c3_rank(%a: tensor<8x16xf32>, %b: tensor<16x4xf32>, %c: tensor<8x4xf32>) {
  // expected-error@+1 {{'linalg.matmul' op input 0: expected `along` to name distinct dimensions below 2 but got [2]}}
  %r = linalg.matmul {tasd.plan = #tasd.plan<2:4 along [2] at run_time, dense>}
      ins(%a, %b : tensor<8x16xf32>, tensor<16x4xf32>) outs(%c : tensor<8x4xf32>) -> tensor<8x4xf32>
  return
}

// -----

func.func @plan_c3_dynamic(%a: tensor<8x?xf32>, %b: tensor<?x4xf32>, %c: tensor<8x4xf32>) {
  // expected-error@+1 {{'linalg.matmul' op input 1: expected a static extent along blocked dimension 0}}
  %r = linalg.matmul {tasd.plan = #tasd.plan<dense, 2:4 along [0] at run_time>}
      ins(%a, %b : tensor<8x?xf32>, tensor<?x4xf32>) outs(%c : tensor<8x4xf32>) -> tensor<8x4xf32>
  return
}

// -----

func.func @plan_c3_scalar(%x: f32, %c: tensor<8x4xf32>) {
  // expected-error@+1 {{'linalg.fill' op input 0: expected a ranked tensor but got 'f32'}}
  %r = linalg.fill {tasd.plan = #tasd.plan<2:4 along [0] at run_time>}
      ins(%x : f32) outs(%c : tensor<8x4xf32>) -> tensor<8x4xf32>
  return
}

// -----

func.func @plan_c4(%a: tensor<8x16xi16>, %b: tensor<16x4xi16>, %c: tensor<8x4xi32>) {
  // expected-error@+1 {{'linalg.matmul' op input 0: expected an element type of f64, f32, f16, bf16, f8E4M3FN, i32 or i8 but got 'i16'}}
  %r = linalg.matmul {tasd.plan = #tasd.plan<2:4 along [1] at run_time, dense>}
      ins(%a, %b : tensor<8x16xi16>, tensor<16x4xi16>) outs(%c : tensor<8x4xi32>) -> tensor<8x4xi32>
  return
}
