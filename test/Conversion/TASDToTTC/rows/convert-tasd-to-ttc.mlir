// RUN: tasd-opt %s --convert-linalg-to-tasd --tasd-pack \
// RUN:   --convert-tasd-to-ttc=machine=ttc-vegeta-m8 --tasd-verify-ttc \
// RUN:   | FileCheck %s

// Rows of packed terms, as programs read them.

// Blocks along the window and the channels: a row for each filter.
// CHECK-LABEL: func.func @filter
// CHECK-NOT: linalg
// CHECK: ttc.launch @filter_conv ins(%{{[^:]*}} : tensor<8x36xi8>, tensor<8x14xi8>,
func.func @filter(%x: tensor<1x9x9x8xi8>, %z: tensor<1x7x7x8xi32>) -> tensor<1x7x7x8xi32> {
  %w = arith.constant dense<1> : tensor<3x3x8x8xi8>
  %r = linalg.conv_2d_nhwc_hwcf {tasd.plan = #tasd.plan<dense, 4:8 along [0, 1, 2] at compile_time>}
      ins(%x, %w : tensor<1x9x9x8xi8>, tensor<3x3x8x8xi8>)
      outs(%z : tensor<1x7x7x8xi32>) -> tensor<1x7x7x8xi32> loc("filter_conv")
  return %r : tensor<1x7x7x8xi32>
}

// Blocks along the channels alone: the rows of a filter's taps become one.
// CHECK-LABEL: func.func @taps
// CHECK: linalg.transpose ins(%{{.*}} : tensor<3x3x8x8xi8>) outs(%{{.*}}) permutation = [2, 0, 1, 3]
// CHECK: tensor.collapse_shape %{{.*}} {{\[}}[0], [1, 2, 3]] : tensor<8x3x3x8xi8> into tensor<8x72xi8>
// CHECK: ttc.launch @taps_conv ins(%{{[^:]*}} : tensor<8x72xi8>, tensor<8x27xi8>,
func.func @taps(%x: tensor<1x9x9x16xi8>, %z: tensor<1x7x7x8xi32>) -> tensor<1x7x7x8xi32> {
  %w = arith.constant dense<1> : tensor<3x3x16x8xi8>
  %r = linalg.conv_2d_nhwc_hwcf {tasd.plan = #tasd.plan<dense, 4:8 along [2] at compile_time>}
      ins(%x, %w : tensor<1x9x9x16xi8>, tensor<3x3x16x8xi8>)
      outs(%z : tensor<1x7x7x8xi32>) -> tensor<1x7x7x8xi32> loc("taps_conv")
  return %r : tensor<1x7x7x8xi32>
}

// The batch counts products: it comes before the rows.
// CHECK-LABEL: func.func @batch
// CHECK: linalg.transpose ins(%{{.*}} : tensor<4x3x16xi8>) outs(%{{.*}}) permutation = [1, 0, 2]
// CHECK: ttc.launch @batch_matmul
func.func @batch(%b: tensor<3x32x8xi8>, %z: tensor<3x4x8xi32>) -> tensor<3x4x8xi32> {
  %w = arith.constant dense<1> : tensor<4x3x32xi8>
  %r = linalg.generic {
      indexing_maps = [affine_map<(g, m, n, k) -> (m, g, k)>,
                       affine_map<(g, m, n, k) -> (g, k, n)>,
                       affine_map<(g, m, n, k) -> (g, m, n)>],
      iterator_types = ["parallel", "parallel", "parallel", "reduction"],
      tasd.plan = #tasd.plan<4:8 along [2] at compile_time, dense>}
      ins(%w, %b : tensor<4x3x32xi8>, tensor<3x32x8xi8>)
      outs(%z : tensor<3x4x8xi32>) {
    ^bb0(%x: i8, %y: i8, %s: i32):
      %0 = arith.extsi %x : i8 to i32
      %1 = arith.extsi %y : i8 to i32
      %2 = arith.muli %0, %1 : i32
      %3 = arith.addi %s, %2 : i32
      linalg.yield %3 : i32
  } -> tensor<3x4x8xi32> loc("batch_matmul")
  return %r : tensor<3x4x8xi32>
}

// Channels of an activation that are no whole blocks: both inputs are padded.
// CHECK-LABEL: func.func @ragged
// CHECK: tensor.pad %{{.*}} low[0, 0, 0, 0] high[0, 0, 3, 0]
// CHECK: tensor<3x3x5x8xi8> to tensor<3x3x8x8xi8>
// CHECK: tensor.pad %{{.*}} low[0, 0, 0, 0] high[0, 0, 0, 3]
// CHECK: tensor<1x9x9x5xi8> to tensor<1x9x9x8xi8>
// CHECK: ttc.launch @ragged_conv
func.func @ragged(%x: tensor<1x9x9x5xi8>, %z: tensor<1x7x7x8xi32>) -> tensor<1x7x7x8xi32> {
  %w = arith.constant dense<1> : tensor<3x3x5x8xi8>
  %r = linalg.conv_2d_nhwc_hwcf {tasd.plan = #tasd.plan<4:8 along [3] at run_time, dense>}
      ins(%x, %w : tensor<1x9x9x5xi8>, tensor<3x3x5x8xi8>)
      outs(%z : tensor<1x7x7x8xi32>) -> tensor<1x7x7x8xi32> loc("ragged_conv")
  return %r : tensor<1x7x7x8xi32>
}

// CHECK-LABEL: ttc.program @filter_conv
// CHECK: ttc.argument "a" : !ttc.packed<1x8x72xsi8, 4:8>
// CHECK: ttc.argument "b" axes <batch [], rows [7 on 1, 7 on 2], columns [3 on 1, 3 on 2, 8 on 3]>
// CHECK-LABEL: ttc.program @taps_conv
// CHECK: ttc.argument "a" : !ttc.packed<1x8x144xsi8, 4:8>
// CHECK-LABEL: ttc.program @batch_matmul
// CHECK: ttc.argument "a" : !ttc.packed<3x4x32xsi8, 4:8>
// CHECK-LABEL: ttc.program @ragged_conv
// CHECK: ttc.argument "a" axes <batch [], rows [7 on 1, 7 on 2], columns [3 on 1, 3 on 2, 8 on 3]>
