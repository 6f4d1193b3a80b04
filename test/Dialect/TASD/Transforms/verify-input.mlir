// RUN: tasd-opt %s -tasd-verify-input | FileCheck %s

// Data of the right size passes; elements of other widths are not looked into.

// CHECK-LABEL: @main
func.func @main() -> (tensor<1xf32>, tensor<8xi4>) {
  %0 = arith.constant dense_resource<four> : tensor<1xf32>
  %1 = arith.constant dense_resource<four> : tensor<8xi4>
  return %0, %1 : tensor<1xf32>, tensor<8xi4>
}

{-#
  dialect_resources: {
    builtin: {
      four: "0x040000000000803F"
    }
  }
#-}
