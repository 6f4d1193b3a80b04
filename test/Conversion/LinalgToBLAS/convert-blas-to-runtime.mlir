// RUN: tasd-opt %s -convert-blas-to-runtime -canonicalize | FileCheck %s
// RUN: tasd-opt %s -convert-blas-to-runtime --mlir-pass-statistics -o /dev/null 2>&1 | FileCheck %s --check-prefix=COUNTS

// A product on buffers becomes one call; its record stands on the stack.

// COUNTS: (S) 1 runtime-calls

// CHECK: func.func private @tasd_runtime_gemm(index)

// Version, element type, extents; of each matrix address and strides, those of
// the transposed one exchanged.
// CHECK-LABEL: @transposed
// CHECK-SAME: %[[A:.*]]: memref<4x?xf64, strided<[?, 1], offset: ?>>
// CHECK-DAG: %[[N:.*]] = arith.constant 6 : i64
// CHECK-DAG: %[[RECORD:.*]] = memref.alloca() : memref<14xi64>
// CHECK-DAG: %[[DEPTH:.*]] = memref.dim %[[A]], %c1
// CHECK: %[[K:.*]] = arith.index_cast %[[DEPTH]]
// CHECK: memref.store %[[K]], %[[RECORD]][%c4]
// CHECK-COUNT-9: memref.store %{{.*}}, %[[RECORD]]
// CHECK: call @tasd_runtime_gemm
func.func @transposed(%a: memref<4x?xf64, strided<[?, 1], offset: ?>>, %b: memref<6x?xf64>, %c: memref<?x6xf64>) {
  linalg.generic {
    indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>],
    iterator_types = ["parallel", "parallel", "reduction"], library_call = "tasd_runtime_gemm"
  } ins(%a, %b : memref<4x?xf64, strided<[?, 1], offset: ?>>, memref<6x?xf64>) outs(%c : memref<?x6xf64>) {
  ^bb0(%x: f64, %y: f64, %sum: f64):
    %0 = arith.mulf %x, %y : f64
    %1 = arith.addf %sum, %0 : f64
    linalg.yield %1 : f64
  }
  return
}

// Functions of others are theirs.
// CHECK-LABEL: @other
// CHECK: linalg.generic {{.*}} library_call = "theirs"
func.func @other(%a: memref<4xf32>) {
  linalg.generic {indexing_maps = [affine_map<(i) -> (i)>], iterator_types = ["parallel"], library_call = "theirs"} outs(%a : memref<4xf32>) {
  ^bb0(%x: f32):
    linalg.yield %x : f32
  }
  return
}
