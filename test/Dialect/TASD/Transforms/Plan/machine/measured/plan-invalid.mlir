// RUN: not tasd-opt %s -tasd-plan="machine=%S/Inputs/measured.yaml series=2:4 objective=energy" 2>&1 | FileCheck %s --check-prefix=ENERGY
// RUN: not tasd-opt %s -tasd-plan="machine=%S/Inputs/measured.yaml series=2:8" 2>&1 | FileCheck %s --check-prefix=PATTERN
// RUN: not tasd-opt %s -tasd-print-cost="machine=%S/Inputs/measured.yaml baseline=tc" 2>&1 | FileCheck %s --check-prefix=BASELINE
// RUN: not tasd-opt %s -tasd-lower-to-ttc="machine=%S/Inputs/measured.yaml" 2>&1 | FileCheck %s --check-prefix=SIMULATED
// RUN: not tasd-opt %s -tasd-print-cost="machine=%S/Inputs/measured.yaml" 2>&1 | FileCheck %s --check-prefix=MAPPED

// What a machine whose costs were measured cannot tell: energies, what it was not
// measured for, how it compares with other machines, what happens inside it.

// ENERGY: error: option objective: expected the objective latency on machine 'measured', whose energies are not known, but got 'energy'
// PATTERN: error: option series: expected a pattern that machine 'measured' runs, one of: 1:4, 2:4, 4:8, but got '2:8'
// BASELINE: error: option baseline: expected machines with the same energy profile but got 'measured' with 'none' and 'tc' with 'aladdin-45nm'
// SIMULATED: error: machine 'measured' cannot be simulated: its costs are measured, and say nothing of levels
// MAPPED: error: layer 'main/matmul#0': expected no mapping on machine 'measured', whose costs were measured
func.func @main(%a: tensor<4x8xf32>, %c: tensor<4x2xf32>) -> tensor<4x2xf32> {
  %b = arith.constant dense<1.0> : tensor<8x2xf32>
  %r = linalg.matmul {tasd.plan = #tasd.plan<dense, 2:4 along [0] at compile_time, mapping = <"measured", a = 1, ["memory: for M in [0:2) / for N in [0:4) / for K in [0:8)"]>>} ins(%a, %b : tensor<4x8xf32>, tensor<8x2xf32>) outs(%c : tensor<4x2xf32>) -> tensor<4x2xf32>
  return %r : tensor<4x2xf32>
}
