// RUN: tasd-opt %s -split-input-file -verify-diagnostics

// The constraints of tasd.pack.

func.func @pack_c1_along(%a: tensor<8x16xf32>, %v: tensor<8x8xf32>, %m: tensor<8x2xi8>) {
  // expected-error@+1 {{'tasd.pack' op input and series: expected `along` to name distinct dimensions below 2 but got [2]}}
  %r:2 = tasd.pack <2:4> along [2] ins(%a : tensor<8x16xf32>)
      outs(%v, %m : tensor<8x8xf32>, tensor<8x2xi8>) -> tensor<8x8xf32>, tensor<8x2xi8>
  return
}

// -----

func.func @pack_c1_element_type(%a: tensor<8x16xi16>, %v: tensor<8x8xi16>, %m: tensor<8x2xi8>) {
  // expected-error@+1 {{'tasd.pack' op input and series: expected an element type of f64, f32, f16, bf16, f8E4M3FN, i32 or i8 but got 'i16'}}
  %r:2 = tasd.pack <2:4> along [1] ins(%a : tensor<8x16xi16>)
      outs(%v, %m : tensor<8x8xi16>, tensor<8x2xi8>) -> tensor<8x8xi16>, tensor<8x2xi8>
  return
}

// -----

func.func @pack_c2_count(%a: tensor<8x16xf32>, %v: tensor<8x8xf32>) {
  // expected-error@+1 {{'tasd.pack' op expected 2 outputs but got 1}}
  %r = tasd.pack <2:4> along [1] ins(%a : tensor<8x16xf32>)
      outs(%v : tensor<8x8xf32>) -> tensor<8x8xf32>
  return
}

// -----

func.func @pack_c2_type(%a: memref<8x16xf32>, %v: memref<8x8xf32>, %m: memref<8x3xi8>) {
  // expected-error@+1 {{'tasd.pack' op output 1: expected the shape of 'tensor<8x2xi8>' but got 'memref<8x3xi8>'}}
  tasd.pack <2:4> along [1] ins(%a : memref<8x16xf32>)
      outs(%v, %m : memref<8x8xf32>, memref<8x3xi8>)
  return
}

// -----

func.func @pack_c3_mixed(%a: tensor<8x16xf32>, %v: memref<8x8xf32>, %m: memref<8x2xi8>) {
  // expected-error@+1 {{'tasd.pack' op expected all operands to be tensors or all buffers}}
  tasd.pack <2:4> along [1] ins(%a : tensor<8x16xf32>)
      outs(%v, %m : memref<8x8xf32>, memref<8x2xi8>)
  return
}

// -----

func.func @pack_c3_results(%a: tensor<8x16xf32>, %v: tensor<8x8xf32>, %m: tensor<8x2xi8>) {
  // expected-error@+1 {{'tasd.pack' op expected the number of tensor results (0) to be equal to the number of output tensors (2)}}
  tasd.pack <2:4> along [1] ins(%a : tensor<8x16xf32>)
      outs(%v, %m : tensor<8x8xf32>, tensor<8x2xi8>)
  return
}

// -----

func.func @pack_c4(%a: memref<8x16xf32>, %v: memref<8x8xf32>, %m: memref<8x2xi8>) {
  // expected-error@+1 {{'tasd.pack' op expected an integer element type with `unsigned` but got 'f32'}}
  tasd.pack <2:4> along [1] unsigned ins(%a : memref<8x16xf32>)
      outs(%v, %m : memref<8x8xf32>, memref<8x2xi8>)
  return
}

// -----

func.func @pack_c5(%a: memref<8x16xf32>) {
  // expected-error@+1 {{'tasd.pack' op pattern 'csr(above = 0.1)' has no packed form of fixed size, so that it is for constants alone}}
  tasd.pack <2:4+csr(above = 0.1)> along [1] ins(%a : memref<8x16xf32>) outs(%a : memref<8x16xf32>)
  return
}
