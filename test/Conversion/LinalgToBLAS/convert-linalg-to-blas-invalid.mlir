// UNSUPPORTED: blas
// RUN: tasd-opt %s --tasd-linalg-to-llvm=dense=blas -verify-diagnostics

// Without a library one error says so.

// expected-error @below {{expected a build with a BLAS for dense layers but OpenBLAS was not found}}
func.func @matmul(%a: tensor<4x8xf32>, %b: tensor<8x6xf32>, %c: tensor<4x6xf32>) -> tensor<4x6xf32> {
  %0 = linalg.matmul ins(%a, %b : tensor<4x8xf32>, tensor<8x6xf32>) outs(%c : tensor<4x6xf32>) -> tensor<4x6xf32>
  return %0 : tensor<4x6xf32>
}
