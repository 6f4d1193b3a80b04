// UNSUPPORTED: sanitizers
// RUN: %mlir_opt %load_tasd %s --verify-roundtrip | FileCheck %s
// RUN: %mlir_opt %load_tasd %s --emit-bytecode | %mlir_opt %load_tasd | FileCheck %s
// RUN: %mlir_opt --load-dialect-plugin=%plugin %s | FileCheck %s

// The plugin's dialects go through text and bytecode.

// CHECK-LABEL: @planned
// CHECK: linalg.matmul {tasd.plan = #tasd.plan<dense, 2:4+1:8 along [0] at run_time>}
func.func @planned(%a: tensor<8x8xf32>, %b: tensor<8x8xf32>, %c: tensor<8x8xf32>)
    -> tensor<8x8xf32> {
  %d = linalg.matmul {tasd.plan = #tasd.plan<dense, 2:4+1:8 along [0] at run_time>}
      ins(%a, %b : tensor<8x8xf32>, tensor<8x8xf32>)
      outs(%c : tensor<8x8xf32>) -> tensor<8x8xf32>
  return %d : tensor<8x8xf32>
}

// CHECK-LABEL: @series
// CHECK: %[[S:.*]] = tasd.decompose %{{.*}} : !tasd.series<8x8xf32, 2:4+1:8, along = [1]>
// CHECK: tasd.compose %[[S]]
func.func @series(%a: tensor<8x8xf32>) -> tensor<8x8xf32> {
  %s = tasd.decompose %a : !tasd.series<8x8xf32, 2:4+1:8, along = [1]>
  %b = tasd.compose %s : !tasd.series<8x8xf32, 2:4+1:8, along = [1]>
  return %b : tensor<8x8xf32>
}

// CHECK-LABEL: ttc.program @fc for "tc" hash 0x0000000000000001 sums f32 {
// CHECK: ttc.ring "smem_a" at 1 slots 2 : !ttc.ring<a, 8x16>
ttc.program @fc for "tc" hash 0x1 sums f32 {
  %smem_a = ttc.ring "smem_a" at 1 slots 2 : !ttc.ring<a, 8x16>
}
