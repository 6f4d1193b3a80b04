// RUN: tasd-opt %s --convert-tasd-to-vector --canonicalize --cse | FileCheck %s

// As many products of a vector as a row has slots, which is read from the term.

#lhs = affine_map<(m, n, k) -> (m, k)>
#rhs = affine_map<(m, n, k) -> (k, n)>
#out = affine_map<(m, n, k) -> (m, n)>

// CHECK-LABEL: @elements
// CHECK-SAME: %[[V:.*]]: tensor<?xf32>, %[[C:.*]]: tensor<?xi32>, %[[B:.*]]: tensor<9xi64>
// CHECK: scf.for %[[ROW:.*]] =
// CHECK:   tensor.extract %[[B]][%[[ROW]]]
// CHECK:   %[[SLOTS:.*]] = arith.subi
// CHECK:   scf.for %{{.*}} = %{{.*}} to %[[SLOTS]] step
// CHECK:     tensor.extract %[[C]]
// CHECK:     tensor.extract %[[V]]
// CHECK:     vector.fma
// CHECK-NOT: tasd.
func.func @elements(%v: tensor<?xf32>, %i: tensor<?xi32>, %p: tensor<9xi64>,
                    %b: tensor<16x32xf32>, %c: tensor<8x32xf32>)
    -> tensor<8x32xf32> {
  %s = tasd.assemble %v, %i, %p : !tasd.series<8x16xf32, csr, along = [1]>
  %r = tasd.contract [#lhs, #rhs, #out]
      ins(%s, %b : !tasd.series<8x16xf32, csr, along = [1]>, tensor<16x32xf32>)
      outs(%c : tensor<8x32xf32>)
  return %r : tensor<8x32xf32>
}
