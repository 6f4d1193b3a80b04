// RUN: tasd-opt %s -split-input-file -verify-diagnostics \
// RUN:   --convert-tasd-to-ttc=machine=ttc-vegeta-m8

// What other passes have to do before.

func.func @planned(%x: tensor<8x32xi8>, %z: tensor<8x8xi32>) -> tensor<8x8xi32> {
  %w = arith.constant dense<1> : tensor<32x8xi8>
  // expected-error @+1 {{'linalg.matmul' op expected its plan to be carried out}}
  %r = linalg.matmul {tasd.plan = #tasd.plan<dense, 4:8 along [0] at compile_time>}
      ins(%x, %w : tensor<8x32xi8>, tensor<32x8xi8>)
      outs(%z : tensor<8x8xi32>) -> tensor<8x8xi32>
  return %r : tensor<8x8xi32>
}

// -----

#a = affine_map<(m, n, k) -> (m, k)>
#b = affine_map<(m, n, k) -> (k, n)>
#c = affine_map<(m, n, k) -> (m, n)>
func.func @unpacked(%b: tensor<32x8xi8>, %z: tensor<8x8xi32>) -> tensor<8x8xi32> {
  %w = arith.constant dense<1> : tensor<8x32xi8>
  %s = tasd.decompose %w : !tasd.series<8x32xi8, 4:8, along = [1]>
  // expected-error @+1 {{layer 'unpacked/contract#0': expected its series to be packed: run tasd-pack first}}
  %r = tasd.contract [#a, #b, #c]
      ins(%s, %b : !tasd.series<8x32xi8, 4:8, along = [1]>, tensor<32x8xi8>)
      outs(%z : tensor<8x8xi32>)
  return %r : tensor<8x8xi32>
}
