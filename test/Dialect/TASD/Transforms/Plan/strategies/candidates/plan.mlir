// RUN: tasd-opt %s -tasd-plan="machine=ttc-vegeta-m8 strategy=optimal max-error=0" --remarks-filter=tasd --remark-format=emitRemark -o %t.mlir 2>&1 | FileCheck %s --check-prefixes=CHECK,ALL
// RUN: tasd-opt %s -tasd-plan="machine=ttc-vegeta-m8 strategy=optimal max-error=0 max-terms=1" --remarks-filter=tasd --remark-format=emitRemark -o %t.mlir 2>&1 | FileCheck %s --check-prefixes=CHECK,ONE
// RUN: tasd-opt %s -tasd-plan="machine=ttc-vegeta-m8 strategy=optimal max-error=1 series=1:8+4:8,1:4" --remarks-filter=tasd --remark-format=emitRemark -o %t.mlir 2>&1 | FileCheck %s --check-prefixes=CHECK,GIVEN
// RUN: tasd-opt %s -tasd-plan="machine=ttc-vegeta-m8 strategy=optimal max-error=1 max-dropped-magnitude=0.1" --remarks-filter=tasd --remark-format=emitRemark -o %t.mlir 2>&1 | FileCheck %s --check-prefix=BOUND
// RUN: tasd-opt %s -tasd-plan="machine=vegeta-m8 strategy=optimal max-error=1" --remarks-filter=tasd --remark-format=emitRemark -o %t.mlir 2>&1 | FileCheck %s --check-prefix=LOSSLESS
// RUN: tasd-opt %s -tasd-plan="machine=ttc-vegeta-m8 strategy=optimal max-error=10 error-model=dropped-non-zeros" --remarks-filter=tasd --remark-format=emitRemark -o %t.mlir 2>&1 | FileCheck %s
// RUN: tasd-opt %s -tasd-plan="machine=tc strategy=optimal max-error=1" --remarks-filter=tasd --remark-format=emitRemark -o %t.mlir 2>&1 | FileCheck %s --check-prefix=DENSE
// RUN: tasd-opt %s -tasd-plan="machine=ttc-vegeta-m8 strategy=optimal max-error=1 side=activations" --remarks-filter=tasd --remark-format=emitRemark -o %t.mlir 2>&1 | FileCheck %s --check-prefix=ACTIVATIONS

// Which series are candidates: those given, else all that the machine runs, within
// the bound on a single operand's magnitude, if there is one.

// ALL: [Passed] {{.*}}layer=five, {{.*}}plan="#tasd.plan<dense, 4:8+1:8 along
// ONE: [Missed] {{.*}}layer=five, {{.*}}reason="a series that gains would exceed the bound on the error"
// GIVEN: [Missed] tasd-plan {{.*}}reason="expected a pattern that machine 'ttc-vegeta-m8' runs, one of: 1:8, 2:8, 4:8, 8:8, but got '1:4'", series=1:4
// GIVEN: [Passed] {{.*}}layer=five, {{.*}}plan="#tasd.plan<dense, 1:8+4:8 along
// BOUND: [Passed] {{.*}}layer=five, {{.*}}plan="#tasd.plan<dense, 4:8 along
// LOSSLESS: [Missed] {{.*}}layer=five, {{.*}}reason="machine 'vegeta-m8' runs no series that drops non-zeros"
// CHECK: layer=not_finite, machine={{[^,]*}}, reason="every series drops infinities or NaNs"
// DENSE: [Missed] {{.*}}layer=five, {{.*}}reason="none of the series to choose from runs on machine 'tc'"
// ACTIVATIONS: [Missed] {{.*}}layer=five, {{.*}}reason="without a profile nothing is known of what a series of its activations drops"
func.func @main(%a: tensor<1024x1152xi8>, %c: tensor<1024x128xi8>, %d: tensor<64x16xf32>, %e: tensor<64x16xf32>) -> (tensor<1024x128xi8>, tensor<64x16xf32>) {
  %block = arith.constant dense<[8, 4, 2, 1, 1, 0, 0, 0]> : tensor<8xi8>
  %empty = tensor.empty() : tensor<144x8x128xi8>
  %blocks = linalg.broadcast ins(%block : tensor<8xi8>) outs(%empty : tensor<144x8x128xi8>) dimensions = [0, 2]
  %five = tensor.collapse_shape %blocks [[0, 1], [2]] : tensor<144x8x128xi8> into tensor<1152x128xi8>
  %0 = linalg.matmul ins(%a, %five : tensor<1024x1152xi8>, tensor<1152x128xi8>) outs(%c : tensor<1024x128xi8>) -> tensor<1024x128xi8> loc("five")
  %nan = arith.constant dense<0x7FC00000> : tensor<16x16xf32>
  %1 = linalg.matmul ins(%d, %nan : tensor<64x16xf32>, tensor<16x16xf32>) outs(%e : tensor<64x16xf32>) -> tensor<64x16xf32> loc("not_finite")
  return %0, %1 : tensor<1024x128xi8>, tensor<64x16xf32>
}
