// RUN: tasd-opt %s --ttc-embed-programs --split-input-file --verify-diagnostics

// Launches that cannot become calls.

ttc.program @p for "tc" hash 0x1 sums si32 {
  %z = ttc.argument "z" axes <batch [], rows [8 on 0], columns []> : !ttc.tensor<8xsi32>
}

func.func @tensors(%z: tensor<8xi32>) -> tensor<8xi32> {
  // expected-error@+1 {{'ttc.launch' op expected buffers: bufferize first}}
  %r = ttc.launch @p outs(%z : tensor<8xi32>) -> tensor<8xi32>
  return %r : tensor<8xi32>
}

// -----

ttc.program @p for "tc" hash 0x1 sums si32 {
  %a = ttc.argument "a" : !ttc.packed<1x8x16xsi8, 2:4>
}

func.func @strided(%v: memref<8x8xi8, strided<[9, 1]>>, %m: memref<8x2xi8>) {
  // expected-error@+1 {{'ttc.launch' op expected contiguous components of packed terms but got 'memref<8x8xi8, strided<[9, 1]>>'}}
  ttc.launch @p ins(%v : memref<8x8xi8, strided<[9, 1]>>) outs(%m : memref<8x2xi8>)
  return
}
