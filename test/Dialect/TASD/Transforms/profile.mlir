// RUN: tasd-opt %s -tasd-profile="file=%S/Inputs/profile-a.json" | FileCheck %s
// RUN: tasd-opt %s -tasd-profile="file=%S/Inputs/profile-a.json,%S/Inputs/profile-b.json share=0.5" | FileCheck %s --check-prefix=BOTH
// RUN: tasd-opt %s -tasd-profile="file=%S/Inputs/profile-b.json,%S/Inputs/profile-a.json share=0.5" | FileCheck %s --check-prefix=BOTH
// RUN: tasd-opt %s -tasd-profile="file=%S/Inputs/profile-a.json" --mlir-pass-statistics -o /dev/null 2>&1 | FileCheck %s --check-prefix=COUNTS
// RUN: sed 's/"name": "scores"/"name": "lost"/' %S/Inputs/profile-a.json > %t.json
// RUN: not tasd-opt %s -tasd-profile="file=%t.json" -o /dev/null 2>&1 | FileCheck %s --check-prefix=LOST
// RUN: tasd-opt %s -tasd-profile="file=%t.json allow-others" --mlir-pass-statistics -o /dev/null 2>&1 | FileCheck %s --check-prefix=PART

// What was measured becomes attributes of the layers that the profiles name;
// several files count as all their data at once.

// COUNTS: (S) 0 operands-left-out
// COUNTS: (S) 3 operands-profiled
// LOST: error: expected a profile of layers of this module but got layer 'lost'{{$}}
// PART-NOT: error
// PART: (S) 2 operands-left-out
// PART: (S) 1 operands-profiled

// CHECK-LABEL: @main
// BOTH-LABEL: @main
func.func @main(%x: tensor<2x4xf32>, %q: tensor<3x4xf32>, %k: tensor<4x2xf32>, %i: tensor<2x2xf32>, %s: tensor<3x2xf32>) -> (tensor<2x2xf32>, tensor<3x2xf32>) {
  %w = arith.constant dense<1.0> : tensor<4x2xf32>
  // CHECK: linalg.matmul {tasd.profile = #tasd.profile<<along [1], elements = 8, non_zeros = 5, magnitude = 1.100000e+01, squared_norm = 3.100000e+01, pseudo_density = 6.250000e-01 at 0.98999999999999999,
  // CHECK-SAME{LITERAL}: histograms = [[0, 0, 1, 1, 0]],
  // CHECK-SAME: second_moments = [5.000000e-01, 4.500000e+00, 2.500000e+00, 8.000000e+00],
  // CHECK-SAME: series = [<2:4 drops non_zeros = 1, magnitude = 1.000000e+00, squared_norm = 1.000000e+00>]>, none>}
  // BOTH: linalg.matmul {tasd.profile = #tasd.profile<<along [1], elements = 16, non_zeros = 9, magnitude = 2.100000e+01, squared_norm = 6.100000e+01, pseudo_density = 1.875000e-01 at 5.000000e-01,
  // BOTH-SAME: second_moments = [5.000000e-01, 4.500000e+00, 2.250000e+00, 8.000000e+00],
  %0 = linalg.matmul ins(%x, %w : tensor<2x4xf32>, tensor<4x2xf32>) outs(%i : tensor<2x2xf32>) -> tensor<2x2xf32> loc("fc")
  // A profile of one of the files stays as it is, and what was there goes.
  // CHECK: linalg.matmul {tasd.profile = #tasd.profile<<along [1], {{.*}}>, <along [0], {{.*}}>>}
  // BOTH: linalg.matmul {tasd.profile = #tasd.profile<<along [1], elements = 12,
  %1 = linalg.matmul {tasd.profile = #tasd.profile<none, none>} ins(%q, %k : tensor<3x4xf32>, tensor<4x2xf32>) outs(%s : tensor<3x2xf32>) -> tensor<3x2xf32> loc("scores")
  return %0, %1 : tensor<2x2xf32>, tensor<3x2xf32>
}
