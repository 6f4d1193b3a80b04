// RUN: tasd-opt %s -convert-tasd-to-linalg -canonicalize -mlir-print-local-scope | FileCheck %s

// Rows whose number of slots is read from the packed term.

// CHECK-LABEL: @elements
// CHECK-SAME: %[[V:.*]]: tensor<?xf32>, %[[C:.*]]: tensor<?xi32>, %[[B:.*]]: tensor<3xi64>
func.func @elements(%v: tensor<?xf32>, %c: tensor<?xi32>, %b: tensor<3xi64>) -> tensor<2x4xf32> {
  // CHECK: tensor.empty() : tensor<2x4xf32>
  // CHECK: scf.for %[[ROW:.*]] = %c0 to %c2 step %c1
  // CHECK:   %[[BEGIN:.*]] = tensor.extract %[[B]][%[[ROW]]]
  // CHECK:   %[[NEXT:.*]] = arith.addi %[[ROW]], %c1
  // CHECK:   %[[END:.*]] = tensor.extract %[[B]][%[[NEXT]]]
  // CHECK:   %[[SLOTS:.*]] = arith.subi
  // CHECK:   scf.for %[[SLOT:.*]] = %c0 to %[[SLOTS]] step %c1
  // CHECK:     tensor.extract %[[C]]
  // CHECK:     tensor.extract %[[V]]
  %s = tasd.assemble %v, %c, %b : !tasd.series<2x4xf32, csr, along = [1]>
  %r = tasd.compose %s : !tasd.series<2x4xf32, csr, along = [1]>
  return %r : tensor<2x4xf32>
}

// A row that no tile holds has no slots.
// CHECK-LABEL: @tiles
// CHECK-SAME: %[[V:.*]]: tensor<?xf32>, %[[C:.*]]: tensor<?xi32>, %[[P:.*]]: tensor<2xi64>, %[[T:.*]]: tensor<?x3xi64>
func.func @tiles(%v: tensor<?xf32>, %c: tensor<?xi32>, %p: tensor<2xi64>, %t: tensor<?x3xi64>) -> tensor<2x4xf32> {
  // CHECK: scf.for %[[ROW:.*]] = %c0 to %c2 step %c1
  // CHECK:   %[[PLACE:.*]] = tensor.extract %[[P]][%[[ROW]]]
  // CHECK:   %[[HELD:.*]] = arith.cmpi sge
  // CHECK:   %[[SLOTS:.*]] = arith.select %[[HELD]], %{{.*}}, %c0
  // CHECK:   scf.for %{{.*}} = %c0 to %[[SLOTS]] step %c1
  // CHECK:     tensor.extract %[[V]]
  // CHECK:     tensor.extract %[[C]]
  %s = tasd.assemble %v, %c, %p, %t : !tasd.series<2x4xf32, tw(128), along = [1]>
  %r = tasd.compose %s : !tasd.series<2x4xf32, tw(128), along = [1]>
  return %r : tensor<2x4xf32>
}

// The inner pattern reads a row of the tile.
// CHECK-LABEL: @inner
// CHECK-SAME: %[[V:.*]]: tensor<?xf32>, %{{.*}}, %{{.*}}, %{{.*}}, %[[M:.*]]: tensor<?xi8>
func.func @inner(%v: tensor<?xf32>, %c: tensor<?xi32>, %p: tensor<2xi64>, %t: tensor<?x4xi64>, %m: tensor<?xi8>) -> tensor<2x4xf32> {
  // CHECK: scf.for
  // CHECK: scf.for
  // CHECK: %[[VALUES:.*]] = tensor.extract_slice %[[V]]
  // CHECK: tensor.expand_shape %[[VALUES]] {{.*}} : tensor<?xf32> into tensor<1x?xf32>
  // CHECK: %[[METADATA:.*]] = tensor.extract_slice %[[M]]
  // CHECK: tensor.expand_shape %[[METADATA]] {{.*}} : tensor<?xi8> into tensor<1x?xi8>
  %s = tasd.assemble %v, %c, %p, %t, %m : !tasd.series<2x4xf32, tw(128)*2:4, along = [1]>
  %r = tasd.compose %s : !tasd.series<2x4xf32, tw(128)*2:4, along = [1]>
  return %r : tensor<2x4xf32>
}
