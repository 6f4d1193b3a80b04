// RUN: tasd-opt %s --convert-tasd-to-ttc=machine=tc --ttc-verify-programs=machine=tc | FileCheck %s

// The programs that the compiler makes for a machine are those that it runs.

// CHECK: ttc.launch @fc
// CHECK: ttc.program @fc for "tc"
func.func @layer(%a: tensor<16x32xi8>, %b: tensor<32x16xi8>, %z: tensor<16x16xi32>)
    -> tensor<16x16xi32> {
  %0 = linalg.matmul ins(%a, %b : tensor<16x32xi8>, tensor<32x16xi8>)
      outs(%z : tensor<16x16xi32>) -> tensor<16x16xi32> loc("fc")
  return %0 : tensor<16x16xi32>
}
