// RUN: tasd-opt %s -tasd-plan="series=2:4,2:4+1:4 max-dropped-magnitude=0.3" -convert-linalg-to-tasd -tasd-pack -tasd-distribute -convert-tasd-to-linalg -canonicalize -cse -o %t.passes
// RUN: tasd-opt %s -transform-preload-library=transform-library-paths=%S/Inputs/linalg.mlir -transform-interpreter -convert-linalg-to-tasd -canonicalize -cse -o %t.script
// RUN: diff %t.passes %t.script
// RUN: FileCheck %s --input-file=%t.script --check-prefixes=CHECK,LINALG

// RUN: tasd-opt %s -tasd-plan="series=2:4,2:4+1:4 max-dropped-magnitude=0.3" -convert-linalg-to-tasd -tasd-pack "-convert-tasd-to-vector=vector-bits=512 cache-kib=1" -canonicalize -cse -o %t.passes
// RUN: tasd-opt %s -transform-preload-library=transform-library-paths=%S/Inputs/vector.mlir -transform-interpreter -convert-linalg-to-tasd -loop-invariant-code-motion -canonicalize -cse -o %t.script
// RUN: diff %t.passes %t.script
// RUN: FileCheck %s --input-file=%t.script --check-prefixes=CHECK,VECTOR

// A script that does to every op what the passes do gives the same module.
// (convert-linalg-to-tasd finds nothing left and takes the count of plans off.)

// CHECK-LABEL: @layers
// LINALG: linalg.generic
// VECTOR: vector.fma {{.*}} vector<16xf32>
// CHECK: linalg.matmul
func.func @layers(%a: tensor<8x4xf32>, %b: tensor<4x64xf32>, %c: tensor<8x64xf32>) -> tensor<8x64xf32> {
  // One term keeps these weights,
  %few = arith.constant dense<[
    [0.0, 1.0, 2.0, 0.0], [3.0, 0.0, 0.0, 4.0], [0.0, 0.0, 5.0, 6.0], [7.0, 0.0, 0.0, 0.0],
    [0.0, 1.0, 2.0, 0.0], [3.0, 0.0, 0.0, 4.0], [0.0, 0.0, 5.0, 6.0], [7.0, 0.0, 0.0, 0.0]
  ]> : tensor<8x4xf32>
  %0 = linalg.matmul ins(%few, %b : tensor<8x4xf32>, tensor<4x64xf32>) outs(%c : tensor<8x64xf32>) -> tensor<8x64xf32>
  // two keep enough of these,
  %many = arith.constant dense<1.0> : tensor<8x4xf32>
  %1 = linalg.matmul ins(%many, %b : tensor<8x4xf32>, tensor<4x64xf32>) outs(%0 : tensor<8x64xf32>) -> tensor<8x64xf32>
  // and here is nothing constant.
  %2 = linalg.matmul ins(%a, %b : tensor<8x4xf32>, tensor<4x64xf32>) outs(%1 : tensor<8x64xf32>) -> tensor<8x64xf32>
  return %2 : tensor<8x64xf32>
}
