// RUN: tasd-opt %s | tasd-opt | FileCheck %s
// RUN: tasd-opt %s --mlir-print-op-generic | tasd-opt | FileCheck %s
// RUN: tasd-opt %s --emit-bytecode | tasd-opt | FileCheck %s

// Every op, as the examples of the documentation show them.

// A dense layer: K outside, so that partial sums are stored and loaded again.
// CHECK-LABEL: ttc.program @fc for "ttc-vegeta-m8" hash 0x0123456789abcdef sums si32 {
// docs: program
ttc.program @fc for "ttc-vegeta-m8" hash 0x0123456789abcdef sums si32 {
  %a = ttc.argument "a" : !ttc.packed<1x64x256xsi8, 2:4+1:8>
  %b = ttc.argument "b" axes <batch [], rows [32 on 1], columns [256 on 0]>
      : !ttc.tensor<256x32xsi8>
  %z = ttc.argument "z" axes <batch [], rows [64 on 0], columns [32 on 1]>
      : !ttc.tensor<64x32xsi32>
  %ring_a = ttc.ring "smem_a" at 1 slots 2 : !ttc.ring<a, 64x128>
  %ring_b = ttc.ring "smem_b" at 1 slots 2 : !ttc.ring<b, 16x128>
  %ring_z = ttc.ring "rf_z" at 2 slots 3 : !ttc.ring<z, 64x16>
  %stored = ttc.token
  ttc.loop %k to 2 {
    ttc.load %ring_a from %a[0, 0, %k * 128]
        : !ttc.ring<a, 64x128>, !ttc.packed<1x64x256xsi8, 2:4+1:8>
    %tile_a = ttc.acquire %ring_a : !ttc.ring<a, 64x128>
    ttc.loop %n to 2 {
      ttc.load %ring_b from %b[0, %n * 16, %k * 128]
          : !ttc.ring<b, 16x128>, !ttc.tensor<256x32xsi8>
      ttc.wait %stored revisiting(%k) by %ring_z : !ttc.ring<z, 64x16>
      ttc.load %ring_z from %z[0, 0, %n * 16] revisiting(%k)
          : !ttc.ring<z, 64x16>, !ttc.tensor<64x32xsi32>
      %tile_b = ttc.acquire %ring_b : !ttc.ring<b, 16x128>
      %acc = ttc.begin %ring_z revisiting(%k) : !ttc.ring<z, 64x16>
      ttc.mma term 0 as <2:4> of %tile_a[0, 0] with %tile_b[0, 0] into %acc[0, 0]
          covers [64, 16, 128]
          nest <k 2 at 2, m 4 at 2, n 16 at 3, m 16 at 2 spatial_y, k 64 at 2 spatial_x>
          : !ttc.tile<a, 64x128>, !ttc.tile<b, 16x128>, !ttc.accumulators<64x16>
      ttc.mma term 1 as <1:8> of %tile_a[0, 0] with %tile_b[0, 0] into %acc[0, 0]
          covers [64, 16, 128]
          nest <m 4 at 2, n 16 at 3, m 16 at 2 spatial_y, k 128 at 2 spatial_x>
          : !ttc.tile<a, 64x128>, !ttc.tile<b, 16x128>, !ttc.accumulators<64x16>
      ttc.end %acc : !ttc.accumulators<64x16>
      ttc.release %tile_b : !ttc.tile<b, 16x128>
      ttc.store %ring_z to %z[0, 0, %n * 16]
          : !ttc.ring<z, 64x16>, !ttc.tensor<64x32xsi32>
      ttc.signal %stored
    }
    ttc.release %tile_a : !ttc.tile<a, 64x128>
  }
}
// docs: end

