// RUN: tasd-opt %s --tasd-pack=target=cpu-avx2 --convert-tasd-to-vector=threads=2 --canonicalize --cse -split-input-file | FileCheck %s

// Threads share blocks of lanes, or the rows of the series where these are too
// few: then lists are found by the number of the first group, and what is
// gathered is gathered before, once for all threads.

#lhs = affine_map<(m, n, k) -> (m, k)>
#rhs = affine_map<(m, n, k) -> (k, n)>
#out = affine_map<(m, n, k) -> (m, n)>

// CHECK-LABEL: @lanes
// CHECK: scf.forall {{.*}} = (0) to (96) step (48)
// CHECK: tensor.extract_slice {{.*}} tensor<64x96xf32> to tensor<64x48xf32>
func.func @lanes(%x: tensor<64x96xf32>, %c: tensor<64x96xf32>) -> tensor<64x96xf32> {
  %w = arith.constant dense<1.0> : tensor<64x64xf32>
  %s = tasd.decompose %w : !tasd.series<64x64xf32, 2:4, along = [1]>
  %r = tasd.contract [#lhs, #rhs, #out]
      ins(%s, %x : !tasd.series<64x64xf32, 2:4, along = [1]>, tensor<64x96xf32>)
      outs(%c : tensor<64x96xf32>)
  return %r : tensor<64x96xf32>
}

// -----

#lhs = affine_map<(n, m, k) -> (n, k)>
#rhs = affine_map<(n, m, k) -> (k, m)>
#out = affine_map<(n, m, k) -> (n, m)>

// Groups of two rows, of which the second thread has one less.
// CHECK-LABEL: @rows
// CHECK-SAME: %[[X:.*]]: tensor<48x64xf32>, %[[C:.*]]: tensor<48x99xf32>
// CHECK-DAG: %[[BEGINS:.*]] = arith.constant dense_resource<{{.*}}_begins> : tensor<51xi32>
// CHECK: vector.transfer_read %[[X]]
// CHECK: scf.forall (%[[TILE:.*]]) = (0) to (99) step (50) shared_outs(%[[SHARED:.*]] = %[[C]])
// CHECK-NOT: vector.transfer_read %[[X]]
// CHECK:   %[[SLICE:.*]] = tensor.extract_slice %[[SHARED]][0, %[[TILE]]] [48, %{{.*}}] [1, 1]
// CHECK:   %[[FIRST:.*]] = arith.divui %[[TILE]], %c2
// CHECK:   scf.for %[[GROUP:.*]] = %c0
// CHECK:     %[[LIST:.*]] = arith.addi %[[FIRST]], %[[GROUP]]
// CHECK:     tensor.extract %[[BEGINS]][%[[LIST]]]
// CHECK-NOT: tasd.slice
func.func @rows(%x: tensor<48x64xf32>, %c: tensor<48x99xf32>) -> tensor<48x99xf32> {
  %w = arith.constant dense<1.0> : tensor<64x99xf32>
  %s = tasd.decompose %w : !tasd.series<64x99xf32, 2:4, along = [0]>
  %r = tasd.contract [#lhs, #rhs, #out]
      ins(%x, %s : tensor<48x64xf32>, !tasd.series<64x99xf32, 2:4, along = [0]>)
      outs(%c : tensor<48x99xf32>)
  return %r : tensor<48x99xf32>
}

// -----

#matrix = affine_map<(m, k) -> (m, k)>
#vector = affine_map<(m, k) -> (k)>
#result = affine_map<(m, k) -> (m)>

// CHECK-LABEL: @rows_in_lanes
// CHECK-DAG: %[[BEGINS:.*]] = arith.constant dense_resource<{{.*}}_begins>
// CHECK: scf.forall (%[[TILE:.*]]) = (0) to (1024) step (512)
// CHECK:   %[[FIRST:.*]] = arith.divui %[[TILE]], %c8
// CHECK:   scf.for %[[GROUP:.*]] = %c0 to %c64
// CHECK:     %[[LIST:.*]] = arith.addi %[[FIRST]], %[[GROUP]]
// CHECK:     tensor.extract %[[BEGINS]][%[[LIST]]]
func.func @rows_in_lanes(%x: tensor<256xf32>, %c: tensor<1024xf32>) -> tensor<1024xf32> {
  %w = arith.constant dense<1.0> : tensor<1024x256xf32>
  %s = tasd.decompose %w : !tasd.series<1024x256xf32, 2:4, along = [1]>
  %r = tasd.contract [#matrix, #vector, #result]
      ins(%s, %x : !tasd.series<1024x256xf32, 2:4, along = [1]>, tensor<256xf32>)
      outs(%c : tensor<1024xf32>)
  return %r : tensor<1024xf32>
}

// -----

#matrix = affine_map<(m, k) -> (m, k)>
#vector = affine_map<(m, k) -> (k)>
#result = affine_map<(m, k) -> (m)>

// Too little to wake a thread for.
// CHECK-LABEL: @few
// CHECK-NOT: scf.forall
func.func @few(%x: tensor<256xf32>, %c: tensor<512xf32>) -> tensor<512xf32> {
  %w = arith.constant dense<1.0> : tensor<512x256xf32>
  %s = tasd.decompose %w : !tasd.series<512x256xf32, 2:4, along = [1]>
  %r = tasd.contract [#matrix, #vector, #result]
      ins(%s, %x : !tasd.series<512x256xf32, 2:4, along = [1]>, tensor<256xf32>)
      outs(%c : tensor<512xf32>)
  return %r : tensor<512xf32>
}
