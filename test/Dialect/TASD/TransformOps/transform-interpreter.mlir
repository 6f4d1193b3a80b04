// RUN: tasd-opt %s -transform-interpreter | FileCheck %s

// A layer chosen by its name is planned and rewritten; the others stay.

// Plans that were carried out are not counted any more.
// CHECK: module attributes {tasd.plan_count = 0 : i64}
// CHECK-LABEL: func.func @plan_to_products
func.func @plan_to_products(%a: tensor<2x8xf32>, %w1: tensor<8x2xf32>, %c: tensor<2x2xf32>) -> tensor<2x2xf32> {
  // CHECK: %[[SERIES:.*]] = tasd.assemble {{.*}} {series}
  // CHECK: linalg.matmul ins(%{{.*}}, %{{.*}} : tensor<2x8xf32>, tensor<8x2xf32>)
  // CHECK: %[[FIRST:.*]] = tasd.term %[[SERIES]][0]
  // CHECK: %[[SECOND:.*]] = tasd.term %[[SERIES]][1]
  // CHECK: %[[SUM:.*]] = tasd.contract {{.*}}%[[FIRST]]{{.*}}product
  // CHECK: tasd.contract {{.*}}%[[SECOND]]{{.*}}%[[SUM]]{{.*}}product
  %w = arith.constant dense<1.0> : tensor<8x2xf32>
  %0 = linalg.matmul ins(%a, %w : tensor<2x8xf32>, tensor<8x2xf32>) outs(%c : tensor<2x2xf32>) -> tensor<2x2xf32>
  %1 = linalg.matmul ins(%a, %w : tensor<2x8xf32>, tensor<8x2xf32>) outs(%0 : tensor<2x2xf32>) -> tensor<2x2xf32> loc("chosen")
  return %1 : tensor<2x2xf32>
}

// docs: script
// Plans the layer that is chosen, carries the plan out and packs its weights.
module attributes {transform.with_named_sequence} {
  transform.named_sequence @__transform_main(%module: !transform.any_op {transform.readonly}) {
    %layer = transform.tasd.match_layers "chosen" in %module
        : (!transform.any_op) -> !transform.any_op
    %planned = transform.tasd.plan %layer series [2:4+1:4]
        : (!transform.any_op) -> !transform.any_op
    %contract = transform.tasd.convert %planned
        : (!transform.any_op) -> !transform.any_op
    %decompose = transform.get_producer_of_operand %contract[1]
        : (!transform.any_op) -> !transform.any_op
    %series = transform.tasd.pack %decompose
        : (!transform.any_op) -> !transform.any_op
    %products = transform.tasd.distribute %contract
        : (!transform.any_op) -> !transform.any_op
    transform.annotate %series "series" : !transform.any_op
    transform.annotate %products "product" : !transform.any_op
    transform.yield
  }
}
// docs: end
