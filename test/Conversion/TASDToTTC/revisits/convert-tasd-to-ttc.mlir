// RUN: tasd-opt %s --convert-tasd-to-ttc=machine=ttc-vegeta-m8 --tasd-verify-ttc \
// RUN:   | FileCheck %s

// Partial sums that leave the accumulators and come back. Their loads may run
// ahead of their stores by as many tiles as pass before one comes back.

// CHECK-LABEL: ttc.program @"once/matmul#0"
// CHECK: %[[Z:.*]] = ttc.ring "rf_z" at 2 slots 3
// CHECK: %[[TOKEN:.*]] = ttc.token
// CHECK: ttc.loop %{{.*}} to 4 {
// CHECK-NEXT: ttc.signal %[[TOKEN]] by %[[Z]]
// CHECK-NEXT: }
// CHECK: ttc.loop %[[M:.*]] to 2 {
// CHECK: ttc.loop %[[K:.*]] to 4 {
// CHECK: ttc.loop %[[N:.*]] to 4 {
// CHECK: ttc.wait %[[TOKEN]] by %[[Z]]
// CHECK-NEXT: ttc.load %[[Z]] from %z[0, %[[M]] * 64, %[[N]] * 128] revisiting(%[[K]])
// CHECK-NEXT: ttc.begin %[[Z]] revisiting(%[[K]])
// CHECK: ttc.store %[[Z]] to %z[0, %[[M]] * 64, %[[N]] * 128]
// CHECK-NEXT: ttc.signal %[[TOKEN]]{{$}}
func.func @once(%a: tensor<128x64xi8>, %b: tensor<64x512xi8>) -> tensor<128x512xi32> {
  %c0 = arith.constant 0 : i32
  %e = tensor.empty() : tensor<128x512xi32>
  %z = linalg.fill ins(%c0 : i32) outs(%e : tensor<128x512xi32>) -> tensor<128x512xi32>
  %r = linalg.matmul {tasd.plan = #tasd.plan<dense, dense, mapping = <"ttc-vegeta-m8", a = 0, [
      "DRAM: for M in [0:2) / for K in [0:4) / for N in [0:4)", "SMEM: for M in [0:4) (Spatial-Y)",
      "RF: for M in [0:16) (Spatial-Y) / for K in [0:16) (Spatial-X)",
      "LRF: for N in [0:128)"]>>}
      ins(%a, %b : tensor<128x64xi8>, tensor<64x512xi8>) outs(%z : tensor<128x512xi32>) -> tensor<128x512xi32>
  return %r : tensor<128x512xi32>
}

// Two loops over K with one over M between them: the inner one says how many.
// CHECK-LABEL: ttc.program @"twice/matmul#0"
// CHECK: %[[TOKEN:.*]] = ttc.token
// CHECK-NOT: ttc.token
// CHECK: ttc.loop %{{.*}} to 4 {
// CHECK-NEXT: ttc.signal %[[TOKEN]] by %rf_z
// CHECK: ttc.loop %[[K0:.*]] to 2 {
// CHECK: ttc.loop %{{.*}} to 2 {
// CHECK: ttc.loop %[[K1:.*]] to 2 {
// CHECK-NEXT: ttc.loop %{{.*}} to 4 {
// CHECK-NEXT: ttc.wait %[[TOKEN]] by %rf_z
// CHECK-NEXT: ttc.load %rf_z from %z{{.*}} revisiting(%[[K0]], %[[K1]])
func.func @twice(%a: tensor<128x64xi8>, %b: tensor<64x512xi8>) -> tensor<128x512xi32> {
  %c0 = arith.constant 0 : i32
  %e = tensor.empty() : tensor<128x512xi32>
  %z = linalg.fill ins(%c0 : i32) outs(%e : tensor<128x512xi32>) -> tensor<128x512xi32>
  %r = linalg.matmul {tasd.plan = #tasd.plan<dense, dense, mapping = <"ttc-vegeta-m8", a = 0, [
      "DRAM: for K in [0:2) / for M in [0:2)", "SMEM: for K in [0:2) / for N in [0:4) / for M in [0:4) (Spatial-Y)",
      "RF: for M in [0:16) (Spatial-Y) / for K in [0:16) (Spatial-X)",
      "LRF: for N in [0:128)"]>>}
      ins(%a, %b : tensor<128x64xi8>, tensor<64x512xi8>) outs(%z : tensor<128x512xi32>) -> tensor<128x512xi32>
  return %r : tensor<128x512xi32>
}
