// RUN: rm -rf %t && mkdir %t && cd %t
// RUN: %python %source/test/tasd-run/Inputs/npy.py mix fc1.npy f4 256x256 50
// RUN: %python -m zipfile -c scores.npz fc1.npy
// RUN: tasd-opt %s -tasd-plan="machine=dstc strategy=tile-wise sparsity=0.75 granularity=32 scores=scores.npz" --remarks-filter=tasd --remark-format=emitRemark 2>&1 | FileCheck %s --check-prefix=GAINS
// RUN: tasd-opt %s -tasd-plan="machine=dstc strategy=tile-wise sparsity=0.75 granularity=2 scores=scores.npz" --remarks-filter=tasd --remark-format=emitRemark -o dense.mlir 2>&1 | FileCheck %s --check-prefix=DENSE
// RUN: tasd-opt dense.mlir -tasd-print-cost=machine=dstc -o - | FileCheck %s --check-prefix=COST
// RUN: tasd-opt %s -tasd-plan="machine=cpu-avx2 strategy=tile-wise sparsity=0.75 scores=scores.npz" --remarks-filter=tasd --remark-format=emitRemark -o /dev/null 2>&1 | FileCheck %s --check-prefix=FASTER
// RUN: tasd-opt %s -tasd-plan="machine=cpu-avx2 strategy=tile-wise sparsity=0.1 scores=scores.npz" --remarks-filter=tasd --remark-format=emitRemark -o slower.mlir 2>&1 | FileCheck %s --check-prefix=SLOWER
// RUN: FileCheck %s --check-prefix=KEPT --input-file slower.mlir

// What scores leave is compared with the weights before, all 256^3 products of
// which the machine computes, 256 in a cycle; and layers that get these back
// have a mapping that is theirs.

// GAINS: dense_cycles=65536, {{.*}}layer=fc1, {{.*}}tw(32) along [0]
// DENSE: cycles=65536, dense_cycles=65536, {{.*}}layer=fc1, {{.*}}reason="a series has no lower EDP than dense
// FASTER: layer=fc1, machine=cpu-avx2, {{.*}}tw(128) along [0]
// SLOWER: layer=fc1, machine=cpu-avx2, {{.*}}reason="a series takes {{(no fewer|more)}} cycles than dense
// KEPT: arith.constant dense<1.000000e+00>
// COST: matmul {{ *}}- {{ *}}65,536 {{ *}}65,536
func.func @main(%a: tensor<256x256xf32>, %c: tensor<256x256xf32>) -> tensor<256x256xf32> {
  %w = arith.constant dense<1.0> : tensor<256x256xf32>
  %0 = linalg.matmul ins(%a, %w : tensor<256x256xf32>, tensor<256x256xf32>) outs(%c : tensor<256x256xf32>) -> tensor<256x256xf32> loc("fc1")
  return %0 : tensor<256x256xf32>
}
