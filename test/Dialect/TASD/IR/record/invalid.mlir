// RUN: tasd-opt %s -split-input-file -verify-diagnostics

// The constraints of tasd.record.

func.func @record_c1_rank(%x: tensor<4x8xf32>) {
  // expected-error@+1 {{'tasd.record' op expected `along` to name distinct dimensions below 2 but got [2]}}
  tasd.record %x as input 0 of "fc" along [2] : tensor<4x8xf32>
  return
}

// -----

func.func @record_c1_dynamic(%x: tensor<4x?xf32>) {
  // expected-error@+1 {{'tasd.record' op expected a static extent along blocked dimension 1}}
  tasd.record %x as input 0 of "fc" along [1] : tensor<4x?xf32>
  return
}

// -----

func.func @record_c2(%x: tensor<4x8xi16>) {
  // expected-error@+1 {{'tasd.record' op expected an element type of f64, f32, f16, bf16, f8E4M3FN, i32 or i8 but got 'i16'}}
  tasd.record %x as input 0 of "fc" along [1] : tensor<4x8xi16>
  return
}

// -----

func.func @record_c3(%x: tensor<4x8xf32>) {
  // expected-error@+1 {{'tasd.record' op expected an integer element type with `unsigned` but got 'f32'}}
  tasd.record %x as input 0 of "fc" along [1] unsigned : tensor<4x8xf32>
  return
}

// -----

func.func @record_c4_size(%x: tensor<4x8xf32>) {
  // expected-error@+1 {{'tasd.record' op expected 1 <= histogram block size <= 65536 but got 0}}
  tasd.record %x as input 0 of "fc" along [1] block_sizes [0] : tensor<4x8xf32>
  return
}

// -----

func.func @record_c4_size_twice(%x: tensor<4x8xf32>) {
  // expected-error@+1 {{'tasd.record' op expected each block size once but got 4 twice}}
  tasd.record %x as input 0 of "fc" along [1] block_sizes [4, 4] : tensor<4x8xf32>
  return
}

// -----

func.func @record_c4_series_twice(%x: tensor<4x8xf32>) {
  // expected-error@+1 {{'tasd.record' op expected each series once but got 2:4 twice}}
  tasd.record %x as input 0 of "fc" along [1] series [#tasd.series<2:4>, #tasd.series<2:4>] : tensor<4x8xf32>
  return
}

// -----

func.func @record_c5_layer(%x: tensor<4x8xf32>) {
  // expected-error@+1 {{'tasd.record' op expected the name of a layer and an input of at least 0 but got '' and 0}}
  tasd.record %x as input 0 of "" along [1] : tensor<4x8xf32>
  return
}

// -----

func.func @record_c5_input(%x: tensor<4x8xf32>) {
  // expected-error@+1 {{'tasd.record' op expected the name of a layer and an input of at least 0 but got 'fc' and -1}}
  tasd.record %x as input -1 of "fc" along [1] : tensor<4x8xf32>
  return
}
