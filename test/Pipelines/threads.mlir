// RUN: tasd-opt %s --tasd-linalg-to-llvm=threads=3 | FileCheck %s
// RUN: tasd-opt %s --tasd-lower-to-cpu=threads=3 | FileCheck %s
// RUN: tasd-opt %s --tasd-linalg-to-llvm | FileCheck %s --check-prefix=ONE

// Compiled code runs on as many threads of OpenMP as it is asked for; on one
// without OpenMP.

// ONE-NOT: omp.

// CHECK-LABEL: llvm.func @layer(
// CHECK: %[[THREADS:.*]] = llvm.mlir.constant(3 : i32)
// CHECK: omp.parallel num_threads(%[[THREADS]] : i32)
// CHECK: llvm.call @layer_tile(
// CHECK-LABEL: llvm.func @layer_tile(
// CHECK: vector<8xf32>
func.func @layer(%x: tensor<96x96xf32>, %w: tensor<96x768xf32>,
                 %y: tensor<96x768xf32>) -> tensor<96x768xf32> {
  %0 = linalg.matmul ins(%x, %w : tensor<96x96xf32>, tensor<96x768xf32>)
                     outs(%y : tensor<96x768xf32>) -> tensor<96x768xf32>
  return %0 : tensor<96x768xf32>
}
