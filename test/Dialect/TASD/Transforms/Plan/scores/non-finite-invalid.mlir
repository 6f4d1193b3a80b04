// RUN: rm -rf %t && mkdir %t && cd %t
// RUN: %python %source/test/tasd-run/Inputs/npy.py make fc1.npy f4 3x2 1,2,3,4,5,6
// RUN: %python -m zipfile -c scores.npz fc1.npy
// RUN: not tasd-opt %s -tasd-plan="strategy=element-wise sparsity=0.5 scores=scores.npz" 2>&1 | FileCheck %s
// RUN: not tasd-opt %s -tasd-plan="strategy=vector-wise granularity=2 sparsity=0.5 scores=scores.npz" 2>&1 | FileCheck %s
// RUN: not tasd-opt %s -tasd-plan="strategy=element-wise sparsity=0.5" 2>&1 | FileCheck %s

// No pruning drops a NaN or an infinity, whatever it is pruned by, and the
// error does not print the module.

// CHECK: error: {{.*}}layer 'fc1': expected weights that are finite but got a NaN or an infinity
// CHECK-NOT: arith.constant
func.func @main(%a: tensor<4x3xf32>, %c: tensor<4x2xf32>) -> tensor<4x2xf32> {
  %w = arith.constant dense<[[0x7FC00000, 1.0], [2.0, 3.0], [4.0, 0x7F800000]]> : tensor<3x2xf32>
  %0 = linalg.matmul ins(%a, %w : tensor<4x3xf32>, tensor<3x2xf32>) outs(%c : tensor<4x2xf32>) -> tensor<4x2xf32> loc("fc1")
  return %0 : tensor<4x2xf32>
}
