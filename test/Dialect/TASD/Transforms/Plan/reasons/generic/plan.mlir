// RUN: tasd-opt %s -tasd-plan="series=2:4 side=activations" --remarks-filter=tasd --remark-format=emitRemark -o %t.mlir 2>&1 | FileCheck %s
// RUN: FileCheck %s --check-prefix=DENSE --input-file %t.mlir

// Generic sums of products that cannot be written with series say why.

// DENSE: tasd.plan_count = 0
// DENSE-NOT: tasd.plan =

// CHECK: Function=square | layer={{.*}}, reason="its body is not a sum of products of its two inputs, each cast at most once"
func.func @square(%x: tensor<8x16xf32>, %y: tensor<16x4xf32>, %c: tensor<8x4xf32>) -> tensor<8x4xf32> {
  %r = linalg.generic {indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (k, n)>, affine_map<(m, n, k) -> (m, n)>], iterator_types = ["parallel", "parallel", "reduction"]}
      ins(%x, %y : tensor<8x16xf32>, tensor<16x4xf32>) outs(%c : tensor<8x4xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %0 = arith.mulf %a, %a : f32
    %1 = arith.addf %o, %0 : f32
    linalg.yield %1 : f32
  } -> tensor<8x4xf32>
  return %r : tensor<8x4xf32>
}

// CHECK: Function=reversed | layer={{.*}}, reason="expected the indices of lhs to be sums of distinct loops times positive constants but got -d2 + 15"
func.func @reversed(%x: tensor<8x16xf32>, %y: tensor<16x4xf32>, %c: tensor<8x4xf32>) -> tensor<8x4xf32> {
  %r = linalg.generic {indexing_maps = [affine_map<(m, n, k) -> (m, 15 - k)>, affine_map<(m, n, k) -> (k, n)>, affine_map<(m, n, k) -> (m, n)>], iterator_types = ["parallel", "parallel", "reduction"]}
      ins(%x, %y : tensor<8x16xf32>, tensor<16x4xf32>) outs(%c : tensor<8x4xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %0 = arith.mulf %a, %b : f32
    %1 = arith.addf %o, %0 : f32
    linalg.yield %1 : f32
  } -> tensor<8x4xf32>
  return %r : tensor<8x4xf32>
}

// CHECK: Function=tensor_of_zero_points | layer={{.*}}, reason="a zero point is not one scalar"
func.func @tensor_of_zero_points(%x: tensor<8x16xi8>, %y: tensor<16x4xi8>, %p: tensor<4xi32>, %c: tensor<8x4xi32>) -> tensor<8x4xi32> {
  %r = linalg.generic {indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (k, n)>, affine_map<(m, n, k) -> (n)>, affine_map<(m, n, k) -> (m, n)>], iterator_types = ["parallel", "parallel", "reduction"]}
      ins(%x, %y, %p : tensor<8x16xi8>, tensor<16x4xi8>, tensor<4xi32>) outs(%c : tensor<8x4xi32>) {
  ^bb0(%a: i8, %b: i8, %z: i32, %o: i32):
    %0 = arith.extsi %a : i8 to i32
    %1 = arith.extsi %b : i8 to i32
    %2 = arith.subi %1, %z : i32
    %3 = arith.muli %0, %2 : i32
    %4 = arith.addi %o, %3 : i32
    linalg.yield %4 : i32
  } -> tensor<8x4xi32>
  return %r : tensor<8x4xi32>
}

// CHECK: Function=third_input | layer={{.*}}, reason="it has more than two inputs"
func.func @third_input(%x: tensor<8x16xf32>, %y: tensor<16x4xf32>, %p: tensor<4xf32>, %c: tensor<8x4xf32>) -> tensor<8x4xf32> {
  %r = linalg.generic {indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (k, n)>, affine_map<(m, n, k) -> (n)>, affine_map<(m, n, k) -> (m, n)>], iterator_types = ["parallel", "parallel", "reduction"]}
      ins(%x, %y, %p : tensor<8x16xf32>, tensor<16x4xf32>, tensor<4xf32>) outs(%c : tensor<8x4xf32>) {
  ^bb0(%a: f32, %b: f32, %z: f32, %o: f32):
    %0 = arith.mulf %a, %b : f32
    %1 = arith.addf %o, %0 : f32
    linalg.yield %1 : f32
  } -> tensor<8x4xf32>
  return %r : tensor<8x4xf32>
}

// CHECK: Function=not_in_both | layer={{.*}}, reason="expected loop 3, which is summed over, to index both inputs"
func.func @not_in_both(%x: tensor<8x16x5xf32>, %y: tensor<16x4xf32>, %c: tensor<8x4xf32>) -> tensor<8x4xf32> {
  %r = linalg.generic {indexing_maps = [affine_map<(m, n, k, x) -> (m, k, x)>, affine_map<(m, n, k, x) -> (k, n)>, affine_map<(m, n, k, x) -> (m, n)>], iterator_types = ["parallel", "parallel", "reduction", "reduction"]}
      ins(%x, %y : tensor<8x16x5xf32>, tensor<16x4xf32>) outs(%c : tensor<8x4xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %0 = arith.mulf %a, %b : f32
    %1 = arith.addf %o, %0 : f32
    linalg.yield %1 : f32
  } -> tensor<8x4xf32>
  return %r : tensor<8x4xf32>
}
