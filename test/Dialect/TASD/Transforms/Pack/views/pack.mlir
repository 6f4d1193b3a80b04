// RUN: tasd-opt %s -tasd-pack -canonicalize | FileCheck %s
// RUN: tasd-opt %s -mlir-disable-threading -tasd-pack -canonicalize | FileCheck %s

// Constants are seen behind globals, resources, views and casts. Every function
// packs the one row 1 0 0 2.

// CHECK-NOT: tasd.pack
ml_program.global private @weights(dense<[[1.0, 0.0, 0.0, 2.0]]> : tensor<1x4xf32>) : tensor<1x4xf32>

func.func @global() -> tensor<1x4xf32> {
  %w = ml_program.global_load_const @weights : tensor<1x4xf32>
  %s = tasd.decompose %w : !tasd.series<1x4xf32, 2:4, along = [1]> loc("global")
  %r = tasd.compose %s : !tasd.series<1x4xf32, 2:4, along = [1]>
  return %r : tensor<1x4xf32>
}

func.func @resource() -> tensor<1x4xf32> {
  %w = arith.constant dense_resource<weights> : tensor<1x4xf32>
  %s = tasd.decompose %w : !tasd.series<1x4xf32, 2:4, along = [1]> loc("resource")
  %r = tasd.compose %s : !tasd.series<1x4xf32, 2:4, along = [1]>
  return %r : tensor<1x4xf32>
}

func.func @transpose() -> tensor<1x4xf32> {
  %w = arith.constant dense<[[1.0], [0.0], [0.0], [2.0]]> : tensor<4x1xf32>
  %e = tensor.empty() : tensor<1x4xf32>
  %t = linalg.transpose ins(%w : tensor<4x1xf32>) outs(%e : tensor<1x4xf32>) permutation = [1, 0]
  %s = tasd.decompose %t : !tasd.series<1x4xf32, 2:4, along = [1]> loc("transpose")
  %r = tasd.compose %s : !tasd.series<1x4xf32, 2:4, along = [1]>
  return %r : tensor<1x4xf32>
}

func.func @reshapes_and_slice() -> tensor<1x4xf32> {
  %w = arith.constant dense<[[9.0, 1.0, 9.0, 0.0], [9.0, 0.0, 9.0, 2.0]]> : tensor<2x4xf32>
  %0 = tensor.extract_slice %w[0, 1] [2, 2] [1, 2] : tensor<2x4xf32> to tensor<2x2xf32>
  %1 = tensor.collapse_shape %0 [[0, 1]] : tensor<2x2xf32> into tensor<4xf32>
  %2 = tensor.expand_shape %1 [[0, 1]] output_shape [1, 4] : tensor<4xf32> into tensor<1x4xf32>
  %s = tasd.decompose %2 : !tasd.series<1x4xf32, 2:4, along = [1]> loc("reshapes")
  %r = tasd.compose %s : !tasd.series<1x4xf32, 2:4, along = [1]>
  return %r : tensor<1x4xf32>
}

func.func @broadcast_and_cast() -> tensor<2x4xf32> {
  %w = arith.constant dense<[1.0, 0.0, 0.0, 2.0]> : tensor<4xf16>
  %x = arith.extf %w : tensor<4xf16> to tensor<4xf32>
  %e = tensor.empty() : tensor<2x4xf32>
  %t = linalg.broadcast ins(%x : tensor<4xf32>) outs(%e : tensor<2x4xf32>) dimensions = [0]
  %s = tasd.decompose %t : !tasd.series<2x4xf32, 2:4, along = [1]> loc("broadcast")
  %r = tasd.compose %s : !tasd.series<2x4xf32, 2:4, along = [1]>
  return %r : tensor<2x4xf32>
}

{-#
  dialect_resources: {
    builtin: {
      weights: "0x040000000000803F000000000000000000000040"
    }
  }
#-}
// CHECK-LABEL: dialect_resources
// CHECK-DAG: global_term0_values: "0x100000000000803F00000040"
// CHECK-DAG: resource_term0_values: "0x100000000000803F00000040"
// CHECK-DAG: transpose_term0_values: "0x100000000000803F00000040"
// CHECK-DAG: reshapes_term0_values: "0x100000000000803F00000040"
// CHECK-DAG: broadcast_term0_values: "0x100000000000803F000000400000803F00000040"
