// RUN: tasd-opt %s --tasd-linalg-to-llvm | FileCheck %s --check-prefixes=CHECK,FAST
// RUN: tasd-opt %s --tasd-linalg-to-loops | FileCheck %s --check-prefixes=CHECK,LOOPS

// Both ways end in the LLVM dialect, need no runtime but malloc, free and libm,
// and share a calling convention.

// CHECK-NOT: memrefCopy
// CHECK-NOT: unrealized_conversion_cast

// A result that is a constant is copied: the caller frees it.
// CHECK-LABEL: llvm.func @constant
// CHECK: llvm.call @malloc
// CHECK: llvm.func @_mlir_ciface_constant
func.func @constant() -> tensor<4xf32> {
  %0 = arith.constant dense<[1.0, 2.0, 3.0, 4.0]> : tensor<4xf32>
  return %0 : tensor<4xf32>
}

// CHECK-LABEL: llvm.func @layer
// FAST: llvm.intr.fmuladd({{.*}}) : (vector<8xf32>
// LOOPS: llvm.fmul
// LOOPS-NOT: vector<
// CHECK-LABEL: llvm.func @_mlir_ciface_layer
func.func @layer(%x: tensor<?x16xf32>, %w: tensor<16x16xf32>,
                 %y: tensor<?x16xf32>) -> tensor<?x16xf32> {
  %0 = linalg.matmul ins(%x, %w : tensor<?x16xf32>, tensor<16x16xf32>)
                     outs(%y : tensor<?x16xf32>) -> tensor<?x16xf32>
  return %0 : tensor<?x16xf32>
}

// bf16 needs no conversion functions of a runtime.
// CHECK-LABEL: llvm.func @round
// CHECK-NOT: llvm.fptrunc
// CHECK: llvm.return
func.func @round(%x: tensor<4xf32>, %y: tensor<4xbf16>) -> tensor<4xbf16> {
  %0 = linalg.generic {indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> (i)>],
                       iterator_types = ["parallel"]}
    ins(%x : tensor<4xf32>) outs(%y : tensor<4xbf16>) {
  ^bb0(%a: f32, %b: bf16):
    %t = arith.truncf %a : f32 to bf16
    linalg.yield %t : bf16
  } -> tensor<4xbf16>
  return %0 : tensor<4xbf16>
}

// Arithmetic on whole tensors becomes loops.
// CHECK-LABEL: llvm.func @widen
// CHECK: llvm.fpext
func.func @widen(%x: tensor<4xf16>) -> tensor<4xf32> {
  %0 = arith.extf %x : tensor<4xf16> to tensor<4xf32>
  return %0 : tensor<4xf32>
}
