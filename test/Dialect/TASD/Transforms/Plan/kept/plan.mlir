// RUN: tasd-opt %s -tasd-plan="series=2:4" -split-input-file | FileCheck %s
// RUN: tasd-opt %s -tasd-plan="series=2:4" -tasd-plan="series=1:4 side=both" -split-input-file | FileCheck %s
// RUN: tasd-opt %s -tasd-plan="series=2:4" -split-input-file --remarks-filter=tasd --remark-format=emitRemark -o /dev/null 2>&1 | FileCheck %s --check-prefix=REMARK

// Plans that were there are kept, dense ones too, and planning again changes
// nothing. All are counted.

// CHECK: module attributes {tasd.plan_count = 3 : i64}

// CHECK-LABEL: @hand_written
// REMARK: remark: [Passed] tasd-plan | Category:tasd | Function=hand_written | layer=hand_written/matmul#0, origin="the input", plan="#tasd.plan<dense, 1:8+1:8 along [0] at run_time>"
func.func @hand_written(%a: tensor<8x16xf32>, %c: tensor<8x4xf32>) -> tensor<8x4xf32> {
  // CHECK: linalg.matmul {tasd.plan = #tasd.plan<dense, 1:8+1:8 along [0] at run_time>}
  %w = arith.constant dense<1.0> : tensor<16x4xf32>
  %r = linalg.matmul {tasd.plan = #tasd.plan<dense, 1:8+1:8 along [0] at run_time>} ins(%a, %w : tensor<8x16xf32>, tensor<16x4xf32>) outs(%c : tensor<8x4xf32>) -> tensor<8x4xf32>
  return %r : tensor<8x4xf32>
}

// CHECK-LABEL: @hand_written_dense
// REMARK: layer=hand_written_dense/matmul#0, origin="the input", plan="#tasd.plan<dense, dense>"
func.func @hand_written_dense(%a: tensor<8x16xf32>, %c: tensor<8x4xf32>) -> tensor<8x4xf32> {
  // CHECK: linalg.matmul {tasd.plan = #tasd.plan<dense, dense>}
  %w = arith.constant dense<1.0> : tensor<16x4xf32>
  %r = linalg.matmul {tasd.plan = #tasd.plan<dense, dense>} ins(%a, %w : tensor<8x16xf32>, tensor<16x4xf32>) outs(%c : tensor<8x4xf32>) -> tensor<8x4xf32>
  return %r : tensor<8x4xf32>
}

// An op that is no layer may say that it is dense.
// CHECK-LABEL: @dense_elsewhere
func.func @dense_elsewhere(%a: tensor<8xf32>, %b: tensor<8xf32>) -> tensor<8xf32> {
  // CHECK: linalg.add {tasd.plan = #tasd.plan<dense, dense>}
  %r = linalg.add {tasd.plan = #tasd.plan<dense, dense>} ins(%a, %b : tensor<8xf32>, tensor<8xf32>) outs(%a : tensor<8xf32>) -> tensor<8xf32>
  return %r : tensor<8xf32>
}

// -----

// A module without layers is stamped too.
// CHECK: module attributes {tasd.plan_count = 0 : i64}
func.func @no_layers() {
  return
}
