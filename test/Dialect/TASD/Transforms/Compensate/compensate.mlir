// RUN: tasd-opt %s --split-input-file --tasd-compensate="file=%S/Inputs/profile.json damping=0 allow-others" \
// RUN:   | FileCheck %s
// RUN: tasd-opt %s --split-input-file --tasd-compensate="file=%S/Inputs/profile.json damping=0 allow-others" --remarks-filter=tasd \
// RUN:   --remark-format=emitRemark -o /dev/null 2>&1 | FileCheck %s --check-prefix=REMARK
// RUN: tasd-opt %s --split-input-file --tasd-compensate="file=%S/Inputs/profile.json allow-others" \
// RUN:   --convert-linalg-to-tasd --tasd-pack -o /dev/null

// Of the inputs profiled the first two are always equal, the other two have
// nothing to do with any.

// What is dropped of the second goes to the first: 3 + 1. The other row has
// nothing to take over, and keeps its values.
// REMARK: [Passed] tasd-compensate | {{.*}}error_left_share=0.500000, layer=fc, rows=1, series=1:4
// CHECK-LABEL: @takes_over
// CHECK: arith.constant dense_resource<fc{{.*}}> : tensor<4x2xf32>
// CHECK: fc: "0x10000000000080400000000000000000000000000000000000000000000000000000A040"
func.func @takes_over(%a: tensor<8x4xf32>, %c: tensor<8x2xf32>) -> tensor<8x2xf32> {
  %w = arith.constant dense<[[3.0, 0.0], [1.0, 0.0], [0.0, 1.0], [0.0, 5.0]]> : tensor<4x2xf32>
  %r = linalg.matmul {tasd.plan = #tasd.plan<dense, 1:4 along [0] at compile_time>}
    ins(%a, %w : tensor<8x4xf32>, tensor<4x2xf32>) outs(%c : tensor<8x2xf32>) -> tensor<8x2xf32> loc("fc")
  return %r : tensor<8x2xf32>
}

// -----

// REMARK: [Missed] tasd-compensate | {{.*}}reason="its error cannot be made smaller"
// CHECK-LABEL: @nothing_dropped
// CHECK: arith.constant dense<
func.func @nothing_dropped(%a: tensor<8x4xf32>, %c: tensor<8x2xf32>) -> tensor<8x2xf32> {
  %w = arith.constant dense<[[3.0, 0.0], [0.0, 0.0], [0.0, 0.0], [0.0, 5.0]]> : tensor<4x2xf32>
  %r = linalg.matmul {tasd.plan = #tasd.plan<dense, 1:4 along [0] at compile_time>}
    ins(%a, %w : tensor<8x4xf32>, tensor<4x2xf32>) outs(%c : tensor<8x2xf32>) -> tensor<8x2xf32> loc("fc")
  return %r : tensor<8x2xf32>
}

// -----

// REMARK: [Missed] tasd-compensate | {{.*}}layer=unmeasured, reason="the profile has no second moments of its activations"
// REMARK: [Missed] tasd-compensate | {{.*}}layer=unknown, reason="the profile has no second moments of its activations"
// CHECK-LABEL: @unmeasured
func.func @unmeasured(%a: tensor<8x4xf32>, %c: tensor<8x2xf32>) -> (tensor<8x2xf32>, tensor<8x2xf32>) {
  %w = arith.constant dense<[[3.0, 1.0], [1.0, 2.0], [0.0, 1.0], [0.0, 5.0]]> : tensor<4x2xf32>
  %r = linalg.matmul {tasd.plan = #tasd.plan<dense, 1:4 along [0] at compile_time>}
    ins(%a, %w : tensor<8x4xf32>, tensor<4x2xf32>) outs(%c : tensor<8x2xf32>) -> tensor<8x2xf32> loc("unmeasured")
  %s = linalg.matmul {tasd.plan = #tasd.plan<dense, 1:4 along [0] at compile_time>}
    ins(%a, %w : tensor<8x4xf32>, tensor<4x2xf32>) outs(%c : tensor<8x2xf32>) -> tensor<8x2xf32> loc("unknown")
  return %r, %s : tensor<8x2xf32>, tensor<8x2xf32>
}

// -----

// REMARK: [Missed] tasd-compensate | {{.*}}reason="expected elements of floating point but got si8"
// CHECK-LABEL: @integers
func.func @integers(%a: tensor<8x4xi8>, %c: tensor<8x2xi32>) -> tensor<8x2xi32> {
  %w = arith.constant dense<[[3, 1], [1, 2], [0, 1], [0, 5]]> : tensor<4x2xi8>
  %r = linalg.matmul {tasd.plan = #tasd.plan<dense, 1:4 along [0] at compile_time>}
    ins(%a, %w : tensor<8x4xi8>, tensor<4x2xi8>) outs(%c : tensor<8x2xi32>) -> tensor<8x2xi32> loc("fc")
  return %r : tensor<8x2xi32>
}
