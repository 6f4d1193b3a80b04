// RUN: tasd-opt %s --one-shot-bufferize="bufferize-function-boundaries" | FileCheck %s

// A launch on tensors becomes one on buffers, in place where it may.

ttc.program @double for "tc" hash 0x0 sums si32 {
  %x = ttc.argument "x" axes <batch [], rows [8 on 0], columns [16 on 1]> : !ttc.tensor<8x16xsi8>
  %z = ttc.argument "z" axes <batch [], rows [8 on 0], columns [16 on 1]> : !ttc.tensor<8x16xsi32>
}

// CHECK-LABEL: @in_place
// CHECK-SAME:    %[[X:.*]]: memref<8x16xi8
func.func @in_place(%x: tensor<8x16xi8>) -> tensor<8x16xi32> {
  // CHECK: %[[OUT:.*]] = memref.alloc() {{.*}} : memref<8x16xi32>
  %empty = tensor.empty() : tensor<8x16xi32>
  // CHECK-NOT: memref.copy
  // CHECK: ttc.launch @double ins(%[[X]] : memref<8x16xi8, {{.*}}>) outs(%[[OUT]] : memref<8x16xi32>)
  %r = ttc.launch @double ins(%x : tensor<8x16xi8>) outs(%empty : tensor<8x16xi32>)
      -> tensor<8x16xi32>
  // CHECK: return %[[OUT]]
  return %r : tensor<8x16xi32>
}

// What an output held is needed afterwards, and may be read by the program.
// CHECK-LABEL: @copied
// CHECK-SAME:    %[[X:.*]]: memref<8x16xi8, {{.*}}>, %[[Z:.*]]: memref<8x16xi32
func.func @copied(%x: tensor<8x16xi8>, %z: tensor<8x16xi32>) -> (tensor<8x16xi32>, tensor<8x16xi32>) {
  // CHECK: %[[COPY:.*]] = memref.alloc()
  // CHECK: memref.copy %[[Z]], %[[COPY]]
  // CHECK: ttc.launch @double for "twice" ins(%[[X]] : {{.*}}) outs(%[[COPY]] : memref<8x16xi32>)
  %r = ttc.launch @double for "twice" ins(%x : tensor<8x16xi8>) outs(%z : tensor<8x16xi32>)
      -> tensor<8x16xi32>
  return %z, %r : tensor<8x16xi32>, tensor<8x16xi32>
}
