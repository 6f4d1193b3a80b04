// RUN: tasd-opt %s -transform-interpreter --remarks-filter=tasd --remark-format=emitRemark 2>&1 | FileCheck %s

// With a machine, planning takes what gains on it, here energy alone, and maps what
// stays dense.

// CHECK: remark: [Missed] tasd-plan | Category:tasd | reason="expected a pattern that machine 'stc' runs, one of: 2:4, but got '3:4'", series=3:4
// CHECK: remark: [Passed] tasd-plan | {{.*}}layer=main/matmul#0

// CHECK-LABEL: func.func @main
func.func @main(%a: tensor<64x128xi8>, %c: tensor<64x128xi32>, %d: tensor<128x128xi8>) -> (tensor<64x128xi32>, tensor<64x128xi32>) {
  %w = arith.constant dense<0> : tensor<128x128xi8>
  // CHECK: linalg.matmul {planned, tasd.plan = #tasd.plan<dense, 2:4 along [0] at compile_time, mapping = <{{.*}}"stc"
  %0 = linalg.matmul ins(%a, %w : tensor<64x128xi8>, tensor<128x128xi8>) outs(%c : tensor<64x128xi32>) -> tensor<64x128xi32>
  // CHECK: linalg.matmul {tasd.plan = #tasd.plan<dense, dense, mapping = <{{.*}}"stc"
  %1 = linalg.matmul ins(%a, %d : tensor<64x128xi8>, tensor<128x128xi8>) outs(%c : tensor<64x128xi32>) -> tensor<64x128xi32>
  return %0, %1 : tensor<64x128xi32>, tensor<64x128xi32>
}

module attributes {transform.with_named_sequence} {
  transform.named_sequence @__transform_main(%module: !transform.any_op {transform.readonly}) {
    %layers = transform.tasd.match_layers "*" in %module : (!transform.any_op) -> !transform.any_op
    %planned = transform.tasd.plan %layers series [3:4, 2:4] max_dropped_magnitude 0.0 machine "stc" objective "energy" : (!transform.any_op) -> !transform.any_op
    transform.annotate %planned "planned" : !transform.any_op
    transform.yield
  }
}
