// RUN: tasd-opt %s --tasd-fuse-elementwise | FileCheck %s
// RUN: tasd-opt %s --tasd-fuse-elementwise --mlir-pass-statistics -o /dev/null 2>&1 | FileCheck %s --check-prefix=COUNTS

// Chains of elementwise ops become one op; layers and shared values stay.

// COUNTS: (S) 1 ops-fused

#vector = affine_map<(d0) -> (d0)>
#scalar = affine_map<(d0) -> ()>
#row = affine_map<(d0, d1) -> (d0, d1)>
#sum = affine_map<(d0, d1) -> (d0)>

// CHECK-LABEL: func @chain
func.func @chain(%x: tensor<8xf32>, %scale: tensor<f32>) -> tensor<8xf32> {
  // CHECK: linalg.generic
  // CHECK:   tensor.extract
  // CHECK:   arith.mulf
  // CHECK:   math.exp
  // CHECK-NOT: linalg.generic
  %0 = tensor.empty() : tensor<8xf32>
  %1 = linalg.generic {indexing_maps = [#vector, #scalar, #vector], iterator_types = ["parallel"]}
      ins(%x, %scale : tensor<8xf32>, tensor<f32>) outs(%0 : tensor<8xf32>) {
  ^bb0(%a: f32, %b: f32, %out: f32):
    %3 = arith.mulf %a, %b : f32
    linalg.yield %3 : f32
  } -> tensor<8xf32>
  %2 = linalg.generic {indexing_maps = [#vector, #vector], iterator_types = ["parallel"]}
      ins(%1 : tensor<8xf32>) outs(%0 : tensor<8xf32>) {
  ^bb0(%a: f32, %out: f32):
    %3 = math.exp %a : f32
    linalg.yield %3 : f32
  } -> tensor<8xf32>
  return %2 : tensor<8xf32>
}

// CHECK-LABEL: func @two_users
func.func @two_users(%x: tensor<8xf32>) -> (tensor<8xf32>, tensor<8xf32>) {
  // CHECK-COUNT-2: linalg.generic
  %0 = tensor.empty() : tensor<8xf32>
  %1 = linalg.generic {indexing_maps = [#vector, #vector], iterator_types = ["parallel"]}
      ins(%x : tensor<8xf32>) outs(%0 : tensor<8xf32>) {
  ^bb0(%a: f32, %out: f32):
    %3 = math.exp %a : f32
    linalg.yield %3 : f32
  } -> tensor<8xf32>
  %2 = linalg.generic {indexing_maps = [#vector, #vector], iterator_types = ["parallel"]}
      ins(%1 : tensor<8xf32>) outs(%0 : tensor<8xf32>) {
  ^bb0(%a: f32, %out: f32):
    %3 = math.sqrt %a : f32
    linalg.yield %3 : f32
  } -> tensor<8xf32>
  return %1, %2 : tensor<8xf32>, tensor<8xf32>
}

// The sum alone is a layer if it multiplies its own operands.
// CHECK-LABEL: func @reduction
func.func @reduction(%x: tensor<4x8xf32>, %init: tensor<4xf32>) -> tensor<4xf32> {
  // CHECK-COUNT-2: linalg.generic
  %0 = tensor.empty() : tensor<4x8xf32>
  %1 = linalg.generic {indexing_maps = [#row, #row], iterator_types = ["parallel", "parallel"]}
      ins(%x : tensor<4x8xf32>) outs(%0 : tensor<4x8xf32>) {
  ^bb0(%a: f32, %out: f32):
    %3 = arith.mulf %a, %a : f32
    linalg.yield %3 : f32
  } -> tensor<4x8xf32>
  %2 = linalg.generic {indexing_maps = [#row, #sum], iterator_types = ["parallel", "reduction"]}
      ins(%1 : tensor<4x8xf32>) outs(%init : tensor<4xf32>) {
  ^bb0(%a: f32, %out: f32):
    %3 = arith.addf %a, %out : f32
    linalg.yield %3 : f32
  } -> tensor<4xf32>
  return %2 : tensor<4xf32>
}
