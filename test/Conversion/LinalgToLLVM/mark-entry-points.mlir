// RUN: tasd-opt %s --tasd-mark-entry-points | FileCheck %s

// Public functions keep their arguments and return buffers of their own.

// CHECK-LABEL: func @entry
// CHECK-SAME: tensor<4xf32> {bufferization.writable = false}, %{{.*}}: index)
// CHECK-SAME: attributes {llvm.emit_c_interface}
func.func @entry(%x: tensor<4xf32>, %i: index) -> (tensor<4xf32>, tensor<4xf32>) {
  // CHECK: %[[COPY:.*]] = bufferization.alloc_tensor() copy(%[[X:.*]]) : tensor<4xf32>
  // CHECK: return %[[X]], %[[COPY]]
  return %x, %x : tensor<4xf32>, tensor<4xf32>
}

// CHECK: func private @helper(%{{.*}}: tensor<4xf32>) -> tensor<4xf32> {
func.func private @helper(%x: tensor<4xf32>) -> tensor<4xf32> {
  return %x : tensor<4xf32>
}