// What the first program does not use: an axis of several digits, the TASD
// units, a ring between rings, an operand that passes the buffers by.
// CHECK-LABEL: ttc.program @"features/conv" for "ttc-vegeta-m8" hash 0x0000000000000001 sums f32 {
ttc.program @"features/conv" for "ttc-vegeta-m8" hash 0x1 sums f32 {
  // CHECK: %image = ttc.argument "image" axes <batch [], rows [7 on 0 by 2, 7 on 1 by 2], columns [3 on 0, 3 on 1, 8 on 2]> density 5.000000e-01 : !ttc.tensor<15x15x8xf16>
  // docs: argument
  %image = ttc.argument "image"
      axes <batch [], rows [7 on 0 by 2, 7 on 1 by 2],
            columns [3 on 0, 3 on 1, 8 on 2]>
      density 0.5 : !ttc.tensor<15x15x8xf16>
  %filter = ttc.argument "filter" : !ttc.packed<1x16x72xf16, 2:4+1:8>
  // docs: end
  // CHECK: %dense = ttc.argument "dense" axes <batch [], rows [32 on 0] at [0, 1, 3, 4, 5, 8, 9, 11, 12, 17, 19, 20, 25, 26, 27, 31], columns [72 on 1]> : !ttc.tensor<32x72xf16>
  %dense = ttc.argument "dense"
      axes <batch [], rows [32 on 0] at [0, 1, 3, 4, 5, 8, 9, 11, 12, 17, 19, 20, 25, 26, 27, 31],
            columns [72 on 1]> : !ttc.tensor<32x72xf16>
  %out = ttc.argument "out"
      axes <batch [], rows [16 on 2], columns [7 on 0, 7 on 1]>
      : !ttc.tensor<7x7x16xf32>
  // CHECK: %l2_a = ttc.ring "l2_a" at 1 slots 2 : !ttc.ring<a, 16x72>
  // docs: ring
  %l2_a = ttc.ring "l2_a" at 1 slots 2 : !ttc.ring<a, 16x72>
  %smem_a = ttc.ring "smem_a" at 2 slots 2 : !ttc.ring<a, 16x24>
  // docs: end
  %rf_z = ttc.ring "rf_z" at 3 slots 2 : !ttc.ring<z, 16x49>
  // CHECK: %token = ttc.token
  // docs: token
  %ready = ttc.token
  // docs: end
  // CHECK: ttc.load %l2_a from %dense[0, 0, 0] : !ttc.ring<a, 16x72>, !ttc.tensor<32x72xf16>
  ttc.load %l2_a from %dense[0, 0, 0] : !ttc.ring<a, 16x72>, !ttc.tensor<32x72xf16>
  // CHECK: ttc.signal %token by %l2_a : !ttc.ring<a, 16x72>
  // docs: signal
  ttc.signal %ready by %l2_a : !ttc.ring<a, 16x72>
  // docs: end
  // CHECK: ttc.wait %token by %smem_a : !ttc.ring<a, 16x24>
  ttc.wait %ready by %smem_a : !ttc.ring<a, 16x24>
  // CHECK: ttc.begin %rf_z accumulating : !ttc.ring<z, 16x49>
  %acc = ttc.begin %rf_z accumulating : !ttc.ring<z, 16x49>
  // CHECK: %[[L2:.*]] = ttc.acquire %l2_a by %smem_a : !ttc.ring<a, 16x72>, !ttc.ring<a, 16x24>
  %l2_tile = ttc.acquire %l2_a by %smem_a : !ttc.ring<a, 16x72>, !ttc.ring<a, 16x24>
  // CHECK: ttc.loop %[[K:.*]] to 3 {
  ttc.loop %k to 3 {
    // CHECK: ttc.load %smem_a from %[[L2]][0, %[[K]] * 24] : !ttc.ring<a, 16x24>, !ttc.tile<a, 16x72>
    // docs: load
    ttc.load %smem_a from %l2_tile[0, %k * 24]
        : !ttc.ring<a, 16x24>, !ttc.tile<a, 16x72>
    // docs: end
    // CHECK: %[[TILE:.*]] = ttc.acquire %smem_a : !ttc.ring<a, 16x24>
    // docs: acquire
    %tile = ttc.acquire %smem_a : !ttc.ring<a, 16x24>
    // docs: end
    // CHECK: %[[TERMS:.*]] = ttc.decompose <2:4+1:8> %[[TILE]][0, 0] : !ttc.tile<a, 16x24> -> !ttc.terms<16x24>
    // docs: decompose
    %terms = ttc.decompose <2:4+1:8> %tile[0, 0]
        : !ttc.tile<a, 16x24> -> !ttc.terms<16x24>
    // docs: end
    // CHECK: ttc.mma term 1 as <1:8> of %[[TERMS]][0, 0] with %image[0, 0, %[[K]] * 24] into %acc[0, 0] covers [16, 49, 24] nest <n 49 at 3, m 16 at 3 spatial_y, k 24 at 4 spatial_x> : !ttc.terms<16x24>, !ttc.tensor<15x15x8xf16>, !ttc.accumulators<16x49>
    // docs: mma
    ttc.mma term 1 as <1:8> of %terms[0, 0] with %image[0, 0, %k * 24]
        into %acc[0, 0] covers [16, 49, 24]
        nest <n 49 at 3, m 16 at 3 spatial_y, k 24 at 4 spatial_x>
        : !ttc.terms<16x24>, !ttc.tensor<15x15x8xf16>, !ttc.accumulators<16x49>
    // docs: end
    // CHECK: ttc.mma %[[TILE]][0, 0] with %image[0, 0, %[[K]] * 24] into %acc[0, 0] covers [16, 49, 24] nest <n 49 at 3, m 16 at 3 spatial_y, k 24 at 4> zero_point 3 :
    ttc.mma %tile[0, 0] with %image[0, 0, %k * 24] into %acc[0, 0]
        covers [16, 49, 24] nest <n 49 at 3, m 16 at 3 spatial_y, k 24 at 4>
        zero_point 3
        : !ttc.tile<a, 16x24>, !ttc.tensor<15x15x8xf16>, !ttc.accumulators<16x49>
    // CHECK: ttc.release %[[TILE]] : !ttc.tile<a, 16x24>
    // docs: release
    ttc.release %tile : !ttc.tile<a, 16x24>
    // docs: end
  }
  ttc.release %l2_tile : !ttc.tile<a, 16x72>
  // CHECK: ttc.end %acc : !ttc.accumulators<16x49>
  // docs: last
  ttc.end %acc : !ttc.accumulators<16x49>
  // docs: end
  // CHECK: ttc.store %rf_z to %out[0, 0, 0] : !ttc.ring<z, 16x49>, !ttc.tensor<7x7x16xf32>
  // docs: store
  ttc.store %rf_z to %out[0, 0, 0] : !ttc.ring<z, 16x49>, !ttc.tensor<7x7x16xf32>
  // docs: end
}

