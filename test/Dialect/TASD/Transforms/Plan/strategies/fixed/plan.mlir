// RUN: tasd-opt %s -tasd-plan="machine=ttc-vegeta-m8 strategy=optimal max-error=0 skip=skipped" --remarks-filter=tasd --remark-format=emitRemark --mlir-pass-statistics -o %t.mlir 2>&1 | FileCheck %s --check-prefix=REMARK
// RUN: FileCheck %s --input-file %t.mlir

// Layers that are left out, or have a plan, cost what they cost; what the plan drops
// is not counted. What no machine computes costs nothing.

// CHECK: tasd.plan_count = 3
// REMARK: [Passed] {{.*}}layer=chosen, {{.*}}plan="#tasd.plan<dense, 1:8 along
// REMARK: [Missed] {{.*}}cycles={{.*}}layer=skipped, {{.*}}reason="the options leave it out"
// REMARK: [Passed] {{.*}}layer=kept, {{.*}}origin="the input", plan="#tasd.plan<dense, 1:8 along
// REMARK: [Missed] {{.*}}layer=depthwise, {{.*}}reason="a depthwise convolution sums over no channels"
// REMARK: [Missed] {{.*}}layer=host, reason="expected a type that machine ttc-vegeta-m8 multiplies but got i4"
// REMARK: [Analysis] {{.*}}error=0.000000e+00, {{.*}}layers=4
// REMARK: (S) 3 layers-dense
// REMARK: (S) 1 layers-kept
// REMARK: (S) 1 layers-planned
func.func @main(%a: tensor<1024x1152xi8>, %c: tensor<1024x128xi8>, %d: tensor<1x6x6x8xf32>, %e: tensor<1x4x4x8xf32>, %q: tensor<4x8xi4>, %z: tensor<4x2xi32>) -> (tensor<1024x128xi8>, tensor<1024x128xi8>, tensor<1024x128xi8>, tensor<1x4x4x8xf32>, tensor<4x2xi32>) {
  %zero = arith.constant dense<0> : tensor<1152x128xi8>
  // CHECK: linalg.matmul {tasd.plan = #tasd.plan<dense, 1:8 along [0] at compile_time, mapping
  %0 = linalg.matmul ins(%a, %zero : tensor<1024x1152xi8>, tensor<1152x128xi8>) outs(%c : tensor<1024x128xi8>) -> tensor<1024x128xi8> loc("chosen")
  // CHECK: linalg.matmul ins
  %1 = linalg.matmul ins(%a, %zero : tensor<1024x1152xi8>, tensor<1152x128xi8>) outs(%c : tensor<1024x128xi8>) -> tensor<1024x128xi8> loc("skipped")
  %one = arith.constant dense<1> : tensor<1152x128xi8>
  // CHECK: linalg.matmul {tasd.plan = #tasd.plan<dense, 1:8 along [0] at compile_time, mapping
  %2 = linalg.matmul {tasd.plan = #tasd.plan<dense, 1:8 along [0] at compile_time>} ins(%a, %one : tensor<1024x1152xi8>, tensor<1152x128xi8>) outs(%c : tensor<1024x128xi8>) -> tensor<1024x128xi8> loc("kept")
  %w = arith.constant dense<1.0> : tensor<3x3x8xf32>
  // CHECK: linalg.depthwise_conv_2d_nhwc_hwc {{.*}}tasd.plan = #tasd.plan<dense, dense, mapping
  %3 = linalg.depthwise_conv_2d_nhwc_hwc ins(%d, %w : tensor<1x6x6x8xf32>, tensor<3x3x8xf32>) outs(%e : tensor<1x4x4x8xf32>) -> tensor<1x4x4x8xf32> loc("depthwise")
  %v = arith.constant dense<1> : tensor<8x2xi4>
  // CHECK: linalg.matmul ins
  %4 = linalg.matmul ins(%q, %v : tensor<4x8xi4>, tensor<8x2xi4>) outs(%z : tensor<4x2xi32>) -> tensor<4x2xi32> loc("host")
  return %0, %1, %2, %3, %4 : tensor<1024x128xi8>, tensor<1024x128xi8>, tensor<1024x128xi8>, tensor<1x4x4x8xf32>, tensor<4x2xi32>
}
