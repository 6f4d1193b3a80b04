// RUN: not tasd-opt %s -tasd-plan="machine=stc series=2:8" 2>&1 | FileCheck %s --check-prefix=PATTERN
// RUN: not tasd-opt %s -tasd-plan="machine=stc series=2:4+2:4" 2>&1 | FileCheck %s --check-prefix=TERMS
// RUN: not tasd-opt %s -tasd-plan="machine=tc series=2:4 max-dropped-magnitude=0" 2>&1 | FileCheck %s --check-prefix=DENSE
// RUN: not tasd-opt %s -tasd-plan="machine=stc series=2:4,1:4" 2>&1 | FileCheck %s --check-prefix=TWO
// RUN: not tasd-opt %s -tasd-plan="machine=stcc series=2:4" 2>&1 | FileCheck %s --check-prefix=MACHINE
// RUN: not tasd-opt %s -tasd-plan="machine=stc series=2:4" 2>&1 | FileCheck %s --check-prefix=KEPT

// Series that the machine does not run: asked for, or planned already.

// PATTERN: error: option series: expected a pattern that machine 'stc' runs, one of: 2:4, but got '2:8'
// PATTERN-NOT: module
// TERMS: error: option series: expected at most 1 term on machine 'stc' but got 2
// DENSE: error: option series: expected a dense operand on machine 'tc' but got '2:4'
// TWO: error: option series: expected exactly one series without a bound but got 2
// MACHINE: error: option machine: {{.*}}'stcc'
// KEPT: error: layer 'main/matmul#0': expected a pattern that machine 'stc' runs, one of: 2:4, but got '1:4'
func.func @main(%a: tensor<4x8xf32>, %b: tensor<8x2xf32>, %c: tensor<4x2xf32>) -> tensor<4x2xf32> {
  %r = linalg.matmul {tasd.plan = #tasd.plan<dense, 1:4 along [0] at run_time>} ins(%a, %b : tensor<4x8xf32>, tensor<8x2xf32>) outs(%c : tensor<4x2xf32>) -> tensor<4x2xf32>
  return %r : tensor<4x2xf32>
}