// Partial sums are stored, and loaded again where a counter is not 0.
// CHECK-LABEL: ttc.program @revisits
ttc.program @revisits for "ttc-vegeta-m8" hash 0x1 sums si32 {
  %z = ttc.argument "z" axes <batch [], rows [64 on 0], columns [32 on 1]>
      : !ttc.tensor<64x32xsi32>
  %rf_z = ttc.ring "rf_z" at 2 slots 3 : !ttc.ring<z, 64x16>
  %stored = ttc.token
  // CHECK: ttc.loop %[[K:.*]] to 2 {
  // docs: loop
  ttc.loop %k to 2 {
    ttc.loop %n to 2 {
      ttc.wait %stored revisiting(%k) by %rf_z : !ttc.ring<z, 64x16>
      ttc.load %rf_z from %z[0, 0, %n * 16] revisiting(%k)
          : !ttc.ring<z, 64x16>, !ttc.tensor<64x32xsi32>
      %sums = ttc.begin %rf_z revisiting(%k) : !ttc.ring<z, 64x16>
      ttc.end %sums : !ttc.accumulators<64x16>
      ttc.store %rf_z to %z[0, 0, %n * 16]
          : !ttc.ring<z, 64x16>, !ttc.tensor<64x32xsi32>
      ttc.signal %stored
    }
  }
  // docs: end
  // CHECK: ttc.loop %[[K:.*]] to 4 {
  ttc.loop %k to 4 {
    // CHECK: ttc.wait %token revisiting(%[[K]]) by %rf_z : !ttc.ring<z, 64x16>
    // docs: wait
    ttc.wait %stored revisiting(%k) by %rf_z : !ttc.ring<z, 64x16>
    // docs: end
    // CHECK: ttc.load %rf_z from %z[0, 0, 0] revisiting(%[[K]]) :
    ttc.load %rf_z from %z[0, 0, 0] revisiting(%k)
        : !ttc.ring<z, 64x16>, !ttc.tensor<64x32xsi32>
    // CHECK: %acc = ttc.begin %rf_z revisiting(%[[K]]) : !ttc.ring<z, 64x16>
    // docs: begin
    %sums = ttc.begin %rf_z revisiting(%k) : !ttc.ring<z, 64x16>
    // docs: end
    ttc.end %sums : !ttc.accumulators<64x16>
  }
}

// CHECK-LABEL: @host
func.func @host(%v0: tensor<64x128xi8>, %m0: tensor<64x32xi8>, %v1: tensor<8x8x32xi8>,
                %m1: tensor<8x8x12xi8>, %b: tensor<256x32xi8>, %z: tensor<?x32xi32>) -> tensor<?x32xi32> {
  // CHECK: ttc.launch @fc for "features/fc2" ins(%{{.*}} : tensor<64x128xi8>, tensor<64x32xi8>, tensor<8x8x32xi8>, tensor<8x8x12xi8>, tensor<256x32xi8>) outs(%{{.*}} : tensor<?x32xi32>) -> tensor<?x32xi32>
  // docs: launch
  %r = ttc.launch @fc for "features/fc2" ins(%v0, %m0, %v1, %m1, %b
        : tensor<64x128xi8>, tensor<64x32xi8>, tensor<8x8x32xi8>,
          tensor<8x8x12xi8>, tensor<256x32xi8>)
      outs(%z : tensor<?x32xi32>) -> tensor<?x32xi32>
  // docs: end
  // CHECK: ttc.launch @fc for "features/fc3" ins({{.*}} {ttc.part = 2 : i64}
  %s = ttc.launch @fc for "features/fc3" ins(%v0, %m0, %v1, %m1, %b
        : tensor<64x128xi8>, tensor<64x32xi8>, tensor<8x8x32xi8>,
          tensor<8x8x12xi8>, tensor<256x32xi8>)
      outs(%r : tensor<?x32xi32>) {ttc.part = 2 : i64} -> tensor<?x32xi32>
  return %s : tensor<?x32xi32>
}
