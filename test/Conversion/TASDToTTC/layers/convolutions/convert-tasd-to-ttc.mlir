// RUN: tasd-opt %s --convert-tasd-to-ttc=machine=ttc-vegeta-m8 --tasd-verify-ttc \
// RUN:   | FileCheck %s

// The axes of convolutions: windows, strides and dilations are digits of the
// coordinates, so that no image is unrolled.

// CHECK-LABEL: ttc.program @"nhwc/conv_2d_nhwc_hwcf#0"
// CHECK: %a = ttc.argument "a" axes <batch [], rows [2 on 0, 4 on 1 by 2, 4 on 2 by 2], columns [3 on 1, 3 on 2, 4 on 3]> : !ttc.tensor<2x9x9x4xsi8>
// CHECK: %b = ttc.argument "b" axes <batch [], rows [8 on 3], columns [3 on 0, 3 on 1, 4 on 2]> : !ttc.tensor<3x3x4x8xsi8>
// CHECK: %z = ttc.argument "z" axes <batch [], rows [2 on 0, 4 on 1, 4 on 2], columns [8 on 3]> : !ttc.tensor<2x4x4x8xsi32>
func.func @nhwc(%x: tensor<2x9x9x4xi8>,
    %w: tensor<3x3x4x8xi8>,
    %z: tensor<2x4x4x8xi32>) -> tensor<2x4x4x8xi32> {
  %r = linalg.conv_2d_nhwc_hwcf {strides = dense<2> : tensor<2xi64>}
      ins(%x, %w : tensor<2x9x9x4xi8>, tensor<3x3x4x8xi8>)
      outs(%z : tensor<2x4x4x8xi32>) -> tensor<2x4x4x8xi32>
  return %r : tensor<2x4x4x8xi32>
}

// The window comes before the channels, whatever the layout.
// CHECK-LABEL: ttc.program @"nchw/conv_2d_nchw_fchw#0"
// CHECK: %a = ttc.argument "a" axes <batch [], rows [2 on 0, 5 on 2, 5 on 3], columns [3 on 2 by 2, 3 on 3 by 2, 4 on 1]> : !ttc.tensor<2x4x9x9xsi8>
// CHECK: %b = ttc.argument "b" axes <batch [], rows [8 on 0], columns [3 on 2, 3 on 3, 4 on 1]> : !ttc.tensor<8x4x3x3xsi8>
// CHECK: %z = ttc.argument "z" axes <batch [], rows [2 on 0, 5 on 2, 5 on 3], columns [8 on 1]> : !ttc.tensor<2x8x5x5xsi32>
func.func @nchw(%x: tensor<2x4x9x9xi8>,
    %w: tensor<8x4x3x3xi8>,
    %z: tensor<2x8x5x5xi32>) -> tensor<2x8x5x5xi32> {
  %r = linalg.conv_2d_nchw_fchw {dilations = dense<2> : tensor<2xi64>}
      ins(%x, %w : tensor<2x4x9x9xi8>, tensor<8x4x3x3xi8>)
      outs(%z : tensor<2x8x5x5xi32>) -> tensor<2x8x5x5xi32>
  return %r : tensor<2x8x5x5xi32>
}

// CHECK-LABEL: ttc.program @"grouped/conv_2d_ngchw_gfchw#0"
// CHECK: %a = ttc.argument "a" axes <batch [2 on 1], rows [2 on 0, 7 on 3, 7 on 4], columns [3 on 3, 3 on 4, 4 on 2]> : !ttc.tensor<2x2x4x9x9xsi8>
// CHECK: %b = ttc.argument "b" axes <batch [2 on 0], rows [8 on 1], columns [3 on 3, 3 on 4, 4 on 2]> : !ttc.tensor<2x8x4x3x3xsi8>
// CHECK: %z = ttc.argument "z" axes <batch [2 on 1], rows [2 on 0, 7 on 3, 7 on 4], columns [8 on 2]> : !ttc.tensor<2x2x8x7x7xsi32>
func.func @grouped(%x: tensor<2x2x4x9x9xi8>,
    %w: tensor<2x8x4x3x3xi8>,
    %z: tensor<2x2x8x7x7xi32>) -> tensor<2x2x8x7x7xi32> {
  %r = linalg.conv_2d_ngchw_gfchw
      ins(%x, %w : tensor<2x2x4x9x9xi8>, tensor<2x8x4x3x3xi8>)
      outs(%z : tensor<2x2x8x7x7xi32>) -> tensor<2x2x8x7x7xi32>
  return %r : tensor<2x2x8x7x7xi32>
}

