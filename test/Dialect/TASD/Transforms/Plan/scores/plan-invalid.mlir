// RUN: rm -rf %t && mkdir %t && cd %t
// RUN: %python %source/test/tasd-run/Inputs/npy.py make fc1.npy f4 2x3 1,2,3,4,5,6
// RUN: %python %source/test/tasd-run/Inputs/npy.py make fc2.npy f4 3x2 1,2,3,4,5,6
// RUN: %python -m zipfile -c shape.npz fc1.npy
// RUN: %python -m zipfile -c name.npz fc1.npy fc2.npy
// RUN: %python %source/test/tasd-run/Inputs/npy.py make fc1.npy i4 3x2 1,2,3,4,5,6
// RUN: %python -m zipfile -c type.npz fc1.npy
// RUN: %python %source/test/tasd-run/Inputs/npy.py make fc1.npy f4 3x2 1,2,3,nan,5,6
// RUN: %python -m zipfile -c nan.npz fc1.npy
// RUN: not tasd-opt %s -tasd-plan="strategy=element-wise sparsity=0.5 scores=shape.npz" 2>&1 | FileCheck %s --check-prefix=SHAPE
// RUN: not tasd-opt %s -tasd-plan="strategy=element-wise sparsity=0.5 scores=name.npz" 2>&1 | FileCheck %s --check-prefix=NAME
// RUN: not tasd-opt %s -tasd-plan="strategy=element-wise sparsity=0.5 scores=type.npz" 2>&1 | FileCheck %s --check-prefix=TYPE
// RUN: not tasd-opt %s -tasd-plan="strategy=element-wise sparsity=0.5 scores=nan.npz" 2>&1 | FileCheck %s --check-prefix=NAN
// RUN: not tasd-opt %s -tasd-plan="strategy=vector-wise granularity=2 sparsity=0.5 scores=nan.npz" 2>&1 | FileCheck %s --check-prefix=NAN
// RUN: not tasd-opt %s -tasd-plan="strategy=element-wise sparsity=0.5 scores=fc2.npz" 2>&1 | FileCheck %s --check-prefix=FILE
// RUN: not tasd-opt %s -tasd-plan="strategy=element-wise sparsity=0.5 scores=fc2.npy" 2>&1 | FileCheck %s --check-prefix=ARRAY
// RUN: not tasd-opt %s -tasd-plan="series=2:4 scores=type.npz" 2>&1 | FileCheck %s --check-prefix=STRATEGY

// Each mistake is one error that names the file and the layer.

// SHAPE: error: option scores: shape.npz: expected scores of shape 3x2 for layer 'fc1' but got 2x3
// SHAPE-NOT: error
// NAME: error: option scores: name.npz: expected arrays by the names of layers but got 'fc2'
// TYPE: error: option scores: type.npz: expected scores of f64, f32, f16 or bf16 for layer 'fc1' but got si32
// NAN: error: option scores: nan.npz: expected scores that are finite for layer 'fc1' but got a NaN or an infinity
// FILE: error: option scores: {{.*}}fc2.npz
// ARRAY: error: option scores: fc2.npy: expected scores of layer 'fc1' but got none
// STRATEGY: error: option scores: expected none for strategy 'uniform'
func.func @main(%a: tensor<4x3xf32>, %c: tensor<4x2xf32>) -> tensor<4x2xf32> {
  %w = arith.constant dense<1.0> : tensor<3x2xf32>
  %0 = linalg.matmul ins(%a, %w : tensor<4x3xf32>, tensor<3x2xf32>) outs(%c : tensor<4x2xf32>) -> tensor<4x2xf32> loc("fc1")
  return %0 : tensor<4x2xf32>
}
