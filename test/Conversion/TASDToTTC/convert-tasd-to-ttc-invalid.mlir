// RUN: tasd-opt %s -split-input-file -verify-diagnostics \
// RUN:   --convert-linalg-to-tasd --tasd-pack \
// RUN:   --convert-tasd-to-ttc=machine=ttc-vegeta-m8

// What no program can be made of, for reasons of the layer.

func.func @pattern(%x: tensor<8x32xi8>, %z: tensor<8x8xi32>) -> tensor<8x8xi32> {
  %w = arith.constant dense<1> : tensor<32x8xi8>
  // expected-error @+1 {{layer 'pattern/contract#0': machine 'ttc-vegeta-m8' cannot run 2:4: expected a pattern that machine 'ttc-vegeta-m8' runs, one of: 1:8, 2:8, 4:8, 8:8, but got '2:4'}}
  %r = linalg.matmul {tasd.plan = #tasd.plan<dense, 2:4 along [0] at compile_time>}
      ins(%x, %w : tensor<8x32xi8>, tensor<32x8xi8>)
      outs(%z : tensor<8x8xi32>) -> tensor<8x8xi32>
  return %r : tensor<8x8xi32>
}

// -----

func.func @terms(%x: tensor<8x32xi8>, %z: tensor<8x8xi32>) -> tensor<8x8xi32> {
  %w = arith.constant dense<1> : tensor<32x8xi8>
  // expected-error @+1 {{layer 'terms/contract#0': machine 'ttc-vegeta-m8' cannot run 1:8+1:8+1:8+1:8: expected at most 3 terms on machine 'ttc-vegeta-m8' but got 4}}
  %r = linalg.matmul {tasd.plan = #tasd.plan<dense, 1:8+1:8+1:8+1:8 along [0] at compile_time>}
      ins(%x, %w : tensor<8x32xi8>, tensor<32x8xi8>)
      outs(%z : tensor<8x8xi32>) -> tensor<8x8xi32>
  return %r : tensor<8x8xi32>
}

// -----

func.func @both(%x: tensor<8x32xi8>, %z: tensor<8x8xi32>) -> tensor<8x8xi32> {
  %w = arith.constant dense<1> : tensor<32x8xi8>
  // expected-error @+1 {{layer 'both/contract#0': machine 'ttc-vegeta-m8' takes a series as one input, not as both}}
  %r = linalg.matmul {tasd.plan = #tasd.plan<4:8 along [1] at run_time, 4:8 along [0] at compile_time>}
      ins(%x, %w : tensor<8x32xi8>, tensor<32x8xi8>)
      outs(%z : tensor<8x8xi32>) -> tensor<8x8xi32>
  return %r : tensor<8x8xi32>
}

// -----

func.func @tile(%a: tensor<1024x1024xi8>, %b: tensor<1024x16xi8>, %z: tensor<1024x16xi32>) -> tensor<1024x16xi32> {
  // expected-error @+1 {{layer 'tile/matmul#0': mapping:2:1: expected tiles of at most 262144 words in SMEM but got 1064960}}
  %r = linalg.matmul {tasd.plan = #tasd.plan<dense, dense, mapping = <"ttc-vegeta-m8", a = 0, [
      "DRAM:", "SMEM: for M in [0:64)", "RF: for M in [0:16) / for N in [0:16) / for K in [0:1024)", "LRF:"]>>}
      ins(%a, %b : tensor<1024x1024xi8>, tensor<1024x16xi8>)
      outs(%z : tensor<1024x16xi32>) -> tensor<1024x16xi32>
  return %r : tensor<1024x16xi32>
}

// -----

func.func @blocks(%x: tensor<8x24xi8>, %z: tensor<8x8xi32>) -> tensor<8x8xi32> {
  %w = arith.constant dense<1> : tensor<24x8xi8>
  // expected-error @+1 {{layer 'blocks/contract#0': mapping:3:1: expected whole blocks of 8 along K inside RF but got 12 places}}
  %r = linalg.matmul {tasd.plan = #tasd.plan<dense, 4:8 along [0] at compile_time, mapping = <"ttc-vegeta-m8", a = 1, [
      "DRAM: for K in [0:2)", "SMEM:", "RF: for M in [0:8) / for N in [0:8) / for K in [0:12)", "LRF:"]>>}
      ins(%x, %w : tensor<8x24xi8>, tensor<24x8xi8>)
      outs(%z : tensor<8x8xi32>) -> tensor<8x8xi32>
  return %r : tensor<8x8xi32>
}
