// RUN: not tasd-opt %s -tasd-print-plan="file=%t.missing/plan.txt" -o /dev/null 2>&1 | FileCheck %s --check-prefix=FILE --implicit-check-not=linalg.matmul
// RUN: sed 's/dense<1.0>/dense_resource<elided>/' %s > %t.mlir
// RUN: not tasd-opt %t.mlir -tasd-print-plan="file=%t.txt" -o /dev/null 2>&1 | FileCheck %s --check-prefix=DATA
// RUN: not ls %t.txt

// A file that cannot be written, and weights without data.

// FILE: error: option file: cannot write '{{.*}}plan.txt': No such file or directory
// DATA: error: expected data for resource 'elided' but got none
func.func @main(%a: tensor<4x8xf32>, %c: tensor<4x2xf32>) -> tensor<4x2xf32> {
  %w = arith.constant dense<1.0> : tensor<8x2xf32>
  %r = linalg.matmul ins(%a, %w : tensor<4x8xf32>, tensor<8x2xf32>) outs(%c : tensor<4x2xf32>) -> tensor<4x2xf32>
  return %r : tensor<4x2xf32>
}
