// RUN: tasd-opt %s --tasd-pack=target=cpu-avx2 --convert-tasd-to-vector --canonicalize --cse | FileCheck %s

// Products with a single vector have eight rows in lanes: eight slots at a time,
// each a vector of values times eight elements of the vector, permuted.

#matrix = affine_map<(m, k) -> (m, k)>
#vector = affine_map<(m, k) -> (k)>
#result = affine_map<(m, k) -> (m)>

// CHECK-LABEL: @rows_in_lanes
// CHECK-DAG: %[[VALUES:.*]] = arith.constant dense_resource<{{.*}}_values> : tensor<64xf32>
// CHECK-DAG: %[[PLACES:.*]] = arith.constant dense_resource<{{.*}}_places> : tensor<8xi32>
// CHECK-DAG: %[[COLUMNS:.*]] = arith.constant dense_resource<{{.*}}_columns> : tensor<8xi32>
// CHECK-DAG: %[[SECOND:.*]] = arith.constant dense<4> : vector<8xi32>
// CHECK: scf.for {{.*}} -> (vector<8xf32>, vector<8xf32>, vector<8xf32>, vector<8xf32>)
// CHECK:   %[[P:.*]] = vector.transfer_read %[[PLACES]]{{.*}} vector<8xi32>
// CHECK:   %[[V:.*]] = vector.transfer_read %[[VALUES]]
// CHECK:   %[[C:.*]] = tensor.extract %[[COLUMNS]]
// CHECK:   %[[BLOCK:.*]] = vector.transfer_read {{.*}} tensor<8xf32>, vector<8xf32>
// CHECK:   %[[X:.*]] = llvm.inline_asm {{.*}}"vpermps $1, $2, $0", "=v,v,v" %[[BLOCK]], %[[P]]
// CHECK:   vector.fma %[[V]], %[[X]]
// CHECK:   %[[Q:.*]] = arith.shrui %[[P]], %[[SECOND]]
// CHECK:   llvm.inline_asm {{.*}}"vpermps $1, $2, $0", "=v,v,v" %{{.*}}, %[[Q]]
func.func @rows_in_lanes(%x: tensor<8xf32>, %c: tensor<2xf32>) -> tensor<2xf32> {
  %w = arith.constant dense<[[1.0, 0.0, 0.0, 3.0, 0.0, 0.0, 2.0, 2.0], [5.0, 6.0, 0.0, 0.5, 0.0, 1.0, 0.0, 1.0]]> : tensor<2x8xf32>
  %s = tasd.decompose %w : !tasd.series<2x8xf32, 2:4, along = [1]>
  %r = tasd.contract [#matrix, #vector, #result]
      ins(%s, %x : !tasd.series<2x8xf32, 2:4, along = [1]>, tensor<8xf32>)
      outs(%c : tensor<2xf32>)
  return %r : tensor<2xf32>
}
