// RUN: tasd-opt %s -tasd-distribute | FileCheck %s

// A contraction of series becomes a chain over their terms, in the order written.

#a = affine_map<(m, n, k) -> (m, k)>
#b = affine_map<(m, n, k) -> (k, n)>
#c = affine_map<(m, n, k) -> (m, n)>

// CHECK-LABEL: @one_series
// CHECK-SAME: %[[S:.*]]: !tasd.series<8x16xf32, 1:8+2:4, along = [1]>, %[[B:.*]]: tensor<16x4xf32>, %[[C:.*]]: tensor<8x4xf32>
func.func @one_series(%s: !tasd.series<8x16xf32, 1:8+2:4, along = [1]>, %b: tensor<16x4xf32>, %c: tensor<8x4xf32>) -> tensor<8x4xf32> {
  // CHECK-DAG: %[[S0:.*]] = tasd.term %[[S]][0]
  // CHECK-DAG: %[[S1:.*]] = tasd.term %[[S]][1]
  // CHECK: %[[P0:.*]] = tasd.contract {{.*}} ins(%[[S0]], %[[B]] : !tasd.series<8x16xf32, 1:8, along = [1]>, {{.*}}) outs(%[[C]] :
  // CHECK: %[[P1:.*]] = tasd.contract {{.*}} ins(%[[S1]], %[[B]] : !tasd.series<8x16xf32, 2:4, along = [1]>, {{.*}}) outs(%[[P0]] :
  // CHECK: return %[[P1]]
  %r = tasd.contract [#a, #b, #c] ins(%s, %b : !tasd.series<8x16xf32, 1:8+2:4, along = [1]>, tensor<16x4xf32>) outs(%c : tensor<8x4xf32>)
  return %r : tensor<8x4xf32>
}

// CHECK-LABEL: @two_series
// CHECK-SAME: %[[S:.*]]: !tasd.series<8x16xi8, 2:4+1:8, along = [1]>, %[[T:.*]]: !tasd.series<16x4xi8, 1:4+1:4, along = [0]>, %[[C:.*]]: tensor<8x4xi32>
func.func @two_series(%s: !tasd.series<8x16xi8, 2:4+1:8, along = [1]>, %t: !tasd.series<16x4xi8, 1:4+1:4, along = [0]>, %c: tensor<8x4xi32>) -> tensor<8x4xi32> {
  // CHECK-DAG: %[[S0:.*]] = tasd.term %[[S]][0]
  // CHECK-DAG: %[[S1:.*]] = tasd.term %[[S]][1]
  // CHECK-DAG: %[[T0:.*]] = tasd.term %[[T]][0]
  // CHECK-DAG: %[[T1:.*]] = tasd.term %[[T]][1]
  // CHECK: %[[P0:.*]] = tasd.contract {{.*}} unsigned_rhs ins(%[[S0]], %[[T0]] : {{.*}}) outs(%[[C]] :
  // CHECK: %[[P1:.*]] = tasd.contract {{.*}} unsigned_rhs ins(%[[S0]], %[[T1]] : {{.*}}) outs(%[[P0]] :
  // CHECK: %[[P2:.*]] = tasd.contract {{.*}} unsigned_rhs ins(%[[S1]], %[[T0]] : {{.*}}) outs(%[[P1]] :
  // CHECK: %[[P3:.*]] = tasd.contract {{.*}} unsigned_rhs ins(%[[S1]], %[[T1]] : {{.*}}) outs(%[[P2]] :
  // CHECK: return %[[P3]]
  %r = tasd.contract [#a, #b, #c] unsigned_rhs ins(%s, %t : !tasd.series<8x16xi8, 2:4+1:8, along = [1]>, !tasd.series<16x4xi8, 1:4+1:4, along = [0]>) outs(%c : tensor<8x4xi32>)
  return %r : tensor<8x4xi32>
}

// The zero point is subtracted once in each product: (A1 + A2)(B - z).
// CHECK-LABEL: @zero_point
// CHECK-SAME: %[[Z:[a-z0-9]*]]: i32
func.func @zero_point(%z: i32, %s: !tasd.series<8x16xi8, 2:4+1:8, along = [1]>, %b: tensor<16x4xi8>, %c: tensor<8x4xi32>) -> tensor<8x4xi32> {
  // CHECK-COUNT-2: tasd.contract {{.*}} zero_point %[[Z]]
  %r = tasd.contract [#a, #b, #c] ins(%s, %b : !tasd.series<8x16xi8, 2:4+1:8, along = [1]>, tensor<16x4xi8>) outs(%c : tensor<8x4xi32>) zero_point %z
  return %r : tensor<8x4xi32>
}

// CHECK-LABEL: @single_term
func.func @single_term(%s: !tasd.series<8x16xf32, 2:4, along = [1]>, %b: tensor<16x4xf32>, %c: tensor<8x4xf32>) -> tensor<8x4xf32> {
  // CHECK-NEXT: tasd.contract
  // CHECK-NEXT: return
  %r = tasd.contract [#a, #b, #c] ins(%s, %b : !tasd.series<8x16xf32, 2:4, along = [1]>, tensor<16x4xf32>) outs(%c : tensor<8x4xf32>)
  return %r : tensor<8x4xf32>
}

// A mapping and a cost are of the whole series.
// CHECK-LABEL: @mapped
func.func @mapped(%s: !tasd.series<8x16xf32, 1:8+2:4, along = [1]>, %b: tensor<16x4xf32>, %c: tensor<8x4xf32>) -> tensor<8x4xf32> {
  // CHECK-COUNT-2: tasd.contract {{.*}} outs(%{{.*}} : tensor<8x4xf32>){{$}}
  %r = tasd.contract [#a, #b, #c] ins(%s, %b : !tasd.series<8x16xf32, 1:8+2:4, along = [1]>, tensor<16x4xf32>) outs(%c : tensor<8x4xf32>) {tasd.cost = {}, tasd.mapping = #tasd.mapping<"tc", a = 0, ["DRAM:"]>}
  return %r : tensor<8x4xf32>
}
