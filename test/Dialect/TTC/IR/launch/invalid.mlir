// RUN: tasd-opt %s -split-input-file -verify-diagnostics

// The constraints of ttc.launch.

// launch_c1
ttc.program @p for "tc" hash 0x0 sums si32 {
  %a = ttc.argument "a" : !ttc.packed<1x8x16xsi8, 2:4>
  %z = ttc.argument "z" axes <batch [], rows [8 on 0], columns [16 on 1]> : !ttc.tensor<8x16xsi8>
}
func.func @f(%v: memref<8x8xi8>, %m: memref<8x2xi8>, %z: memref<8x16xi8>, %w: memref<8x9xi8>, %t: tensor<8x16xi8>) {
  // expected-error@+1 {{'ttc.launch' op expected a ttc.program named @f}}
  ttc.launch @f outs(%z : memref<8x16xi8>)
  return
}

// -----

// launch_c2 count
// expected-note@+1 {{the program is here}}
ttc.program @p for "tc" hash 0x0 sums si32 {
  %a = ttc.argument "a" : !ttc.packed<1x8x16xsi8, 2:4>
  %z = ttc.argument "z" axes <batch [], rows [8 on 0], columns [16 on 1]> : !ttc.tensor<8x16xsi8>
}
func.func @f(%v: memref<8x8xi8>, %m: memref<8x2xi8>, %z: memref<8x16xi8>, %w: memref<8x9xi8>, %t: tensor<8x16xi8>) {
  // expected-error@+1 {{'ttc.launch' op expected 3 tensors but got 2}}
  ttc.launch @p ins(%v : memref<8x8xi8>) outs(%z : memref<8x16xi8>)
  return
}

// -----

// launch_c2 packed
ttc.program @p for "tc" hash 0x0 sums si32 {
  // expected-note@+1 {{of argument "a"}}
  %a = ttc.argument "a" : !ttc.packed<1x8x16xsi8, 2:4>
  %z = ttc.argument "z" axes <batch [], rows [8 on 0], columns [16 on 1]> : !ttc.tensor<8x16xsi8>
}
func.func @f(%v: memref<8x8xi8>, %m: memref<8x2xi8>, %z: memref<8x16xi8>, %w: memref<8x9xi8>, %t: tensor<8x16xi8>) {
  // expected-error@+1 {{'ttc.launch' op tensor 0: expected 'tensor<8x8xi8>' but got 'memref<8x9xi8>'}}
  ttc.launch @p ins(%w, %m : memref<8x9xi8>, memref<8x2xi8>) outs(%z : memref<8x16xi8>)
  return
}

// -----

// launch_c2 dense
ttc.program @p for "tc" hash 0x0 sums si32 {
  %a = ttc.argument "a" : !ttc.packed<1x8x16xsi8, 2:4>
  // expected-note@+1 {{of argument "z"}}
  %z = ttc.argument "z" axes <batch [], rows [8 on 0], columns [16 on 1]> : !ttc.tensor<8x16xsi8>
}
func.func @f(%v: memref<8x8xi8>, %m: memref<8x2xi8>, %z: memref<8x16xi8>, %w: memref<8x9xi8>, %t: tensor<8x16xi8>) {
  // expected-error@+1 {{'ttc.launch' op tensor 2: expected 'tensor<8x16xi8>' but got 'memref<8x8xi8>'}}
  ttc.launch @p ins(%v, %m : memref<8x8xi8>, memref<8x2xi8>) outs(%v : memref<8x8xi8>)
  return
}

// -----

// launch_c3
ttc.program @p for "tc" hash 0x0 sums si32 {
  %a = ttc.argument "a" : !ttc.packed<1x8x16xsi8, 2:4>
  %z = ttc.argument "z" axes <batch [], rows [8 on 0], columns [16 on 1]> : !ttc.tensor<8x16xsi8>
}
func.func @f(%v: memref<8x8xi8>, %m: memref<8x2xi8>, %z: memref<8x16xi8>, %w: memref<8x9xi8>, %t: tensor<8x16xi8>) {
  // expected-error@+1 {{'ttc.launch' op expected all operands to be tensors or all buffers}}
  %r = ttc.launch @p ins(%v, %m : memref<8x8xi8>, memref<8x2xi8>) outs(%t : tensor<8x16xi8>) -> tensor<8x16xi8>
  return
}

// -----

// launch_c3 results
ttc.program @p for "tc" hash 0x0 sums si32 {
  %a = ttc.argument "a" : !ttc.packed<1x8x16xsi8, 2:4>
  %z = ttc.argument "z" axes <batch [], rows [8 on 0], columns [16 on 1]> : !ttc.tensor<8x16xsi8>
}
func.func @f(%v: memref<8x8xi8>, %m: memref<8x2xi8>, %z: memref<8x16xi8>, %w: memref<8x9xi8>, %t: tensor<8x16xi8>) {
  // expected-error@+1 {{'ttc.launch' op expected the number of tensor results (0) to be equal to the number of output tensors (1)}}
  ttc.launch @p outs(%t : tensor<8x16xi8>)
  return
}
