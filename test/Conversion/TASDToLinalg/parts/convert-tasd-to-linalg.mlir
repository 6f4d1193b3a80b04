// RUN: tasd-opt %s -convert-tasd-to-linalg -canonicalize | FileCheck %s

// Terms and slices of packed series are composed, too, in whatever order.

// CHECK-LABEL: @term
// CHECK-SAME: %{{.*}}: tensor<2x4xf32>, %{{.*}}: tensor<2x1xi8>, %[[V:.*]]: tensor<2x1xf32>
func.func @term(%v0: tensor<2x4xf32>, %m0: tensor<2x1xi8>, %v1: tensor<2x1xf32>, %m1: tensor<2x1xi8>) -> tensor<2x8xf32> {
  // CHECK: scf.for
  // CHECK: tensor.extract %[[V]]
  // CHECK-NOT: tasd
  %s = tasd.assemble %v0, %m0, %v1, %m1 : !tasd.series<2x8xf32, 2:4+1:8, along = [1]>
  %t = tasd.term %s[1] : !tasd.series<2x8xf32, 2:4+1:8, along = [1]>
  %r = tasd.compose %t : !tasd.series<2x8xf32, 1:8, along = [1]>
  return %r : tensor<2x8xf32>
}

// CHECK-LABEL: @slice
func.func @slice(%v: tensor<2x4xf32>, %m: tensor<2x1xi8>, %i: index) -> tensor<1x4xf32> {
  // CHECK: %[[A:.*]] = scf.for
  // CHECK: tensor.extract_slice %[[A]][%{{.*}}, 4] [1, 4] [1, 1] : tensor<2x8xf32> to tensor<1x4xf32>
  %s = tasd.assemble %v, %m : !tasd.series<2x8xf32, 2:4, along = [1]>
  %p = tasd.slice %s[%i, 4] [1, 4] : !tasd.series<2x8xf32, 2:4, along = [1]>
  %r = tasd.compose %p : !tasd.series<1x4xf32, 2:4, along = [1]>
  return %r : tensor<1x4xf32>
}

// CHECK-LABEL: @term_of_slice
func.func @term_of_slice(%v0: tensor<2x4xf32>, %m0: tensor<2x1xi8>, %v1: tensor<2x1xf32>, %m1: tensor<2x1xi8>) -> tensor<1x8xf32> {
  // CHECK: tensor.extract_slice
  // CHECK-NOT: tasd
  %s = tasd.assemble %v0, %m0, %v1, %m1 : !tasd.series<2x8xf32, 2:4+1:8, along = [1]>
  %p = tasd.slice %s[1, 0] [1, 8] : !tasd.series<2x8xf32, 2:4+1:8, along = [1]>
  %t = tasd.term %p[0] : !tasd.series<1x8xf32, 2:4+1:8, along = [1]>
  %r = tasd.compose %t : !tasd.series<1x8xf32, 2:4, along = [1]>
  return %r : tensor<1x8xf32>
}

// Run-time packs stay for bufferization.
// CHECK-LABEL: @pack
func.func @pack(%a: tensor<8x4xf32>, %v: tensor<8x2xf32>, %m: tensor<8x1xi8>) -> tensor<8x2xf32> {
  // CHECK: tasd.pack
  %r:2 = tasd.pack <2:4> along [1] ins(%a : tensor<8x4xf32>) outs(%v, %m : tensor<8x2xf32>, tensor<8x1xi8>) -> tensor<8x2xf32>, tensor<8x1xi8>
  return %r#0 : tensor<8x2xf32>
}
