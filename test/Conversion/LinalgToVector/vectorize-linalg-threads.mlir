// RUN: tasd-opt %s --tasd-vectorize-linalg=threads=2 | FileCheck %s
// RUN: tasd-opt %s --tasd-vectorize-linalg | FileCheck %s --check-prefix=ONE

// Threads share the tiles of a layer, else its columns or rows.

// ONE-NOT: scf.forall

// Both tiles of windows, each of which is gathered by one thread.
// CHECK-LABEL: func @tiles(
// CHECK: scf.forall (%{{.*}}) = (0) to (64) step (2)
// CHECK-NOT: scf.forall
// CHECK: vector.fma
func.func @tiles(%x: tensor<1x66x34x64xf32>, %w: tensor<3x3x64x64xf32>,
                 %y: tensor<1x64x32x64xf32>) -> tensor<1x64x32x64xf32> {
  %0 = linalg.conv_2d_nhwc_hwcf ins(%x, %w : tensor<1x66x34x64xf32>, tensor<3x3x64x64xf32>)
    outs(%y : tensor<1x64x32x64xf32>) -> tensor<1x64x32x64xf32>
  return %0 : tensor<1x64x32x64xf32>
}

// CHECK-LABEL: func @columns(
// CHECK: scf.forall (%[[J:.*]]) = (0) to (512) step (256)
// CHECK: tensor.extract_slice %{{.*}}[0, %[[J]]] [96, 256]
func.func @columns(%a: tensor<128x96xf32>, %b: tensor<96x512xf32>,
                   %c: tensor<128x512xf32>) -> tensor<128x512xf32> {
  %0 = linalg.matmul ins(%a, %b : tensor<128x96xf32>, tensor<96x512xf32>)
    outs(%c : tensor<128x512xf32>) -> tensor<128x512xf32>
  return %0 : tensor<128x512xf32>
}

// CHECK-LABEL: func @rows(
// CHECK: scf.forall (%[[I:.*]]) = (0) to (512) step (256)
// CHECK: tensor.extract_slice %{{.*}}[%[[I]], 0] [256, 96]
func.func @rows(%a: tensor<512x96xf32>, %b: tensor<96x10xf32>,
                %c: tensor<512x10xf32>) -> tensor<512x10xf32> {
  %0 = linalg.matmul ins(%a, %b : tensor<512x96xf32>, tensor<96x10xf32>)
    outs(%c : tensor<512x10xf32>) -> tensor<512x10xf32>
  return %0 : tensor<512x10xf32>
}

// 192 rows of the reduction in lanes would be 96, for which another kernel is
// chosen, whose sums are others.
// CHECK-LABEL: func @kernel(
// CHECK: scf.forall
// CHECK: vector.fma
// CHECK-NOT: vector.reduction
func.func @kernel(%a: tensor<192x512xf32>, %b: tensor<40x512xf32>,
                  %c: tensor<192x40xf32>) -> tensor<192x40xf32> {
  %0 = linalg.matmul
    indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>,
                     affine_map<(m, n, k) -> (m, n)>]
    ins(%a, %b : tensor<192x512xf32>, tensor<40x512xf32>)
    outs(%c : tensor<192x40xf32>) -> tensor<192x40xf32>
  return %0 : tensor<192x40xf32>
}

// CHECK-LABEL: func @small(
// CHECK-NOT: scf.forall
func.func @small(%a: tensor<32x32xf32>, %b: tensor<32x128xf32>,
                 %c: tensor<32x128xf32>) -> tensor<32x128xf32> {
  %0 = linalg.matmul ins(%a, %b : tensor<32x32xf32>, tensor<32x128xf32>)
    outs(%c : tensor<32x128xf32>) -> tensor<32x128xf32>
  return %0 : tensor<32x128xf32>
}
