// RUN: not tasd-opt %s -tasd-print-cost -o /dev/null 2>&1 | FileCheck %s --check-prefix=NONE --implicit-check-not=linalg.matmul
// RUN: not tasd-opt %s -tasd-print-cost="machine=tcc" -o /dev/null 2>&1 | FileCheck %s --check-prefix=MACHINE
// RUN: not tasd-opt %s -tasd-print-cost="machine=tc baseline=none.yaml" -o /dev/null 2>&1 | FileCheck %s --check-prefix=BASELINE
// RUN: not tasd-opt %s -tasd-print-cost="machine=ttc-vegeta-m8 energy-profile=guess" -o /dev/null 2>&1 | FileCheck %s --check-prefix=PROFILE
// RUN: not tasd-opt %s -tasd-print-cost="machine=ttc-vegeta-m8 dynamic-extent=0" -o /dev/null 2>&1 | FileCheck %s --check-prefix=EXTENT
// RUN: not tasd-opt %s -tasd-print-cost="machine=tc objective=area" -o /dev/null 2>&1 | FileCheck %s --check-prefix=OBJECTIVE
// RUN: tasd-opt --tasd-print-machine=tc | sed 's/^energy_profile:.*/energy_profile: horowitz-45nm/' > %t.yaml
// RUN: not tasd-opt %s -tasd-print-cost="machine=ttc-vegeta-m8 baseline=%t.yaml" -o /dev/null 2>&1 | FileCheck %s --check-prefix=MIXED
// RUN: not tasd-opt %s -tasd-print-cost="machine=ttc-vegeta-m8 file=%t.missing/cost.txt" -o /dev/null 2>&1 | FileCheck %s --check-prefix=FILE
// RUN: not tasd-opt %s -tasd-print-cost="machine=tc file=%t.txt" -o /dev/null 2>&1 | FileCheck %s --check-prefix=SERIES
// RUN: not tasd-opt %s -tasd-print-cost="machine=vegeta-m8 file=%t.txt" -o /dev/null 2>&1 | FileCheck %s --check-prefix=LOSSY
// RUN: not ls %t.txt

// Options that are wrong, and a plan that the machine does not run.

// NONE: error: option machine: expected a machine but got none
// MACHINE: error: option machine: {{.*}}'tcc'
// BASELINE: error: option baseline: {{.*}}none.yaml
// PROFILE: error: option energy-profile: expected an energy profile of machine 'ttc-vegeta-m8', one of: {{.*}}, but got 'guess'
// EXTENT: error: option dynamic-extent: expected at least 1 but got 0
// OBJECTIVE: area
// MIXED: error: option baseline: expected machines with the same energy profile but got 'ttc-vegeta-m8' with 'aladdin-45nm' and 'tc' with 'horowitz-45nm'
// FILE: error: option file: cannot write '{{.*}}cost.txt': No such file or directory
// SERIES: layer 'dense1': expected a dense operand on machine 'tc' but got '2:8'
// LOSSY: layer 'dense1': expected a series that drops nothing, on machine 'vegeta-m8', but 2:8 drops 12 non-zeros
func.func @main(%a: tensor<4x8xf32>, %c: tensor<4x2xf32>) -> tensor<4x2xf32> {
  %w = arith.constant dense<1.0> : tensor<8x2xf32>
  %r = linalg.matmul {tasd.plan = #tasd.plan<dense, 2:8 along [0] at compile_time>} ins(%a, %w : tensor<4x8xf32>, tensor<8x2xf32>) outs(%c : tensor<4x2xf32>) -> tensor<4x2xf32> loc("dense1")
  return %r : tensor<4x2xf32>
}
