// REQUIRES: blas
// RUN: tasd-opt %s --pass-pipeline='builtin.module(func.func(convert-linalg-to-blas{min-macs=0}))' | FileCheck %s
// RUN: tasd-opt %s --pass-pipeline='builtin.module(func.func(convert-linalg-to-blas{min-macs=0}))' --mlir-pass-statistics -o /dev/null 2>&1 | FileCheck %s --check-prefix=COUNTS
// RUN: tasd-opt %s --pass-pipeline='builtin.module(func.func(convert-linalg-to-blas{min-macs=193}))' | FileCheck %s --check-prefix=SMALL

// Layers become products of matrices that name the function of the runtime.

// COUNTS-DAG: (S) 7 blas-products
// COUNTS-DAG: (S) 3 layers-left

// CHECK-DAG: #[[MK:.*]] = affine_map<(d0, d1, d2) -> (d0, d2)>
// CHECK-DAG: #[[KN:.*]] = affine_map<(d0, d1, d2) -> (d2, d1)>
// CHECK-DAG: #[[NK:.*]] = affine_map<(d0, d1, d2) -> (d1, d2)>
// CHECK-DAG: #[[KM:.*]] = affine_map<(d0, d1, d2) -> (d2, d0)>
// CHECK-DAG: #[[MN:.*]] = affine_map<(d0, d1, d2) -> (d0, d1)>

// A layer of fewer multiply-adds than a call is worth is left.
// CHECK-LABEL: @matmul
// CHECK-SAME: %[[A:.*]]: tensor<4x8xf32>, %[[B:.*]]: tensor<8x6xf32>, %[[C:.*]]: tensor<4x6xf32>
// CHECK-NEXT: linalg.generic {indexing_maps = [#[[MK]], #[[KN]], #[[MN]]]
// CHECK-SAME: library_call = "tasd_runtime_gemm"
// CHECK-SAME: ins(%[[A]], %[[B]] : {{.*}}) outs(%[[C]] :
// SMALL-LABEL: @matmul
// SMALL: linalg.matmul
func.func @matmul(%a: tensor<4x8xf32>, %b: tensor<8x6xf32>, %c: tensor<4x6xf32>) -> tensor<4x6xf32> {
  %0 = linalg.matmul ins(%a, %b : tensor<4x8xf32>, tensor<8x6xf32>) outs(%c : tensor<4x6xf32>) -> tensor<4x6xf32>
  return %0 : tensor<4x6xf32>
}

// Transposed operands are taken as they lie.
// CHECK-LABEL: @transposed
// CHECK: linalg.generic {indexing_maps = [#[[KM]], #[[NK]], #[[MN]]]
func.func @transposed(%a: tensor<8x?xf64>, %b: tensor<6x8xf64>, %c: tensor<?x6xf64>) -> tensor<?x6xf64> {
  %0 = linalg.matmul indexing_maps = [affine_map<(m, n, k) -> (k, m)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]
    ins(%a, %b : tensor<8x?xf64>, tensor<6x8xf64>) outs(%c : tensor<?x6xf64>) -> tensor<?x6xf64>
  return %0 : tensor<?x6xf64>
}

// CHECK-LABEL: @batch
// CHECK: scf.for
// CHECK: linalg.generic {indexing_maps = [#[[MK]], #[[KN]], #[[MN]]]
// CHECK-SAME: tensor<4x8xf32>, tensor<8x6xf32>
func.func @batch(%a: tensor<?x4x8xf32>, %b: tensor<?x8x6xf32>, %c: tensor<?x4x6xf32>) -> tensor<?x4x6xf32> {
  %0 = linalg.batch_matmul ins(%a, %b : tensor<?x4x8xf32>, tensor<?x8x6xf32>) outs(%c : tensor<?x4x6xf32>) -> tensor<?x4x6xf32>
  return %0 : tensor<?x4x6xf32>
}