// Each channel is a product of its own.
// CHECK-LABEL: ttc.program @"depthwise/depthwise_conv_2d_nhwc_hwc#0"
// CHECK: %a = ttc.argument "a" axes <batch [8 on 3], rows [2 on 0, 7 on 1, 7 on 2], columns [3 on 1, 3 on 2]> : !ttc.tensor<2x9x9x8xsi8>
// CHECK: %b = ttc.argument "b" axes <batch [8 on 2], rows [], columns [3 on 0, 3 on 1]> : !ttc.tensor<3x3x8xsi8>
// CHECK: %z = ttc.argument "z" axes <batch [8 on 3], rows [2 on 0, 7 on 1, 7 on 2], columns []> : !ttc.tensor<2x7x7x8xsi32>
func.func @depthwise(%x: tensor<2x9x9x8xi8>,
    %w: tensor<3x3x8xi8>,
    %z: tensor<2x7x7x8xi32>) -> tensor<2x7x7x8xi32> {
  %r = linalg.depthwise_conv_2d_nhwc_hwc
      ins(%x, %w : tensor<2x9x9x8xi8>, tensor<3x3x8xi8>)
      outs(%z : tensor<2x7x7x8xi32>) -> tensor<2x7x7x8xi32>
  return %r : tensor<2x7x7x8xi32>
}

// CHECK-LABEL: ttc.program @"conv1d/conv_1d#0"
// CHECK: %a = ttc.argument "a" axes <batch [], rows [16 on 0], columns [5 on 0]> : !ttc.tensor<20xf32>
// CHECK: %b = ttc.argument "b" axes <batch [], rows [], columns [5 on 0]> : !ttc.tensor<5xf32>
// CHECK: %z = ttc.argument "z" axes <batch [], rows [16 on 0], columns []> : !ttc.tensor<16xf32>
func.func @conv1d(%x: tensor<20xf32>,
    %w: tensor<5xf32>,
    %z: tensor<16xf32>) -> tensor<16xf32> {
  %r = linalg.conv_1d
      ins(%x, %w : tensor<20xf32>, tensor<5xf32>)
      outs(%z : tensor<16xf32>) -> tensor<16xf32>
  return %r : tensor<16xf32>
}

// CHECK-LABEL: ttc.program @"conv3d/conv_3d_ndhwc_dhwcf#0"
// CHECK: %a = ttc.argument "a" axes <batch [], rows [4 on 1, 4 on 2, 4 on 3], columns [3 on 1, 3 on 2, 3 on 3, 2 on 4]> : !ttc.tensor<1x6x6x6x2xf32>
// CHECK: %b = ttc.argument "b" axes <batch [], rows [4 on 4], columns [3 on 0, 3 on 1, 3 on 2, 2 on 3]> : !ttc.tensor<3x3x3x2x4xf32>
// CHECK: %z = ttc.argument "z" axes <batch [], rows [4 on 1, 4 on 2, 4 on 3], columns [4 on 4]> : !ttc.tensor<1x4x4x4x4xf32>
func.func @conv3d(%x: tensor<1x6x6x6x2xf32>,
    %w: tensor<3x3x3x2x4xf32>,
    %z: tensor<1x4x4x4x4xf32>) -> tensor<1x4x4x4x4xf32> {
  %r = linalg.conv_3d_ndhwc_dhwcf
      ins(%x, %w : tensor<1x6x6x6x2xf32>, tensor<3x3x3x2x4xf32>)
      outs(%z : tensor<1x4x4x4x4xf32>) -> tensor<1x4x4x4x4xf32>
  return %r : tensor<1x4x4x4x4xf32>
}

// Pixels and taps stand in the order of the image, whatever the order of the loops:
// neighbours share what they touch.
// CHECK-LABEL: ttc.program @"turned/generic#0"
// CHECK: %a = ttc.argument "a" axes <batch [], rows [2 on 0, 4 on 1 by 2, 7 on 2], columns [3 on 1, 3 on 2, 4 on 3]> : !ttc.tensor<2x9x9x4xsi8>
// CHECK: %b = ttc.argument "b" axes <batch [], rows [8 on 3], columns [3 on 0, 3 on 1, 4 on 2]> : !ttc.tensor<3x3x4x8xsi8>
// CHECK: %z = ttc.argument "z" axes <batch [], rows [2 on 0, 4 on 1, 7 on 2], columns [8 on 3]> : !ttc.tensor<2x4x7x8xsi32>
func.func @turned(%x: tensor<2x9x9x4xi8>,
    %w: tensor<3x3x4x8xi8>,
    %z: tensor<2x4x7x8xi32>) -> tensor<2x4x7x8xi32> {
  %r = linalg.generic {
      indexing_maps = [affine_map<(ow, oh, n, f, c, kw, kh) -> (n, oh * 2 + kh, ow + kw, c)>,
                       affine_map<(ow, oh, n, f, c, kw, kh) -> (kh, kw, c, f)>,
                       affine_map<(ow, oh, n, f, c, kw, kh) -> (n, oh, ow, f)>],
      iterator_types = ["parallel", "parallel", "parallel", "parallel",
                        "reduction", "reduction", "reduction"]}
      ins(%x, %w : tensor<2x9x9x4xi8>, tensor<3x3x4x8xi8>)
      outs(%z : tensor<2x4x7x8xi32>) {
  ^bb0(%in: i8, %weight: i8, %sum: i32):
    %0 = arith.extsi %in : i8 to i32
    %1 = arith.extsi %weight : i8 to i32
    %2 = arith.muli %0, %1 : i32
    %3 = arith.addi %sum, %2 : i32
    linalg.yield %3 : i32
  } -> tensor<2x4x7x8xi32>
  return %r : tensor<2x4x7x8xi32>
}
