// RUN: tasd-opt %s -transform-interpreter --remarks-filter=tasd --remark-format=emitRemark 2>&1 | FileCheck %s

// Planning decides and remarks as tasd-plan does; its result are the layers that
// have a series now.

// CHECK: remark: [Passed] tasd-plan | Category:tasd | Function=main | {{.*}}layer=main/matmul#0, plan="#tasd.plan<dense, 2:4 along [0] at compile_time>"
// CHECK: remark: [Missed] tasd-plan | Category:tasd | Function=main | layer=main/matmul#1, reason="it has no constant input"
// CHECK: remark: [Passed] {{.*}}layer=main/matmul#0, origin="the input"

// CHECK: module attributes {tasd.plan_count = 1 : i64}
// CHECK-LABEL: func.func @main
func.func @main(%a: tensor<8x16xf32>, %c: tensor<8x16xf32>, %d: tensor<16x16xf32>) -> tensor<8x16xf32> {
  %w = arith.constant dense<1.0> : tensor<16x16xf32>
  // CHECK: linalg.matmul {again, planned, tasd.plan = #tasd.plan<dense, 2:4 along [0] at compile_time>}
  %0 = linalg.matmul ins(%a, %w : tensor<8x16xf32>, tensor<16x16xf32>) outs(%c : tensor<8x16xf32>) -> tensor<8x16xf32>
  // CHECK: linalg.matmul ins(%{{.*}}, %{{.*}} :
  %1 = linalg.matmul ins(%0, %d : tensor<8x16xf32>, tensor<16x16xf32>) outs(%c : tensor<8x16xf32>) -> tensor<8x16xf32>
  return %1 : tensor<8x16xf32>
}

module attributes {transform.with_named_sequence} {
  transform.named_sequence @__transform_main(%module: !transform.any_op {transform.readonly}) {
    %layers = transform.tasd.match_layers "*" in %module : (!transform.any_op) -> !transform.any_op
    %planned = transform.tasd.plan %layers series [2:4] : (!transform.any_op) -> !transform.any_op
    transform.annotate %planned "planned" : !transform.any_op
    // A plan that is there is kept, whatever is asked for.
    %kept = transform.tasd.plan %planned series [4:8] side both : (!transform.any_op) -> !transform.any_op
    transform.annotate %kept "again" : !transform.any_op
    transform.yield
  }
}
