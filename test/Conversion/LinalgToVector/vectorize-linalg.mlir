// RUN: tasd-opt %s --pass-pipeline='builtin.module(func.func(tasd-vectorize-linalg,canonicalize))' | FileCheck %s

// Contractions become loops around vector kernels, without remainder loops.

// CHECK: #[[TRANSPOSE:.*]] = affine_map<(d0, d1, d2) -> (d0, d2, d1)>

// CHECK-LABEL: func @ragged_edges
// CHECK-SAME: %[[A:.*]]: tensor<50x37xf32>
func.func @ragged_edges(%a: tensor<50x37xf32>, %b: tensor<37x70xf32>,
                        %c: tensor<50x70xf32>) -> tensor<50x70xf32> {
  // Panels of B are padded to whole vectors.
  // CHECK: tensor.pad %{{.*}} low[0, 0] high[0, 10]
  // CHECK: %[[PANELS:.*]] = linalg.generic
  // CHECK: scf.for %[[N:.*]] = %{{.*}} to %{{.*}} step %c16
  // CHECK: %[[MASK:.*]] = vector.create_mask
  // CHECK: scf.for %[[M:.*]] = %{{.*}} to %{{.*}} step %c6
  // The row after the last is the last one.
  // CHECK: %[[ROW:.*]] = arith.minsi %{{.*}}, %c49
  // CHECK: vector.transfer_read %{{.*}}[%[[ROW]], %[[N]]], %{{.*}}, %[[MASK]] {in_bounds = [true]}
  // CHECK: scf.for %[[K:.*]] = %{{.*}} to %c37
  // CHECK: %[[VECTOR:.*]] = vector.transfer_read %[[PANELS]][%{{.*}}, %[[K]], %c0]
  // CHECK: %[[ELEMENT:.*]] = tensor.extract %[[A]][%[[M]], %[[K]]]
  // CHECK: %[[SPLAT:.*]] = vector.broadcast %[[ELEMENT]]
  // CHECK: vector.fma %[[SPLAT]], %[[VECTOR]]
  // CHECK: vector.transfer_write %{{.*}}, %{{.*}}[%[[M]], %[[N]]], %[[MASK]]
  %0 = linalg.matmul ins(%a, %b : tensor<50x37xf32>, tensor<37x70xf32>)
                     outs(%c : tensor<50x70xf32>) -> tensor<50x70xf32>
  return %0 : tensor<50x70xf32>
}

// CHECK-LABEL: func @depth_in_lanes
func.func @depth_in_lanes(%a: tensor<?x64xf32>, %b: tensor<12x64xf32>,
                          %c: tensor<?x12xf32>) -> tensor<?x12xf32> {
  // CHECK-NOT: linalg
  // CHECK: scf.for %[[K:.*]] = %c0 to %c64 step %c8
  // CHECK: vector.transfer_read %arg1[%{{.*}}, %[[K]]]
  // CHECK: vector.transfer_read %arg0[%{{.*}}, %[[K]]]
  // CHECK: vector.fma
  // CHECK: vector.reduction <add>
  // CHECK: tensor.insert
  %0 = linalg.matmul
    indexing_maps = [affine_map<(m, n, k) -> (m, k)>,
                     affine_map<(m, n, k) -> (n, k)>,
                     affine_map<(m, n, k) -> (m, n)>]
    ins(%a, %b : tensor<?x64xf32>, tensor<12x64xf32>)
    outs(%c : tensor<?x12xf32>) -> tensor<?x12xf32>
  return %0 : tensor<?x12xf32>
}

// CHECK-LABEL: func @transposed_panels
func.func @transposed_panels(%a: tensor<64x16xf32>, %b: tensor<32x16xf32>,
                             %c: tensor<64x32xf32>) -> tensor<64x32xf32> {
  // CHECK: tensor.expand_shape %arg1 {{.*}} into tensor<2x16x16xf32>
  // CHECK: linalg.generic {indexing_maps = [#[[TRANSPOSE]],
  %0 = linalg.matmul
    indexing_maps = [affine_map<(m, n, k) -> (m, k)>,
                     affine_map<(m, n, k) -> (n, k)>,
                     affine_map<(m, n, k) -> (m, n)>]
    ins(%a, %b : tensor<64x16xf32>, tensor<32x16xf32>)
    outs(%c : tensor<64x32xf32>) -> tensor<64x32xf32>
  return %0 : tensor<64x32xf32>
}

// CHECK-LABEL: func @half_accumulates_in_single
func.func @half_accumulates_in_single(%a: tensor<4x64xf16>, %b: tensor<64x8xf16>,
                                      %c: tensor<4x8xf16>) -> tensor<4x8xf16> {
  // CHECK-COUNT-3: arith.extf
  // CHECK: vector.fma {{.*}} : vector<8xf32>
  // CHECK: arith.truncf
  %0 = linalg.matmul ins(%a, %b : tensor<4x64xf16>, tensor<64x8xf16>)
                     outs(%c : tensor<4x8xf16>) -> tensor<4x8xf16>
  return %0 : tensor<4x8xf16>
}

// CHECK-LABEL: func @nothing_to_add
// CHECK-NEXT: return %arg2
func.func @nothing_to_add(%a: tensor<4x0xf32>, %b: tensor<0x8xf32>,
                          %c: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %0 = linalg.matmul ins(%a, %b : tensor<4x0xf32>, tensor<0x8xf32>)
                     outs(%c : tensor<4x8xf32>) -> tensor<4x8xf32>
  return %0 : tensor<4x8xf32>
}

// Of two operands one knows it.
// CHECK-LABEL: func @nothing_to_add_to_dynamic
// CHECK-NEXT: return %arg2
func.func @nothing_to_add_to_dynamic(%a: tensor<4x?xf32>, %b: tensor<0x8xf32>,
                                     %c: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %0 = linalg.matmul ins(%a, %b : tensor<4x?xf32>, tensor<0x8xf32>)
                     outs(%c : tensor<4x8xf32>) -> tensor<4x8xf32>
  return %0 : tensor<4x8xf32>
}
