// RUN: tasd-opt %s --tasd-permute-reduction=series=2:4 | FileCheck %s
// RUN: tasd-opt %s --tasd-permute-reduction | FileCheck %s --check-prefix=UNPLANNED
// RUN: tasd-opt %s --tasd-permute-reduction=series=2:4 --mlir-pass-statistics -o /dev/null 2>&1 \
// RUN:   | FileCheck %s --check-prefix=STATISTICS

// Layers without a plan are ordered for the series given, or left; resources
// become new ones, and as many bytes.

// CHECK: dense_resource<[[NAME:w1.*]]> : tensor<1x8xi32>
// CHECK: builtin: {
// CHECK-NEXT: [[NAME]]: "0x10000000
// CHECK-NOT: 0A0000000B0000000C0000000D0000000E0000000F000000
// STATISTICS: 2 constants-moved
// STATISTICS: 1 layers-improved
// STATISTICS: 1 layers-left
// STATISTICS: 1 orders
// UNPLANNED: 0A0000000B0000000C0000000D0000000E0000000F000000
func.func @main(%a: tensor<4x1xi32>, %d: tensor<4x1xi32>) -> tensor<4x1xi32> {
  %zero = arith.constant 0 : i32
  %w1 = arith.constant dense_resource<w1> : tensor<1x8xi32>
  %w2 = arith.constant dense<[[4], [3], [2], [1], [0], [0], [0], [0]]> : tensor<8x1xi32>
  %e = tensor.empty() : tensor<4x8xi32>
  %init = linalg.fill ins(%zero : i32) outs(%e : tensor<4x8xi32>) -> tensor<4x8xi32>
  %fc1 = linalg.matmul ins(%a, %w1 : tensor<4x1xi32>, tensor<1x8xi32>) outs(%init : tensor<4x8xi32>) -> tensor<4x8xi32>
  %fc2 = linalg.matmul ins(%fc1, %w2 : tensor<4x8xi32>, tensor<8x1xi32>) outs(%d : tensor<4x1xi32>) -> tensor<4x1xi32>
  return %fc2 : tensor<4x1xi32>
}

{-#
  dialect_resources: {
    builtin: {
      w1: "0x100000000A0000000B0000000C0000000D0000000E0000000F0000001000000011000000"
    }
  }
#-}
