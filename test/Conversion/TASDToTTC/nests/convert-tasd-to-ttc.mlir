// RUN: tasd-opt %s --convert-tasd-to-ttc=machine=ttc-vegeta-m8 --tasd-verify-ttc \
// RUN:   | FileCheck %s

// Where instructions stand in the nest of a mapping.

// Tiles of A stay while N passes, sums while K does.
// CHECK-LABEL: ttc.program @"stationary/matmul#0"
// CHECK: %[[A:.*]] = ttc.ring "smem_a" at 1 slots 2 : !ttc.ring<a, 64x64>
// CHECK: %[[B:.*]] = ttc.ring "smem_b" at 1 slots 2 : !ttc.ring<b, 128x64>
// CHECK: %[[Z:.*]] = ttc.ring "rf_z" at 2 slots 2 : !ttc.ring<z, 64x128>
// CHECK: ttc.loop %[[M:.*]] to 2 {
// CHECK-NEXT: ttc.load %[[A]] from %a[0, %[[M]] * 64, 0]
// CHECK-NEXT: %[[TILE_A:.*]] = ttc.acquire %[[A]]
// CHECK-NEXT: ttc.loop %[[N:.*]] to 4 {
// CHECK-NEXT: ttc.load %[[B]] from %b[0, %[[N]] * 128, 0]
// CHECK-NEXT: %[[TILE_B:.*]] = ttc.acquire %[[B]]
// CHECK-NEXT: %[[ACC:.*]] = ttc.begin %[[Z]] :
// CHECK-NEXT: ttc.loop %[[K:.*]] to 2 {
// CHECK-NEXT: ttc.mma %[[TILE_A]][0, %[[K]] * 32] with %[[TILE_B]][0, %[[K]] * 32] into %[[ACC]][0, 0] covers [64, 128, 32]
// CHECK-SAME: nest <m 4 at 1 spatial_y, k 2 at 2, m 16 at 2 spatial_y, k 16 at 2 spatial_x, n 128 at 3>
// CHECK-NEXT: }
// CHECK-NEXT: ttc.end %[[ACC]]
// CHECK-NEXT: ttc.store %[[Z]] to %z[0, %[[M]] * 64, %[[N]] * 128]
// CHECK-NEXT: ttc.release %[[TILE_B]]
// CHECK-NEXT: }
// CHECK-NEXT: ttc.release %[[TILE_A]]
func.func @stationary(%a: tensor<128x64xi8>, %b: tensor<64x512xi8>) -> tensor<128x512xi32> {
  %c0 = arith.constant 0 : i32
  %e = tensor.empty() : tensor<128x512xi32>
  %z = linalg.fill ins(%c0 : i32) outs(%e : tensor<128x512xi32>) -> tensor<128x512xi32>
  %r = linalg.matmul {tasd.plan = #tasd.plan<dense, dense, mapping = <"ttc-vegeta-m8", a = 0, [
      "DRAM: for M in [0:2) / for N in [0:4)", "SMEM: for K in [0:2) / for M in [0:4) (Spatial-Y)",
      "RF: for K in [0:2) / for M in [0:16) (Spatial-Y) / for K in [0:16) (Spatial-X)",
      "LRF: for N in [0:128)"]>>}
      ins(%a, %b : tensor<128x64xi8>, tensor<64x512xi8>) outs(%z : tensor<128x512xi32>) -> tensor<128x512xi32>
  return %r : tensor<128x512xi32>
}

// What passes the shared buffer by is read by the array; the other tile is
// loaded once. An init that is read fills a third slot.
// CHECK-LABEL: ttc.program @"bypass/matmul#0"
// CHECK-NOT: smem_a
// CHECK: ttc.load %[[B:.*]] from %b[0, 0, 0]
// CHECK-NEXT: %[[TILE:.*]] = ttc.acquire %[[B]]
// CHECK-NEXT: ttc.loop %[[M:.*]] to 8 {
// CHECK-NEXT: ttc.load %rf_z from %z[0, %[[M]] * 64, 0] : !ttc.ring<z, 64x128>
// CHECK-NEXT: ttc.begin %rf_z accumulating :
// CHECK-NEXT: ttc.mma %a[0, %[[M]] * 64, 0] with %[[TILE]][0, 0]
func.func @bypass(%a: tensor<128x64xi8>, %b: tensor<64x512xi8>, %init: tensor<128x512xi32>) -> tensor<128x512xi32> {
  %r = linalg.matmul {tasd.plan = #tasd.plan<dense, dense, mapping = <"ttc-vegeta-m8", a = 1, [
      "DRAM: for M in [0:8)", "SMEM keep b: for M in [0:4) (Spatial-Y)",
      "RF: for K in [0:4) / for M in [0:16) (Spatial-Y) / for K in [0:16) (Spatial-X)",
      "LRF: for N in [0:128)"]>>}
      ins(%a, %b : tensor<128x64xi8>, tensor<64x512xi8>) outs(%init : tensor<128x512xi32>) -> tensor<128x512xi32>
  return %r : tensor<128x512xi32>
}
