// RUN: tasd-opt %s --tasd-merge-batches --canonicalize | FileCheck %s

// Batches that share a matrix are multiplied at once; others are left.

#matrix = affine_map<(b, k, n) -> (k, n)>
#matrices = affine_map<(b, k, n) -> (b, k, n)>

// CHECK-LABEL: func @shared
// CHECK-SAME: %[[X:.*]]: tensor<2x4x8xf32>, %[[W:.*]]: tensor<8x6xf32>
// CHECK: %[[ROWS:.*]] = tensor.collapse_shape %[[X]] {{\[\[}}0, 1], [2]]
// CHECK: %[[Y:.*]] = linalg.matmul ins(%[[ROWS]], %[[W]] : tensor<8x8xf32>, tensor<8x6xf32>)
// CHECK: tensor.expand_shape %[[Y]] {{\[\[}}0, 1], [2]] output_shape [2, 4, 6]
func.func @shared(%x: tensor<2x4x8xf32>, %w: tensor<8x6xf32>, %y: tensor<2x4x6xf32>)
    -> tensor<2x4x6xf32> {
  %0 = tensor.empty() : tensor<2x8x6xf32>
  %1 = linalg.generic {indexing_maps = [#matrix, #matrices],
                       iterator_types = ["parallel", "parallel", "parallel"]}
      ins(%w : tensor<8x6xf32>) outs(%0 : tensor<2x8x6xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x8x6xf32>
  %2 = linalg.batch_matmul ins(%x, %1 : tensor<2x4x8xf32>, tensor<2x8x6xf32>)
      outs(%y : tensor<2x4x6xf32>) -> tensor<2x4x6xf32>
  return %2 : tensor<2x4x6xf32>
}

// CHECK-LABEL: func @dynamic_batch
// CHECK: linalg.matmul {{.*}} tensor<?x8xf32>, tensor<8x6xf32>
func.func @dynamic_batch(%x: tensor<?x4x8xf32>, %w: tensor<8x6xf32>, %n: index,
                         %y: tensor<?x4x6xf32>) -> tensor<?x4x6xf32> {
  %0 = tensor.empty(%n) : tensor<?x8x6xf32>
  %1 = linalg.broadcast ins(%w : tensor<8x6xf32>) outs(%0 : tensor<?x8x6xf32>) dimensions = [0]
  %2 = linalg.batch_matmul ins(%x, %1 : tensor<?x4x8xf32>, tensor<?x8x6xf32>)
      outs(%y : tensor<?x4x6xf32>) -> tensor<?x4x6xf32>
  return %2 : tensor<?x4x6xf32>
}

// CHECK-LABEL: func @two_batch_dimensions
// CHECK: linalg.matmul {{.*}} tensor<24x8xf32>, tensor<8x6xf32>
func.func @two_batch_dimensions(%x: tensor<6x4x8xf32>, %w: tensor<8x6xf32>,
                                %y: tensor<6x4x6xf32>) -> tensor<6x4x6xf32> {
  %0 = tensor.empty() : tensor<2x3x8x6xf32>
  %1 = linalg.broadcast ins(%w : tensor<8x6xf32>) outs(%0 : tensor<2x3x8x6xf32>)
      dimensions = [0, 1]
  %2 = tensor.collapse_shape %1 [[0, 1], [2], [3]] : tensor<2x3x8x6xf32> into tensor<6x8x6xf32>
  %3 = linalg.batch_matmul ins(%x, %2 : tensor<6x4x8xf32>, tensor<6x8x6xf32>)
      outs(%y : tensor<6x4x6xf32>) -> tensor<6x4x6xf32>
  return %3 : tensor<6x4x6xf32>
}

// CHECK-LABEL: func @own_matrices
// CHECK: linalg.batch_matmul
func.func @own_matrices(%x: tensor<2x4x8xf32>, %w: tensor<2x8x6xf32>, %y: tensor<2x4x6xf32>)
    -> tensor<2x4x6xf32> {
  %0 = linalg.batch_matmul ins(%x, %w : tensor<2x4x8xf32>, tensor<2x8x6xf32>)
      outs(%y : tensor<2x4x6xf32>) -> tensor<2x4x6xf32>
  return %0 : tensor<2x4x6xf32>
}

// A matrix for each k, the same in every batch and column, is no shared matrix.
// CHECK-LABEL: func @shared_columns
// CHECK: linalg.batch_matmul
func.func @shared_columns(%x: tensor<2x4x8xf32>, %w: tensor<2x8xf32>, %y: tensor<2x4x6xf32>)
    -> tensor<2x4x6xf32> {
  %0 = tensor.empty() : tensor<2x8x6xf32>
  %1 = linalg.broadcast ins(%w : tensor<2x8xf32>) outs(%0 : tensor<2x8x6xf32>) dimensions = [2]
  %2 = linalg.batch_matmul ins(%x, %1 : tensor<2x4x8xf32>, tensor<2x8x6xf32>)
      outs(%y : tensor<2x4x6xf32>) -> tensor<2x4x6xf32>
  return %2 : tensor<2x4x6xf32>
}

// A plan speaks of the op as it is.
// CHECK-LABEL: func @planned
// CHECK: linalg.batch_matmul {tasd.plan
func.func @planned(%x: tensor<2x4x8xf32>, %w: tensor<8x6xf32>, %y: tensor<2x4x6xf32>)
    -> tensor<2x4x6xf32> {
  %0 = tensor.empty() : tensor<2x8x6xf32>
  %1 = linalg.broadcast ins(%w : tensor<8x6xf32>) outs(%0 : tensor<2x8x6xf32>) dimensions = [0]
  %2 = linalg.batch_matmul {tasd.plan = #tasd.plan<2:4 along [2] at run_time, dense>}
      ins(%x, %1 : tensor<2x4x8xf32>, tensor<2x8x6xf32>)
      outs(%y : tensor<2x4x6xf32>) -> tensor<2x4x6xf32>
  return %2 : tensor<2x4x6xf32>
}
