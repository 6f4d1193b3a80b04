// RUN: tasd-opt %s --tasd-share-linalg=threads=2 | FileCheck %s
// RUN: tasd-opt %s --tasd-share-linalg | FileCheck %s --check-prefix=ONE

// Threads share what is large enough, along a dimension of the result.

// ONE-NOT: scf.forall

#id = affine_map<(i, j) -> (i, j)>
#row = affine_map<(i, j) -> (i)>

// The outermost dimension of the result that divides into equal parts.
// CHECK-LABEL: func @elementwise(
// CHECK: scf.forall (%[[J:.*]]) = (0) to (8192) step (4096)
// CHECK: linalg.generic {{.*}} ins(%{{.*}} : tensor<7x4096xf32>)
// CHECK: tensor.parallel_insert_slice {{.*}}[0, %[[J]]] [7, 4096]
func.func @elementwise(%x: tensor<7x8192xf32>, %y: tensor<7x8192xf32>) -> tensor<7x8192xf32> {
  %0 = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
    ins(%x : tensor<7x8192xf32>) outs(%y : tensor<7x8192xf32>) {
  ^bb0(%a: f32, %b: f32):
    %r = arith.negf %a : f32
    linalg.yield %r : f32
  } -> tensor<7x8192xf32>
  return %0 : tensor<7x8192xf32>
}

// A sum stays in one part.
// CHECK-LABEL: func @sum(
// CHECK: scf.forall (%[[I:.*]]) = (0) to (64) step (32)
// CHECK: linalg.generic {{.*}} ins(%{{.*}} : tensor<32x4096xf32>)
func.func @sum(%x: tensor<64x4096xf32>, %y: tensor<64xf32>) -> tensor<64xf32> {
  %0 = linalg.generic {indexing_maps = [#id, #row], iterator_types = ["parallel", "reduction"]}
    ins(%x : tensor<64x4096xf32>) outs(%y : tensor<64xf32>) {
  ^bb0(%a: f32, %b: f32):
    %r = arith.addf %a, %b : f32
    linalg.yield %r : f32
  } -> tensor<64xf32>
  return %0 : tensor<64xf32>
}

// An init that is an input too would be read and written at once.
// CHECK-LABEL: func @detached(
// CHECK: %[[EMPTY:.*]] = tensor.empty() : tensor<512x512xf32>
// CHECK: scf.forall {{.*}} shared_outs(%{{.*}} = %[[EMPTY]])
func.func @detached(%x: tensor<512x512xf32>) -> tensor<512x512xf32> {
  %0 = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
    ins(%x : tensor<512x512xf32>) outs(%x : tensor<512x512xf32>) {
  ^bb0(%a: f32, %b: f32):
    %r = arith.negf %a : f32
    linalg.yield %r : f32
  } -> tensor<512x512xf32>
  return %0 : tensor<512x512xf32>
}

// CHECK-LABEL: func @small(
// CHECK-NOT: scf.forall
func.func @small(%c: f32, %y: tensor<64x64xf32>) -> tensor<64x64xf32> {
  %0 = linalg.fill ins(%c : f32) outs(%y : tensor<64x64xf32>) -> tensor<64x64xf32>
  return %0 : tensor<64x64xf32>
}

// CHECK-LABEL: func @library(
// CHECK-NOT: scf.forall
func.func @library(%x: tensor<512x512xf32>, %y: tensor<512x512xf32>) -> tensor<512x512xf32> {
  %0 = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"],
                       library_call = "copy"}
    ins(%x : tensor<512x512xf32>) outs(%y : tensor<512x512xf32>) {
  ^bb0(%a: f32, %b: f32):
    linalg.yield %a : f32
  } -> tensor<512x512xf32>
  return %0 : tensor<512x512xf32>
}
