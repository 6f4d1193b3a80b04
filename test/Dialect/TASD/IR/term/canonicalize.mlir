// RUN: tasd-opt %s -canonicalize -split-input-file | FileCheck %s

// Terms are taken from where the series was made.

// CHECK-LABEL: @only_term
// CHECK-SAME: %[[S:.*]]: !tasd.series
func.func @only_term(%s: !tasd.series<8x16xf32, 2:4, along = [1]>)
    -> !tasd.series<8x16xf32, 2:4, along = [1]> {
  // CHECK-NEXT: return %[[S]]
  %t = tasd.term %s[0] : !tasd.series<8x16xf32, 2:4, along = [1]>
  return %t : !tasd.series<8x16xf32, 2:4, along = [1]>
}

// CHECK-LABEL: @term_of_assemble
// CHECK-SAME: %{{.*}}: tensor<8x8xf32>, %{{.*}}: tensor<8x2xi8>, %[[V:.*]]: tensor<8x2xf32>, %[[M:.*]]: tensor<8x1xi8>
func.func @term_of_assemble(
    %v0: tensor<8x8xf32>, %m0: tensor<8x2xi8>,
    %v1: tensor<8x2xf32>, %m1: tensor<8x1xi8>)
    -> !tasd.series<8x16xf32, 1:8, along = [1]> {
  // CHECK-NEXT: %[[T:.*]] = tasd.assemble %[[V]], %[[M]] : !tasd.series<8x16xf32, 1:8, along = [1]>
  // CHECK-NEXT: return %[[T]]
  %s = tasd.assemble %v0, %m0, %v1, %m1 : !tasd.series<8x16xf32, 2:4+1:8, along = [1]>
  %t = tasd.term %s[1] : !tasd.series<8x16xf32, 2:4+1:8, along = [1]>
  return %t : !tasd.series<8x16xf32, 1:8, along = [1]>
}

// CHECK-LABEL: @term_of_slice
// CHECK-SAME: %[[S:.*]]: !tasd.series<8x16xf32, 2:4+1:8, along = [1]>, %[[I:.*]]: index
func.func @term_of_slice(%s: !tasd.series<8x16xf32, 2:4+1:8, along = [1]>, %i: index)
    -> !tasd.series<2x8xf32, 2:4, along = [1]> {
  // CHECK-NEXT: %[[T:.*]] = tasd.term %[[S]][0]
  // CHECK-NEXT: %[[P:.*]] = tasd.slice %[[T]] [%[[I]], 8] [2, 8] : !tasd.series<8x16xf32, 2:4, along = [1]>
  // CHECK-NEXT: return %[[P]]
  %p = tasd.slice %s[%i, 8] [2, 8] : !tasd.series<8x16xf32, 2:4+1:8, along = [1]>
  %t = tasd.term %p[0] : !tasd.series<2x8xf32, 2:4+1:8, along = [1]>
  return %t : !tasd.series<2x8xf32, 2:4, along = [1]>
}
