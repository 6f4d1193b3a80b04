// RUN: not tasd-opt %s --tasd-permute-reduction=series=5:4 2>&1 | FileCheck %s --check-prefix=SERIES
// RUN: sed 's/dense<1.0>/dense_resource<elided>/' %s > %t.mlir
// RUN: not tasd-opt %t.mlir --tasd-permute-reduction=series=1:4 2>&1 | FileCheck %s --check-prefix=DATA

// No series, and weights without data.

// SERIES: error: option series: {{.*}}5:4
// DATA: error: expected data for resource 'elided' but got none
func.func @main(%a: tensor<4x1xf32>, %c: tensor<4x2xf32>) -> tensor<4x2xf32> {
  %zero = arith.constant 0.0 : f32
  %w1 = arith.constant dense<2.0> : tensor<1x8xf32>
  %w2 = arith.constant dense<1.0> : tensor<8x2xf32>
  %e = tensor.empty() : tensor<4x8xf32>
  %init = linalg.fill ins(%zero : f32) outs(%e : tensor<4x8xf32>) -> tensor<4x8xf32>
  %x = linalg.matmul ins(%a, %w1 : tensor<4x1xf32>, tensor<1x8xf32>) outs(%init : tensor<4x8xf32>) -> tensor<4x8xf32>
  %r = linalg.matmul ins(%x, %w2 : tensor<4x8xf32>, tensor<8x2xf32>) outs(%c : tensor<4x2xf32>) -> tensor<4x2xf32>
  return %r : tensor<4x2xf32>
}
