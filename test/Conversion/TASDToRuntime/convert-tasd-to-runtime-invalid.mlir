// RUN: tasd-opt %s -convert-tasd-to-runtime -split-input-file -verify-diagnostics

// Packs that the run time cannot carry out.

func.func @tensors(%a: tensor<8x4xf32>, %v: tensor<8x2xf32>, %m: tensor<8x1xi8>) -> tensor<8x2xf32> {
  // expected-error@+1 {{'tasd.pack' op expected buffers: bufferize first}}
  %r:2 = tasd.pack <2:4> along [1] ins(%a : tensor<8x4xf32>) outs(%v, %m : tensor<8x2xf32>, tensor<8x1xi8>) -> tensor<8x2xf32>, tensor<8x1xi8>
  return %r#0 : tensor<8x2xf32>
}

// -----

func.func @strided_output(%a: memref<8x4xf32>, %v: memref<8x2xf32, strided<[4, 1]>>, %m: memref<8x1xi8>) {
  // expected-error@+1 {{'tasd.pack' op expected contiguous outputs but got 'memref<8x2xf32, strided<[4, 1]>>'}}
  tasd.pack <2:4> along [1] ins(%a : memref<8x4xf32>) outs(%v, %m : memref<8x2xf32, strided<[4, 1]>>, memref<8x1xi8>)
  return
}

// -----

func.func @record_tensor(%x: tensor<8x4xf32>) {
  // expected-error@+1 {{'tasd.record' op expected a buffer: bufferize first}}
  tasd.record %x as input 0 of "fc" along [1] : tensor<8x4xf32>
  return
}
