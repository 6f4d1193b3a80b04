// RUN: not tasd-opt %s -tasd-profile 2>&1 | FileCheck %s --check-prefix=NONE
// RUN: not tasd-opt %s -tasd-profile="file=%t.missing.json" 2>&1 | FileCheck %s --check-prefix=MISSING
// RUN: not tasd-opt %s -tasd-profile="file=%s" 2>&1 | FileCheck %s --check-prefix=TEXT
// RUN: not tasd-opt %s -tasd-profile="file=%S/Inputs/profile-a.json share=1.5" 2>&1 | FileCheck %s --check-prefix=SHARE
// RUN: not tasd-opt %s -tasd-profile="file=%S/Inputs/profile-a.json" 2>&1 | FileCheck %s --check-prefix=SHAPE
// RUN: sed 's/loc("fc")/loc("other")/' %s > %t.mlir
// RUN: not tasd-opt %t.mlir -tasd-profile="file=%S/Inputs/profile-a.json" 2>&1 | FileCheck %s --check-prefix=OTHER
// RUN: not tasd-opt %t.mlir -tasd-profile="file=%S/Inputs/profile-a.json allow-others" 2>&1 | FileCheck %s --check-prefix=OTHER
// RUN: cp %S/Inputs/profile-a.json %t.copy.json
// RUN: not tasd-opt %s -tasd-profile="file=%S/Inputs/profile-a.json,%t.copy.json" 2>&1 | FileCheck %s --check-prefix=TWICE
// RUN: sed 's/"version": 1/"version": 2/' %S/Inputs/profile-a.json > %t.json
// RUN: not tasd-opt %s -tasd-profile="file=%t.json" 2>&1 | FileCheck %s --check-prefix=VERSION
// RUN: sed 's/"num_rows": 2/"num_rows": 3/' %S/Inputs/profile-a.json > %t.json
// RUN: not tasd-opt %s -tasd-profile="file=%t.json" 2>&1 | FileCheck %s --check-prefix=COUNTS

// Files that are no profile of the module.

// NONE: error: option file: expected the file of a profile
// MISSING: error: option file: cannot read '{{.*}}missing.json': No such file or directory
// TEXT: error: option file: {{.*}}profile-invalid.mlir: [1:1, byte=1]: Invalid JSON value
// SHARE: error: option share: expected a share of 0 to 1 but got 1.5
// SHAPE: error: {{.*}}layer 'fc', input 0: expected a profile of 8 columns but got 4
// OTHER: error: expected a profile of layers of this module but got layer 'fc' and 1 more that it does not have, of 2
// TWICE: error: option file: {{.*}}copy.json: expected a profile of other data than '{{.*}}profile-a.json', which would count twice
// VERSION: error: option file: {{.*}}.json: expected version 1 of a profile but got 2
// COUNTS: error: option file: {{.*}}.json: layer 'fc', input 0: expected 3 <= sum of counts <= 3 but got 2
func.func @main(%x: tensor<2x8xf32>, %i: tensor<2x2xf32>) -> tensor<2x2xf32> {
  %w = arith.constant dense<1.0> : tensor<8x2xf32>
  %0 = linalg.matmul ins(%x, %w : tensor<2x8xf32>, tensor<8x2xf32>) outs(%i : tensor<2x2xf32>) -> tensor<2x2xf32> loc("fc")
  return %0 : tensor<2x2xf32>
}
