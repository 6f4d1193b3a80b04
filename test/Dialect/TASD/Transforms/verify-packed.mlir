// RUN: tasd-opt %s -tasd-pack -tasd-verify-packed | FileCheck %s

// Packed series pass.

// CHECK-LABEL: @main
func.func @main(%a: tensor<8x16xf32>) -> tensor<8x16xf32> {
  // CHECK: tasd.assemble
  %s = tasd.decompose %a : !tasd.series<8x16xf32, 2:4, along = [1]>
  %r = tasd.compose %s : !tasd.series<8x16xf32, 2:4, along = [1]>
  return %r : tensor<8x16xf32>
}
