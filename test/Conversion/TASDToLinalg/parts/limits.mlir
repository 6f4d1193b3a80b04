// RUN: tasd-opt %s --pass-pipeline="builtin.module(tasd-plan{series={tw(2)}},convert-linalg-to-tasd,tasd-pack,func.func(convert-tasd-parts-to-linalg{max-parts=1}))" \
// RUN:   --remarks-filter=tasd --remark-format=emitRemark 2>&1 | FileCheck %s
// RUN: tasd-opt %s --tasd-plan="series=tw(2)" --tasd-lower-to-cpu -o /dev/null
// RUN: tasd-opt %s --tasd-plan="series=tw(2)*1:1" --tasd-lower-to-cpu -o /dev/null

// Terms of more parts than asked for stay contractions, as do those that are
// multiplied by nothing.

// CHECK: it has 2 parts, more than `max-parts`
// CHECK: expected extents above 0
// CHECK-LABEL: @two
// CHECK: tasd.contract
func.func @two(%a: tensor<3x6xf32>, %z: tensor<3x4xf32>) -> tensor<3x4xf32> {
  %w = arith.constant dense<1.0> : tensor<6x4xf32>
  %r = linalg.matmul ins(%a, %w : tensor<3x6xf32>, tensor<6x4xf32>) outs(%z : tensor<3x4xf32>) -> tensor<3x4xf32>
  return %r : tensor<3x4xf32>
}

// CHECK-LABEL: @empty
// CHECK: tasd.contract
func.func @empty(%a: tensor<0x6xf32>, %z: tensor<0x4xf32>) -> tensor<0x4xf32> {
  %w = arith.constant dense<1.0> : tensor<6x4xf32>
  %r = linalg.matmul ins(%a, %w : tensor<0x6xf32>, tensor<6x4xf32>) outs(%z : tensor<0x4xf32>) -> tensor<0x4xf32>
  return %r : tensor<0x4xf32>
}
