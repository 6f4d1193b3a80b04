// RUN: tasd-opt %s -tasd-instrument="series=2:4,2:4+1:8 block-sizes=4,8" | FileCheck %s
// RUN: tasd-opt %s -tasd-instrument --mlir-pass-statistics -o /dev/null 2>&1 | FileCheck %s --check-prefix=COUNTS
// RUN: tasd-opt %s -tasd-instrument="layers=conv*" | FileCheck %s --check-prefix=CONV
// RUN: tasd-opt %s -tasd-instrument="skip=conv*" | FileCheck %s --check-prefix=SKIP
// RUN: tasd-opt %s -tasd-instrument="machine=stc second-moments=full layers=conv" | FileCheck %s --check-prefix=FULL
// RUN: tasd-opt %s -tasd-instrument --remarks-filter=tasd --remark-format=emitRemark -o /dev/null 2>&1 | FileCheck %s --check-prefix=REMARK

// Before each layer its inputs are measured that are no constants, along the
// dimensions that a series of activations would be blocked along.

// COUNTS-DAG: (S) 5 operands-left-out
// COUNTS-DAG: (S) 4 operands-measured
// CONV: tasd.record
// CONV-NOT: tasd.record
// SKIP-COUNT-3: tasd.record
// SKIP-NOT: tasd.record
// FULL: tasd.record {{.*}} block_sizes [4] series [#tasd.series<2:4>] full_second_moments

// REMARK: [Passed] tasd-instrument | Category:tasd | Function=convolutions | input=0, layer=conv
// REMARK: [Missed] tasd-instrument {{.*}} layer=depthwise, reason="a depthwise convolution sums over no channels"

// Channels alone, whatever the layout; weights are not measured.
// CHECK-LABEL: @convolutions
// CHECK-SAME: %[[X:.*]]: tensor<?x8x8x16xf32>, %[[D:.*]]: tensor<1x8x8x4xf32>
func.func @convolutions(%x: tensor<?x8x8x16xf32>, %d: tensor<1x8x8x4xf32>, %init: tensor<?x6x6x4xf32>, %dinit: tensor<1x6x6x4xf32>) -> (tensor<?x6x6x4xf32>, tensor<1x6x6x4xf32>) {
  %w = arith.constant dense<1.0> : tensor<3x3x16x4xf32>
  %dw = arith.constant dense<1.0> : tensor<3x3x4xf32>
  // CHECK: tasd.record %[[X]] as input 0 of "conv" along [3] block_sizes [4, 8] series [#tasd.series<2:4>, #tasd.series<2:4+1:8>] : tensor<?x8x8x16xf32>
  // CHECK-NEXT: linalg.conv_2d_nhwc_hwcf
  %0 = linalg.conv_2d_nhwc_hwcf ins(%x, %w : tensor<?x8x8x16xf32>, tensor<3x3x16x4xf32>) outs(%init : tensor<?x6x6x4xf32>) -> tensor<?x6x6x4xf32> loc("conv")
  // CHECK-NOT: tasd.record
  // CHECK: linalg.depthwise_conv_2d_nhwc_hwc
  %1 = linalg.depthwise_conv_2d_nhwc_hwc ins(%d, %dw : tensor<1x8x8x4xf32>, tensor<3x3x4xf32>) outs(%dinit : tensor<1x6x6x4xf32>) -> tensor<1x6x6x4xf32> loc("depthwise")
  return %0, %1 : tensor<?x6x6x4xf32>, tensor<1x6x6x4xf32>
}

// Both inputs, each along what is summed over; the layer is named as everywhere.
// CHECK-LABEL: @scores
// CHECK-SAME: %[[Q:.*]]: tensor<2x3x8xi8>, %[[K:.*]]: tensor<2x8x5xi8>
func.func @scores(%q: tensor<2x3x8xi8>, %k: tensor<2x8x5xi8>, %init: tensor<2x3x5xi32>) -> tensor<2x3x5xi32> {
  // CHECK: tasd.record %[[Q]] as input 0 of "scores/batch_matmul#0" along [2] block_sizes
  // CHECK: tasd.record %[[K]] as input 1 of "scores/batch_matmul#0" along [1] block_sizes
  %0 = linalg.batch_matmul ins(%q, %k : tensor<2x3x8xi8>, tensor<2x8x5xi8>) outs(%init : tensor<2x3x5xi32>) -> tensor<2x3x5xi32>
  return %0 : tensor<2x3x5xi32>
}

// Inside a loop every step is measured.
// CHECK-LABEL: @loop
func.func @loop(%x: tensor<4x8xf16>, %init: tensor<4x8xf16>, %n: index) -> tensor<4x8xf16> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %w = arith.constant dense<1.0> : tensor<8x8xf16>
  // CHECK: scf.for
  // CHECK: tasd.record %{{.*}} as input 0 of "loop/matmul#0" along [1]
  %r = scf.for %i = %c0 to %n step %c1 iter_args(%a = %x) -> tensor<4x8xf16> {
    %y = linalg.matmul ins(%a, %w : tensor<4x8xf16>, tensor<8x8xf16>) outs(%init : tensor<4x8xf16>) -> tensor<4x8xf16>
    scf.yield %y : tensor<4x8xf16>
  }
  return %r : tensor<4x8xf16>
}

// What no series could be of is left out: a zero point, an element type, any
// extent.
// CHECK-LABEL: @left_out
// CHECK-NOT: tasd.record
func.func @left_out(%q: tensor<3x8xi8>, %z: i32, %s: tensor<3x8xi16>, %d: tensor<3x?xf32>, %e: tensor<?x4xf32>, %i: tensor<3x4xi32>, %f: tensor<3x4xf32>) -> (tensor<3x4xi32>, tensor<3x4xi32>, tensor<3x4xf32>) {
  %c0 = arith.constant 0 : i32
  %w = arith.constant dense<1> : tensor<8x4xi8>
  %ws = arith.constant dense<1> : tensor<8x4xi16>
  // REMARK: layer=left_out/quantized_matmul#0, reason="its zero point is not a constant 0"
  %0 = linalg.quantized_matmul ins(%q, %w, %z, %c0 : tensor<3x8xi8>, tensor<8x4xi8>, i32, i32) outs(%i : tensor<3x4xi32>) -> tensor<3x4xi32>
  // REMARK: layer=left_out/matmul#0, reason="series cannot have its element type"
  %1 = linalg.matmul ins(%s, %ws : tensor<3x8xi16>, tensor<8x4xi16>) outs(%0 : tensor<3x4xi32>) -> tensor<3x4xi32>
  // REMARK-COUNT-2: reason="blocks would run along a dimension of any extent"
  %2 = linalg.matmul ins(%d, %e : tensor<3x?xf32>, tensor<?x4xf32>) outs(%f : tensor<3x4xf32>) -> tensor<3x4xf32>
  return %0, %1, %2 : tensor<3x4xi32>, tensor<3x4xi32>, tensor<3x4xf32>
}
