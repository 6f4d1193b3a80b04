// RUN: tasd-opt %s --tasd-pack=target=cpu-avx2 --convert-tasd-to-vector --canonicalize --cse | FileCheck %s
// RUN: tasd-opt %s --tasd-pack=target=cpu-avx2 --convert-tasd-to-vector=hide-splats --canonicalize --cse \
// RUN:   | FileCheck %s --check-prefix=HIDDEN
// RUN: tasd-opt %s --tasd-pack=target=cpu-avx2 --convert-tasd-to-vector=vector-bits=512 --canonicalize --cse \
// RUN:   | FileCheck %s --check-prefix=WIDER

// Constants laid out as records: a panel of the other operand is copied, and two
// rows at a time multiply it, whose sums of 48 lanes stay in registers.

#lhs = affine_map<(m, n, k) -> (m, k)>
#rhs = affine_map<(m, n, k) -> (k, n)>
#out = affine_map<(m, n, k) -> (m, n)>

// CHECK-LABEL: @rows_times_lanes
// CHECK-SAME: %[[B:.*]]: tensor<4x48xf32>
// CHECK-DAG: %[[RECORDS:.*]] = arith.constant dense_resource<{{.*}}_records>
// CHECK-DAG: %[[BEGINS:.*]] = arith.constant dense_resource<{{.*}}_begins>
// CHECK: tensor.empty() : tensor<1536xf32>
// CHECK: vector.transfer_read %[[B]]
// CHECK: vector.transfer_write {{.*}} tensor<1536xf32>
// CHECK: tensor.extract %[[BEGINS]]
// CHECK: scf.for {{.*}} -> (vector<8xf32>, vector<8xf32>, vector<8xf32>, vector<8xf32>, vector<8xf32>, vector<8xf32>, vector<8xf32>, vector<8xf32>, vector<8xf32>, vector<8xf32>, vector<8xf32>, vector<8xf32>)
// CHECK:   %[[BYTES:.*]] = vector.transfer_read %[[RECORDS]]{{.*}} vector<16xi8>
// CHECK:   %[[VALUES:.*]] = vector.bitcast %[[BYTES]] : vector<16xi8> to vector<4xf32>
// CHECK:   vector.bitcast %{{.*}} : vector<8xi8> to vector<1xi64>
// CHECK:   %[[SPLAT:.*]] = vector.{{broadcast|shuffle}} %{{.*}}
// CHECK:   %[[LANES:.*]] = vector.transfer_read %{{.*}} : tensor<1536xf32>, vector<8xf32>
// CHECK:   vector.fma %[[SPLAT]], %[[LANES]]
// HIDDEN: llvm.inline_asm
func.func @rows_times_lanes(%b: tensor<4x48xf32>, %c: tensor<2x48xf32>) -> tensor<2x48xf32> {
  %w = arith.constant dense<[[1.0, 0.0, 0.0, 3.0], [5.0, 6.0, 0.0, 0.5]]> : tensor<2x4xf32>
  %s = tasd.decompose %w : !tasd.series<2x4xf32, 2:4, along = [1]>
  %r = tasd.contract [#lhs, #rhs, #out]
      ins(%s, %b : !tasd.series<2x4xf32, 2:4, along = [1]>, tensor<4x48xf32>)
      outs(%c : tensor<2x48xf32>)
  return %r : tensor<2x48xf32>
}

// Four numbers of 8 bits fill no register, and an asm operand must.
// HIDDEN-LABEL: @sums_of_bytes
// HIDDEN-NOT: llvm.inline_asm
// HIDDEN-LABEL: @odd
func.func @sums_of_bytes(%b: tensor<4x48xi8>, %c: tensor<2x48xi8>) -> tensor<2x48xi8> {
  %w = arith.constant dense<[[1, 0, 0, 3], [5, 6, 0, 7]]> : tensor<2x4xi8>
  %s = tasd.decompose %w : !tasd.series<2x4xi8, 2:4, along = [1]>
  %r = tasd.contract [#lhs, #rhs, #out]
      ins(%s, %b : !tasd.series<2x4xi8, 2:4, along = [1]>, tensor<4x48xi8>)
      outs(%c : tensor<2x48xi8>)
  return %r : tensor<2x48xi8>
}

// A layout for narrower vectors: five of them have no half as many of 512 bits.
// WIDER-LABEL: @odd
// WIDER: scf.for {{.*}} -> (vector<8xf32>, vector<8xf32>, vector<8xf32>, vector<8xf32>, vector<8xf32>,
func.func @odd(%b: tensor<4x40xf32>, %c: tensor<2x40xf32>) -> tensor<2x40xf32> {
  %w = arith.constant dense<[[1.0, 0.0, 0.0, 3.0], [5.0, 6.0, 0.0, 0.5]]> : tensor<2x4xf32>
  %s = tasd.decompose %w : !tasd.series<2x4xf32, 2:4, along = [1]>
  %r = tasd.contract [#lhs, #rhs, #out]
      ins(%s, %b : !tasd.series<2x4xf32, 2:4, along = [1]>, tensor<4x40xf32>)
      outs(%c : tensor<2x40xf32>)
  return %r : tensor<2x40xf32>
}
