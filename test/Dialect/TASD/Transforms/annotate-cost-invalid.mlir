// RUN: tasd-opt %s -tasd-annotate-cost="machine=ttc-vegeta-m8" -split-input-file -verify-diagnostics

// Plans that the machine does not run, or not by that mapping.

func.func @terms(%a: tensor<4x8xf32>, %b: tensor<8x2xf32>, %c: tensor<4x2xf32>) -> tensor<4x2xf32> {
  // expected-error@+1 {{layer 'terms/matmul#0': expected a pattern that machine 'ttc-vegeta-m8' runs, one of: 1:8, 2:8, 4:8, 8:8, but got '2:4'}}
  %r = linalg.matmul {tasd.plan = #tasd.plan<dense, 2:4 along [0] at run_time>} ins(%a, %b : tensor<4x8xf32>, tensor<8x2xf32>) outs(%c : tensor<4x2xf32>) -> tensor<4x2xf32>
  return %r : tensor<4x2xf32>
}

// -----

func.func @mapping(%a: tensor<4x8xf32>, %b: tensor<8x2xf32>, %c: tensor<4x2xf32>) -> tensor<4x2xf32> {
  // expected-error@+1 {{layer 'mapping/matmul#0': mapping: expected the loops over N to cover 4 but got 2}}
  %r = linalg.matmul {tasd.plan = #tasd.plan<dense, 2:8 along [0] at run_time, mapping = <"ttc-vegeta-m8", a = 1, ["DRAM: for M in [0:2)", "SMEM: for N in [0:2) / for K in [0:8)", "RF:", "LRF:"]>>} ins(%a, %b : tensor<4x8xf32>, tensor<8x2xf32>) outs(%c : tensor<4x2xf32>) -> tensor<4x2xf32>
  return %r : tensor<4x2xf32>
}

// -----

func.func @levels(%a: tensor<4x8xf32>, %b: tensor<8x2xf32>, %c: tensor<4x2xf32>) -> tensor<4x2xf32> {
  // expected-error@+1 {{layer 'levels/matmul#0': mapping:2:1: expected level SMEM of machine ttc-vegeta-m8 but got L2}}
  %r = linalg.matmul {tasd.plan = #tasd.plan<dense, dense, mapping = <"ttc-vegeta-m8", a = 1, ["DRAM: for M in [0:2)", "L2: for N in [0:4) / for K in [0:8)"]>>} ins(%a, %b : tensor<4x8xf32>, tensor<8x2xf32>) outs(%c : tensor<4x2xf32>) -> tensor<4x2xf32>
  return %r : tensor<4x2xf32>
}

// -----

func.func @both(%a: tensor<4x8xf32>, %b: tensor<8x2xf32>, %c: tensor<4x2xf32>) -> tensor<4x2xf32> {
  // expected-error@+1 {{layer 'both/matmul#0': a machine decomposes one input at run time, its operand a}}
  %r = linalg.matmul {tasd.plan = #tasd.plan<2:8 along [1] at run_time, 2:8 along [0] at run_time>} ins(%a, %b : tensor<4x8xf32>, tensor<8x2xf32>) outs(%c : tensor<4x2xf32>) -> tensor<4x2xf32>
  return %r : tensor<4x2xf32>
}

// -----

func.func @plan(%a: tensor<4x8xf32>, %b: tensor<8x2xf32>, %c: tensor<4x2xf32>) -> tensor<4x2xf32> {
  // expected-error@+1 {{'linalg.matmul' op input 1: expected a constant to decompose at compile time}}
  %r = linalg.matmul {tasd.plan = #tasd.plan<dense, 2:8 along [0] at compile_time>} ins(%a, %b : tensor<4x8xf32>, tensor<8x2xf32>) outs(%c : tensor<4x2xf32>) -> tensor<4x2xf32>
  return %r : tensor<4x2xf32>
}
