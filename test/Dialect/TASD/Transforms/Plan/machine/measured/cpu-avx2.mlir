// RUN: tasd-opt %s -tasd-plan="machine=cpu-avx2 series=1:8" -o /dev/null --remarks-filter=tasd --remark-format=emitRemark 2>&1 | FileCheck %s --check-prefix=SPARSE
// RUN: tasd-opt %s -tasd-plan="machine=cpu-avx2 series=16:32+12:32" -o /dev/null --remarks-filter=tasd --remark-format=emitRemark 2>&1 | FileCheck %s --check-prefix=DENSE
// RUN: tasd-opt %s -tasd-plan="machine=cpu-avx2 strategy=tile-wise sparsity=0.75" -o /dev/null --remarks-filter=tasd --remark-format=emitRemark 2>&1 | FileCheck %s --check-prefix=EVEN
// RUN: not tasd-opt %s -tasd-plan="machine=cpu-avx2 series=1:8 objective=energy" 2>&1 | FileCheck %s --check-prefix=ENERGY
// RUN: not tasd-opt %s -tasd-plan="machine=cpu-avx2 strategy=element-wise sparsity=0.5" 2>&1 | FileCheck %s --check-prefix=ELEMENTS

// On a processor an eighth of the multiplications is faster than all of them, and
// seven eighths are not; whatever its kernels take to the cycle.

// SPARSE: [Passed] tasd-plan {{.*}}binding_level=packed, {{.*}}layer=linear, machine=cpu-avx2, plan="#tasd.plan<dense, 1:8 along [0] at compile_time>"
// DENSE: [Missed] tasd-plan {{.*}}layer=linear, {{.*}}reason="a series takes no fewer cycles than dense: {{[0-9]+}} cycles beside {{[0-9]+}} cycles"
// EVEN: [Missed] tasd-plan {{.*}}layer=linear, {{.*}}reason="its series keeps nothing"
// ENERGY: error: option objective: expected the objective latency on machine 'cpu-avx2', whose energies are not known, but got 'energy'
// ELEMENTS: error: option strategy: expected a pattern that machine 'cpu-avx2' runs, one of: 1:4, {{.*}}, but got 'csr(above = 1)'
func.func @main(%a: tensor<512x768xf32>, %c: tensor<512x768xf32>) -> tensor<512x768xf32> {
  %w = arith.constant dense<1.0> : tensor<768x768xf32>
  %r = linalg.matmul ins(%a, %w : tensor<512x768xf32>, tensor<768x768xf32>) outs(%c : tensor<512x768xf32>) -> tensor<512x768xf32> loc("linear")
  return %r : tensor<512x768xf32>
}
