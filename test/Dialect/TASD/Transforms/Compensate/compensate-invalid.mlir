// RUN: not tasd-opt %s --tasd-compensate 2>&1 | FileCheck %s --check-prefix=NONE
// RUN: not tasd-opt %s --tasd-compensate=file=%t.missing.json 2>&1 | FileCheck %s --check-prefix=MISSING
// RUN: rm -rf %t && mkdir %t && cp %S/Inputs/profile.json %t
// RUN: not tasd-opt %s --tasd-compensate="file=%t/profile.json allow-others" 2>&1 | FileCheck %s --check-prefix=MATRIX
// RUN: echo > %t/profile.json.0.npy
// RUN: not tasd-opt %s --tasd-compensate="file=%t/profile.json allow-others" 2>&1 | FileCheck %s --check-prefix=FORM
// RUN: not tasd-opt %s --tasd-compensate="file=%S/Inputs/profile.json damping=-1" 2>&1 | FileCheck %s --check-prefix=DAMPING
// RUN: sed 's/loc("fc")/loc("unmeasured")/' %s | tasd-opt --tasd-compensate="file=%S/Inputs/profile.json allow-others" -o /dev/null 2>&1 | FileCheck %s --check-prefix=USELESS
// RUN: not tasd-opt %s --tasd-compensate=file=%S/Inputs/profile.json 2>&1 | FileCheck %s --check-prefix=OTHER
// RUN: sed 's/\[3.0, 0.0\],/[1.0, 1.0], [1.0, 1.0], [3.0, 0.0],/' %s > %t/wide.mlir
// RUN: sed 's/4x2xf32/6x2xf32/g; s/8x4xf32/8x6xf32/g' %t/wide.mlir | not tasd-opt --tasd-compensate="file=%S/Inputs/profile.json allow-others" 2>&1 | FileCheck %s --check-prefix=SHAPE

// A profile that is not there, or that lacks its matrices; an option out of range.

// NONE: error: option file: expected a profile but got none
// MISSING: error: option file: cannot read '{{.*}}missing.json': No such file or directory
// MATRIX: error: cannot read '{{.*}}profile.json.0.npy': No such file or directory
// FORM: error: {{.*}}profile.json.0.npy: expected
// DAMPING: error: option damping: expected a finite number of at least 0 but got -1
// OTHER: error: expected a profile of layers of this module but got layer 'unmeasured'
// SHAPE: error: {{.*}}layer 'fc', input 0: expected a profile of 6 columns but got 4
// USELESS: warning: option file: expected second moments of a planned layer's activations (second-moments=full) but '{{.*}}profile.json' has none
func.func @main(%a: tensor<8x4xf32>, %c: tensor<8x2xf32>) -> tensor<8x2xf32> {
  %w = arith.constant dense<[[3.0, 0.0], [1.0, 0.0], [0.0, 1.0], [0.0, 5.0]]> : tensor<4x2xf32>
  %r = linalg.matmul {tasd.plan = #tasd.plan<dense, 1:4 along [0] at compile_time>}
    ins(%a, %w : tensor<8x4xf32>, tensor<4x2xf32>) outs(%c : tensor<8x2xf32>) -> tensor<8x2xf32> loc("fc")
  return %r : tensor<8x2xf32>
}
