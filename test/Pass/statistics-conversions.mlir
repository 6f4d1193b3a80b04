// RUN: tasd-opt %s --pass-pipeline="builtin.module(tasd-inline-globals,tasd-decompose-linalg,tasd-mark-entry-points,convert-linalg-to-tasd,tasd-pack,func.func(convert-tasd-to-vector,tasd-vectorize-linalg))" \
// RUN:   --mlir-pass-statistics -o /dev/null 2>&1 | FileCheck %s
// RUN: tasd-opt %s --pass-pipeline="builtin.module(tasd-inline-globals,tasd-decompose-linalg,tasd-mark-entry-points,convert-linalg-to-tasd,tasd-pack,func.func(convert-tasd-to-vector,tasd-vectorize-linalg))" \
// RUN:   --mlir-disable-threading --mlir-pass-statistics -o /dev/null 2>&1 | FileCheck %s

// The counts of the passes on the way to LLVM. Those of a pass on functions are
// added up over the threads.

// CHECK:      convert-linalg-to-tasd
// CHECK-NEXT: (S) 4 layers-converted
// CHECK-NEXT: (S) 5 operands-decomposed

// CHECK-NEXT: convert-tasd-to-vector
// CHECK-NEXT: (S) 4 packed-kernels
// CHECK-NEXT: (S) 1 series-composed

// CHECK-NEXT: tasd-decompose-linalg
// CHECK-NEXT: (S) 1 ops-decomposed

// CHECK-NEXT: tasd-inline-globals
// CHECK-NEXT: (S) 1 globals-erased
// CHECK-NEXT: (S) 2 loads-inlined

// CHECK-NEXT: tasd-mark-entry-points
// CHECK-NEXT: (S) 6 entry-points
// CHECK-NEXT: (S) 1 results-copied

// CHECK:      tasd-vectorize-linalg
// CHECK-NEXT: (S) 1 column-kernels
// CHECK-NEXT: (S) 1 depth-kernels
// CHECK-NEXT: (S) 1 layers-left
// CHECK-NEXT: (S) 1 loops-interchanged

ml_program.global private @weights(dense<1.0> : tensor<8x3xf32>) : tensor<8x3xf32>

func.func @planned_0(%x: tensor<2x8xf32>, %init: tensor<2x3xf32>) -> tensor<2x3xf32> {
  %w = ml_program.global_load @weights : tensor<8x3xf32>
  %r = linalg.matmul {tasd.plan = #tasd.plan<dense, 2:4 along [0] at compile_time>}
      ins(%x, %w : tensor<2x8xf32>, tensor<8x3xf32>)
      outs(%init : tensor<2x3xf32>) -> tensor<2x3xf32>
  return %r : tensor<2x3xf32>
}
func.func @planned_1(%x: tensor<2x8xf32>, %init: tensor<2x3xf32>) -> tensor<2x3xf32> {
  %w = ml_program.global_load @weights : tensor<8x3xf32>
  %r = linalg.matmul {tasd.plan = #tasd.plan<dense, 2:4 along [0] at compile_time>}
      ins(%x, %w : tensor<2x8xf32>, tensor<8x3xf32>)
      outs(%init : tensor<2x3xf32>) -> tensor<2x3xf32>
  return %r : tensor<2x3xf32>
}
func.func @planned_both(%x: tensor<2x8xf32>, %v: tensor<8x3xf32>, %init: tensor<2x3xf32>)
    -> (tensor<2x3xf32>, tensor<2x3xf32>) {
  %a = linalg.matmul {tasd.plan = #tasd.plan<2:4 along [1] at run_time, dense>}
      ins(%x, %v : tensor<2x8xf32>, tensor<8x3xf32>)
      outs(%init : tensor<2x3xf32>) -> tensor<2x3xf32>
  %b = linalg.matmul {tasd.plan = #tasd.plan<2:4 along [1] at run_time, 1:4 along [0] at run_time>}
      ins(%x, %v : tensor<2x8xf32>, tensor<8x3xf32>)
      outs(%init : tensor<2x3xf32>) -> tensor<2x3xf32>
  return %a, %b : tensor<2x3xf32>, tensor<2x3xf32>
}
func.func @columns(%x: tensor<64x64xf32>, %v: tensor<64x64xf32>, %init: tensor<64x64xf32>) -> tensor<64x64xf32> {
  %r = linalg.matmul ins(%x, %v : tensor<64x64xf32>, tensor<64x64xf32>)
      outs(%init : tensor<64x64xf32>) -> tensor<64x64xf32>
  return %r : tensor<64x64xf32>
}
func.func @depth(%x: tensor<64x64xf32>, %v: tensor<64xf32>, %init: tensor<64xf32>) -> (tensor<64xf32>, tensor<64xf32>) {
  %r = linalg.matvec ins(%x, %v : tensor<64x64xf32>, tensor<64xf32>)
      outs(%init : tensor<64xf32>) -> tensor<64xf32>
  return %r, %r : tensor<64xf32>, tensor<64xf32>
}
func.func @left(%x: tensor<1x6x6x8xf32>, %k: tensor<3x3x8xf32>, %init: tensor<1x4x4x8xf32>, %s: tensor<2x8xf32>)
    -> (tensor<1x4x4x8xf32>, tensor<2x8xf32>) {
  %r = linalg.depthwise_conv_2d_nhwc_hwc
      ins(%x, %k : tensor<1x6x6x8xf32>, tensor<3x3x8xf32>)
      outs(%init : tensor<1x4x4x8xf32>) -> tensor<1x4x4x8xf32>
  %t = linalg.softmax dimension(1) ins(%s : tensor<2x8xf32>) outs(%s : tensor<2x8xf32>) -> tensor<2x8xf32>
  return %r, %t : tensor<1x4x4x8xf32>, tensor<2x8xf32>
}
