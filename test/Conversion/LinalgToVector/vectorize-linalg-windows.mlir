// RUN: tasd-opt %s --pass-pipeline='builtin.module(func.func(tasd-vectorize-linalg,canonicalize))' | FileCheck %s

// Convolutions gather their windows tile by tile; what has no matrix product gets
// its contiguous loop innermost.

// CHECK-DAG: #[[WINDOW:.*]] = affine_map<(d0, d1, d2, d3, d4) -> (0, d0 + d2, d1 + d3, d4)>
// CHECK-DAG: #[[DEPTHWISE:.*]] = affine_map<(d0, d1, d2, d3, d4, d5) -> (d0, d1 + d3, d2 + d4, d5)>

// CHECK-LABEL: func @channels_last
// CHECK-SAME: %[[X:.*]]: tensor<?x16x16x8xf32>, %[[W:.*]]: tensor<3x3x8x20xf32>
func.func @channels_last(%x: tensor<?x16x16x8xf32>, %w: tensor<3x3x8x20xf32>,
                         %y: tensor<?x14x14x20xf32>) -> tensor<?x14x14x20xf32> {
  // The filter is packed once, before the loop over images.
  // CHECK: tensor.collapse_shape %[[W]] {{.*}} into tensor<72x20xf32>
  // CHECK: %[[PANELS:.*]] = linalg.generic
  // CHECK: scf.for %[[IMAGE:[a-z0-9]+]] =
  // CHECK: tensor.extract_slice %[[X]][%[[IMAGE]], 0, 0, 0] [1, 16, 16, 8]
  // CHECK: linalg.generic {indexing_maps = [#[[WINDOW]],
  // CHECK: tensor.collapse_shape {{.*}} into tensor<196x72xf32>
  // CHECK: vector.fma
  // CHECK: tensor.insert_slice
  %0 = linalg.conv_2d_nhwc_hwcf
    ins(%x, %w : tensor<?x16x16x8xf32>, tensor<3x3x8x20xf32>)
    outs(%y : tensor<?x14x14x20xf32>) -> tensor<?x14x14x20xf32>
  return %0 : tensor<?x14x14x20xf32>
}

// CHECK-LABEL: func @pointwise
func.func @pointwise(%x: tensor<2x4x4x8xf32>, %w: tensor<1x1x8x16xf32>,
                     %y: tensor<2x4x4x16xf32>) -> tensor<2x4x4x16xf32> {
  // CHECK-NOT: linalg.generic
  // CHECK: tensor.collapse_shape {{.*}} into tensor<32x8xf32>
  // CHECK: vector.fma
  // CHECK: tensor.expand_shape {{.*}} into tensor<2x4x4x16xf32>
  %0 = linalg.conv_2d_nhwc_hwcf
    ins(%x, %w : tensor<2x4x4x8xf32>, tensor<1x1x8x16xf32>)
    outs(%y : tensor<2x4x4x16xf32>) -> tensor<2x4x4x16xf32>
  return %0 : tensor<2x4x4x16xf32>
}

// CHECK-LABEL: func @depthwise
func.func @depthwise(%x: tensor<1x6x6x8xf32>, %w: tensor<3x3x8xf32>,
                     %y: tensor<1x4x4x8xf32>) -> tensor<1x4x4x8xf32> {
  // CHECK: linalg.generic {indexing_maps = [#[[DEPTHWISE]],
  // CHECK-SAME: "reduction", "reduction", "parallel"]
  %0 = linalg.depthwise_conv_2d_nhwc_hwc
    ins(%x, %w : tensor<1x6x6x8xf32>, tensor<3x3x8xf32>)
    outs(%y : tensor<1x4x4x8xf32>) -> tensor<1x4x4x8xf32>
  return %0 : tensor<1x4x4x8xf32>
}

// What no window reaches is cut off where a loop alone is left to index it.
// CHECK-LABEL: func @larger_input
// CHECK-SAME: %[[X:.*]]: tensor<4xf32>
func.func @larger_input(%x: tensor<4xf32>, %w: tensor<3xf32>,
                        %y: tensor<1xf32>) -> tensor<1xf32> {
  // CHECK: tensor.extract_slice %[[X]][0] [3] [1]
  // CHECK: vector.
  %0 = linalg.conv_1d ins(%x, %w : tensor<4xf32>, tensor<3xf32>)
                      outs(%y : tensor<1xf32>) -> tensor<1xf32>
  return %0 : tensor<1xf32>
}
