// RUN: rm -rf %t && mkdir %t && cd %t
// RUN: %python %source/test/tasd-run/Inputs/npy.py make fc1.npy f8 4x2 8,7,6,5,4,3,2,1
// RUN: %python %source/test/tasd-run/Inputs/npy.py make fc2.npy f4 2x2 0.5,9,0,9
// RUN: %python -m zipfile -c scores.npz fc1.npy fc2.npy
// RUN: tasd-opt %s -tasd-plan="strategy=element-wise sparsity=0.5 scores=scores.npz" --remarks-filter=tasd --remark-format=emitRemark 2>&1 | FileCheck %s --check-prefixes=ELEMENTS,REMARK
// RUN: tasd-opt %s -tasd-plan="strategy=tile-wise sparsity=0.5 granularity=1 scores=scores.npz" | FileCheck %s --check-prefix=TILES
// RUN: tasd-opt %s -tasd-plan="strategy=element-wise sparsity=0.5 max-dropped-magnitude=0.5 scores=scores.npz" | FileCheck %s --check-prefix=BOUND
// RUN: %python %source/test/tasd-run/Inputs/npy.py make fc1.npy f8 4x2 8,7,6,5,4,3,2,1
// RUN: %python %source/test/tasd-run/Inputs/npy.py make fc2.npy f4 2x2 1,9,1,9
// RUN: %python -m zipfile -c all.npz fc1.npy fc2.npy
// RUN: tasd-opt %s -tasd-plan="strategy=element-wise sparsity=0 scores=all.npz" | FileCheck %s --check-prefix=ALL

// What scores leave out of weights becomes zero, and a plain series keeps the
// rest; layers that stay dense keep their weights.

// REMARK: dropped_non_zeros=4, kept_magnitude_share=2.777778e-01, layer=fc1, plan="#tasd.plan<dense, csr along [0] at compile_time>", sparsity=5.000000e-01
// REMARK: dropped_non_zeros=1, kept_magnitude_share=6.666667e-01, layer=fc2, plan="#tasd.plan<dense, csr along [0] at compile_time>", sparsity=5.000000e-01
// REMARK: achieved_sparsity=5.000000e-01, series="csr(above = 4.5)", sparsity=5.000000e-01, strategy=element-wise

// ELEMENTS: %[[W1:.*]] = arith.constant dense_resource<fc1> : tensor<4x2xf32>
// ELEMENTS: linalg.matmul {tasd.plan = #tasd.plan<dense, csr along [0] at compile_time>} ins(%{{.*}}, %[[W1]] :
// ELEMENTS: %[[W2:.*]] = arith.constant dense_resource<fc2> : tensor<2x2xf32>
// ELEMENTS: linalg.matmul {tasd.plan = #tasd.plan<dense, csr along [0] at compile_time>} ins(%{{.*}}, %[[W2]] :

// 1, 2, 3 and 4 stay of the first, and 2 and 4 of the second.
// ELEMENTS-DAG: fc1: "0x100000000000803F00000040000040400000804000000000000000000000000000000000"
// ELEMENTS-DAG: fc2: "0x1000000000000000000000400000000000008040"

// TILES-COUNT-2: #tasd.plan<dense, tw(1) along [0] at compile_time>

// BOUND: %[[W1:.*]] = arith.constant dense<{{.*}}> : tensor<4x2xf32>
// BOUND: linalg.matmul ins(%{{.*}}, %[[W1]] :
// BOUND: %[[W2:.*]] = arith.constant dense_resource<fc2> : tensor<2x2xf32>
// BOUND: linalg.matmul {tasd.plan = {{.*}}} ins(%{{.*}}, %[[W2]] :

// Weights of which nothing is left out stay dense; the second have a zero.
// ALL: %[[W1:.*]] = arith.constant dense<{{.*}}> : tensor<4x2xf32>
// ALL: linalg.matmul ins(%{{.*}}, %[[W1]] :
// ALL: linalg.matmul {tasd.plan = {{.*}}}
func.func @main(%a: tensor<3x4xf32>, %b: tensor<3x2xf32>, %c: tensor<3x2xf32>) -> (tensor<3x2xf32>, tensor<3x2xf32>) {
  %w1 = arith.constant dense<[[1.0, 2.0], [3.0, 4.0], [5.0, 6.0], [7.0, 8.0]]> : tensor<4x2xf32>
  %w2 = arith.constant dense<[[3.0, 2.0], [0.0, 4.0]]> : tensor<2x2xf32>
  %0 = linalg.matmul ins(%a, %w1 : tensor<3x4xf32>, tensor<4x2xf32>) outs(%c : tensor<3x2xf32>) -> tensor<3x2xf32> loc("fc1")
  %1 = linalg.matmul ins(%b, %w2 : tensor<3x2xf32>, tensor<2x2xf32>) outs(%c : tensor<3x2xf32>) -> tensor<3x2xf32> loc("fc2")
  return %0, %1 : tensor<3x2xf32>, tensor<3x2xf32>
}
