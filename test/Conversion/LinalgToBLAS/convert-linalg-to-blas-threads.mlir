// REQUIRES: blas
// RUN: tasd-opt %s --convert-linalg-to-blas=threads=2 | FileCheck %s
// RUN: tasd-opt %s --convert-linalg-to-blas | FileCheck %s --check-prefix=ONE

// Threads share batches, else blocks of 24 rows: each product is one thread's.

// ONE-NOT: scf.forall

// CHECK-LABEL: func @batch(
// CHECK: scf.forall (%{{.*}}) in (4)
// CHECK-NOT: scf.forall
// CHECK: library_call = "tasd_runtime_gemm"
func.func @batch(%a: tensor<4x64x96xf32>, %b: tensor<4x96x256xf32>,
                 %c: tensor<4x64x256xf32>) -> tensor<4x64x256xf32> {
  %0 = linalg.batch_matmul ins(%a, %b : tensor<4x64x96xf32>, tensor<4x96x256xf32>)
    outs(%c : tensor<4x64x256xf32>) -> tensor<4x64x256xf32>
  return %0 : tensor<4x64x256xf32>
}

// CHECK-LABEL: func @rows(
// CHECK: scf.forall (%{{.*}}) = (0) to (128) step (72)
// CHECK: library_call = "tasd_runtime_gemm"
func.func @rows(%a: tensor<128x96xf32>, %b: tensor<96x256xf32>,
                %c: tensor<128x256xf32>) -> tensor<128x256xf32> {
  %0 = linalg.matmul ins(%a, %b : tensor<128x96xf32>, tensor<96x256xf32>)
    outs(%c : tensor<128x256xf32>) -> tensor<128x256xf32>
  return %0 : tensor<128x256xf32>
}

// One block is not cut, nor what becomes a product with a vector.
// CHECK-LABEL: func @few(
// CHECK-NOT: scf.forall
func.func @few(%a: tensor<24x96xf32>, %b: tensor<96x256xf32>,
               %c: tensor<24x256xf32>) -> tensor<24x256xf32> {
  %0 = linalg.matmul ins(%a, %b : tensor<24x96xf32>, tensor<96x256xf32>)
    outs(%c : tensor<24x256xf32>) -> tensor<24x256xf32>
  return %0 : tensor<24x256xf32>
}

// CHECK-LABEL: func @vector(
// CHECK-NOT: scf.forall
func.func @vector(%a: tensor<512x768xf32>, %b: tensor<768x1xf32>,
                  %c: tensor<512x1xf32>) -> tensor<512x1xf32> {
  %0 = linalg.matmul ins(%a, %b : tensor<512x768xf32>, tensor<768x1xf32>)
    outs(%c : tensor<512x1xf32>) -> tensor<512x1xf32>
  return %0 : tensor<512x1xf32>
}