// CHECK-LABEL: @matvec
// CHECK: linalg.generic {{.*}} library_call
// CHECK-SAME: tensor<1x6xf32>
func.func @matvec(%a: tensor<6x8xf32>, %b: tensor<8xf32>, %c: tensor<6xf32>) -> tensor<6xf32> {
  %0 = linalg.matvec ins(%a, %b : tensor<6x8xf32>, tensor<8xf32>) outs(%c : tensor<6xf32>) -> tensor<6xf32>
  return %0 : tensor<6xf32>
}

// A window of one position needs no copy.
// CHECK-LABEL: @pointwise
// CHECK-NOT: tensor.empty
// CHECK: linalg.generic {{.*}} library_call
// CHECK-SAME: tensor<50x3xf32>, tensor<3x8xf32>
func.func @pointwise(%x: tensor<2x5x5x3xf32>, %w: tensor<1x1x3x8xf32>, %c: tensor<2x5x5x8xf32>) -> tensor<2x5x5x8xf32> {
  %0 = linalg.conv_2d_nhwc_hwcf ins(%x, %w : tensor<2x5x5x3xf32>, tensor<1x1x3x8xf32>) outs(%c : tensor<2x5x5x8xf32>) -> tensor<2x5x5x8xf32>
  return %0 : tensor<2x5x5x8xf32>
}

// Other windows are gathered.
// CHECK-LABEL: @windows
// CHECK: tensor.empty() : tensor<4x4x3x3x3xf32>
// CHECK: linalg.generic {{.*}} library_call
// CHECK-SAME: tensor<16x27xf32>, tensor<27x8xf32>
func.func @windows(%x: tensor<1x6x6x3xf32>, %w: tensor<3x3x3x8xf32>, %c: tensor<1x4x4x8xf32>) -> tensor<1x4x4x8xf32> {
  %0 = linalg.conv_2d_nhwc_hwcf ins(%x, %w : tensor<1x6x6x3xf32>, tensor<3x3x3x8xf32>) outs(%c : tensor<1x4x4x8xf32>) -> tensor<1x4x4x8xf32>
  return %0 : tensor<1x4x4x8xf32>
}

// Operands of a smaller type are widened first.
// CHECK-LABEL: @widened
// CHECK: arith.extf
// CHECK: linalg.generic {{.*}} library_call
// CHECK: arith.truncf
func.func @widened(%a: tensor<4x8xf16>, %b: tensor<8x6xf16>, %c: tensor<4x6xf16>) -> tensor<4x6xf16> {
  %0 = linalg.matmul ins(%a, %b : tensor<4x8xf16>, tensor<8x6xf16>) outs(%c : tensor<4x6xf16>) -> tensor<4x6xf16>
  return %0 : tensor<4x6xf16>
}

// CHECK-LABEL: @integers
// CHECK: linalg.matmul
func.func @integers(%a: tensor<4x8xi32>, %b: tensor<8x6xi32>, %c: tensor<4x6xi32>) -> tensor<4x6xi32> {
  %0 = linalg.matmul ins(%a, %b : tensor<4x8xi32>, tensor<8x6xi32>) outs(%c : tensor<4x6xi32>) -> tensor<4x6xi32>
  return %0 : tensor<4x6xi32>
}

// CHECK-LABEL: @empty
// CHECK: linalg.matmul
func.func @empty(%a: tensor<4x0xf32>, %b: tensor<0x6xf32>, %c: tensor<4x6xf32>) -> tensor<4x6xf32> {
  %0 = linalg.matmul ins(%a, %b : tensor<4x0xf32>, tensor<0x6xf32>) outs(%c : tensor<4x6xf32>) -> tensor<4x6xf32>
  return %0 : tensor<4x6xf32>
}

// CHECK-LABEL: @depthwise
// CHECK: linalg.depthwise_conv_2d_nhwc_hwc
func.func @depthwise(%x: tensor<1x6x6x3xf32>, %w: tensor<3x3x3xf32>, %c: tensor<1x4x4x3xf32>) -> tensor<1x4x4x3xf32> {
  %0 = linalg.depthwise_conv_2d_nhwc_hwc ins(%x, %w : tensor<1x6x6x3xf32>, tensor<3x3x3xf32>) outs(%c : tensor<1x4x4x3xf32>) -> tensor<1x4x4x3xf32>
  return %0 : tensor<1x4x4x3xf32>
}
