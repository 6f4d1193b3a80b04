// RUN: tasd-opt %s --tasd-plan=series=2:4 --tasd-lower-to-cpu | FileCheck %s --implicit-check-not=inline_asm
// RUN: tasd-opt %s --tasd-plan=series=2:4 --tasd-lower-to-cpu=vector-bits=512 | FileCheck %s --implicit-check-not=inline_asm
// RUN: tasd-opt %s --tasd-plan=series=2:4 --tasd-lower-to-cpu=x86 | FileCheck %s --check-prefix=X86

// No processor is assumed, unless one is named.

// CHECK: llvm.func @main
// X86: vpermps
func.func @main(%x: tensor<16x1xf32>, %c: tensor<8x1xf32>) -> tensor<8x1xf32> {
  %w = arith.constant dense<1.0> : tensor<8x16xf32>
  %r = linalg.matmul ins(%w, %x : tensor<8x16xf32>, tensor<16x1xf32>) outs(%c : tensor<8x1xf32>) -> tensor<8x1xf32>
  return %r : tensor<8x1xf32>
}
