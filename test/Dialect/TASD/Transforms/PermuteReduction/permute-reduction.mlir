// RUN: tasd-opt %s --split-input-file --tasd-permute-reduction \
// RUN:   | FileCheck %s
// RUN: tasd-opt %s --split-input-file --tasd-permute-reduction --remarks-filter=tasd \
// RUN:   --remark-format=emitRemark -o /dev/null 2>&1 | FileCheck %s --check-prefix=REMARK

// Channels are put in an order in which series keep more, in the layer and in
// everything that gives it its channels.

// The two rows with weights come into blocks of their own; the columns of the
// layer before and its bias move with them.
// REMARK: [Passed] tasd-permute-reduction | {{.*}}channels=8, kept_after=1.000000, kept_before=0.571429, layer=fc2, layers_together=1, series=1:4
// CHECK-LABEL: @chain
// CHECK-NOT: 10, 11, 12, 13, 14, 15, 16, 17
// CHECK: arith.constant dense<{{\[\[}}[[ORDER:1[0-7, ]+]]{{\]\]}}> : tensor<1x8xi32>
// CHECK: arith.constant dense<{{\[}}[[ORDER]]{{\]}}> : tensor<8xi32>
// CHECK-NOT: {{\[\[}}4], [3]
func.func @chain(%a: tensor<4x1xi32>, %d: tensor<4x1xi32>) -> tensor<4x1xi32> {
  %w1 = arith.constant dense<[[10, 11, 12, 13, 14, 15, 16, 17]]> : tensor<1x8xi32>
  %bias = arith.constant dense<[10, 11, 12, 13, 14, 15, 16, 17]> : tensor<8xi32>
  %w2 = arith.constant dense<[[4], [3], [0], [0], [0], [0], [0], [0]]> : tensor<8x1xi32>
  %e = tensor.empty() : tensor<4x8xi32>
  %biases = linalg.broadcast ins(%bias : tensor<8xi32>) outs(%e : tensor<4x8xi32>) dimensions = [0]
  %fc1 = linalg.matmul ins(%a, %w1 : tensor<4x1xi32>, tensor<1x8xi32>) outs(%biases : tensor<4x8xi32>) -> tensor<4x8xi32> loc("fc1")
  %relu = arith.maxsi %fc1, %biases : tensor<4x8xi32>
  %fc2 = linalg.matmul {tasd.plan = #tasd.plan<dense, 1:4 along [0] at compile_time>}
    ins(%relu, %w2 : tensor<4x8xi32>, tensor<8x1xi32>) outs(%d : tensor<4x1xi32>) -> tensor<4x1xi32> loc("fc2")
  return %fc2 : tensor<4x1xi32>
}

// -----

// Layers that read the same channels get one order, here past a reshape that
// makes a dimension of channels and two places.
// REMARK: [Passed] {{.*}}channels=8, {{.*}}layer=conv, layers_together=2
// REMARK: [Passed] {{.*}}channels=8, {{.*}}layer=flat, layers_together=2
// CHECK-LABEL: @shared
func.func @shared(%a: tensor<1x2x2x1xi32>, %d: tensor<1x2x2x1xi32>, %f: tensor<1x1xi32>) -> (tensor<1x2x2x1xi32>, tensor<1x1xi32>) {
  %zero = arith.constant 0 : i32
  %w1 = arith.constant dense<[[[[1, 2, 3, 4, 5, 6, 7, 8]]]]> : tensor<1x1x1x8xi32>
  %w2 = arith.constant dense<[[[[4], [3], [0], [0], [0], [0], [0], [0]]]]> : tensor<1x1x8x1xi32>
  %w3 = arith.constant dense<[[4], [3], [0], [0], [0], [0], [0], [0], [0], [1], [2], [0], [0], [0], [0], [0], [0], [0], [0], [0], [0], [0], [0], [0], [0], [0], [0], [0], [0], [0], [0], [0]]> : tensor<32x1xi32>
  %e = tensor.empty() : tensor<1x2x2x8xi32>
  %init = linalg.fill ins(%zero : i32) outs(%e : tensor<1x2x2x8xi32>) -> tensor<1x2x2x8xi32>
  %first = linalg.conv_2d_nhwc_hwcf ins(%a, %w1 : tensor<1x2x2x1xi32>, tensor<1x1x1x8xi32>) outs(%init : tensor<1x2x2x8xi32>) -> tensor<1x2x2x8xi32> loc("first")
  %conv = linalg.conv_2d_nhwc_hwcf {tasd.plan = #tasd.plan<dense, 1:4 along [0, 1, 2] at compile_time>}
    ins(%first, %w2 : tensor<1x2x2x8xi32>, tensor<1x1x8x1xi32>) outs(%d : tensor<1x2x2x1xi32>) -> tensor<1x2x2x1xi32> loc("conv")
  %row = tensor.collapse_shape %first [[0], [1, 2, 3]] : tensor<1x2x2x8xi32> into tensor<1x32xi32>
  %flat = linalg.matmul {tasd.plan = #tasd.plan<dense, 1:4 along [0] at compile_time>}
    ins(%row, %w3 : tensor<1x32xi32>, tensor<32x1xi32>) outs(%f : tensor<1x1xi32>) -> tensor<1x1xi32> loc("flat")
  return %conv, %flat : tensor<1x2x2x1xi32>, tensor<1x1xi32>
}

// -----

// REMARK: [Missed] {{.*}}layer=first, reason="it is an argument of the function"
// REMARK: [Missed] {{.*}}layer=second, reason="it is a result of the function"
// CHECK-LABEL: @signature
// CHECK: dense<{{\[\[}}4], [3], [0], [0], [0], [0], [0], [0]]>
func.func @signature(%a: tensor<4x8xi32>, %d: tensor<4x1xi32>) -> (tensor<4x8xi32>, tensor<4x1xi32>, tensor<4x1xi32>) {
  %w1 = arith.constant dense<[[10, 11, 12, 13, 14, 15, 16, 17]]> : tensor<1x8xi32>
  %w2 = arith.constant dense<[[4], [3], [0], [0], [0], [0], [0], [0]]> : tensor<8x1xi32>
  %w3 = arith.constant dense<[[4], [3], [0], [0], [0], [0], [0], [0]]> : tensor<8x1xi32>
  %zero = arith.constant 0 : i32
  %e = tensor.empty() : tensor<4x8xi32>
  %init = linalg.fill ins(%zero : i32) outs(%e : tensor<4x8xi32>) -> tensor<4x8xi32>
  %r1 = linalg.matmul {tasd.plan = #tasd.plan<dense, 1:4 along [0] at compile_time>}
    ins(%a, %w2 : tensor<4x8xi32>, tensor<8x1xi32>) outs(%d : tensor<4x1xi32>) -> tensor<4x1xi32> loc("first")
  %wide = linalg.matmul ins(%r1, %w1 : tensor<4x1xi32>, tensor<1x8xi32>) outs(%init : tensor<4x8xi32>) -> tensor<4x8xi32>
  %r2 = linalg.matmul {tasd.plan = #tasd.plan<dense, 1:4 along [0] at compile_time>}
    ins(%wide, %w3 : tensor<4x8xi32>, tensor<8x1xi32>) outs(%d : tensor<4x1xi32>) -> tensor<4x1xi32> loc("second")
  return %wide, %r1, %r2 : tensor<4x8xi32>, tensor<4x1xi32>, tensor<4x1xi32>
}

// -----

// REMARK: [Missed] {{.*}}layer=run, reason="activations are decomposed along it when run"
// CHECK-LABEL: @run_time
func.func @run_time(%a: tensor<4x1xf32>, %d: tensor<4x1xf32>) -> tensor<4x1xf32> {
  %w1 = arith.constant dense<[[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0]]> : tensor<1x8xf32>
  %w2 = arith.constant dense<[[4.0], [3.0], [0.0], [0.0], [0.0], [0.0], [0.0], [0.0]]> : tensor<8x1xf32>
  %zero = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<4x8xf32>
  %init = linalg.fill ins(%zero : f32) outs(%e : tensor<4x8xf32>) -> tensor<4x8xf32>
  %wide = linalg.matmul ins(%a, %w1 : tensor<4x1xf32>, tensor<1x8xf32>) outs(%init : tensor<4x8xf32>) -> tensor<4x8xf32>
  %r = linalg.matmul {tasd.plan = #tasd.plan<2:4 along [1] at run_time, 1:4 along [0] at compile_time>}
    ins(%wide, %w2 : tensor<4x8xf32>, tensor<8x1xf32>) outs(%d : tensor<4x1xf32>) -> tensor<4x1xf32> loc("run")
  return %r : tensor<4x1xf32>
}

// -----

// REMARK: [Missed] {{.*}}layer=called, reason="it reaches 'func.call'"
// REMARK: [Missed] {{.*}}layer=indexed, reason="an op computes with the places of its elements"
// REMARK: [Missed] {{.*}}layer=joined, reason="it is concatenated of several"
// CHECK-LABEL: @obstacles
#id = affine_map<(i, j) -> (i, j)>
func.func private @f(tensor<4x8xi32>) -> tensor<4x8xi32>
func.func @obstacles(%a: tensor<4x1xi32>, %d: tensor<4x1xi32>) -> (tensor<4x1xi32>, tensor<4x1xi32>, tensor<4x1xi32>) {
  %w1 = arith.constant dense<[[10, 11, 12, 13, 14, 15, 16, 17]]> : tensor<1x8xi32>
  %w2 = arith.constant dense<[[4], [3], [0], [0], [0], [0], [0], [0]]> : tensor<8x1xi32>
  %w3 = arith.constant dense<[[4], [3], [0], [0], [0], [0], [0], [0]]> : tensor<8x1xi32>
  %w4 = arith.constant dense<[[4], [3], [0], [0], [0], [0], [0], [0], [0], [0], [0], [0], [0], [0], [0], [0]]> : tensor<16x1xi32>
  %zero = arith.constant 0 : i32
  %e = tensor.empty() : tensor<4x8xi32>
  %init = linalg.fill ins(%zero : i32) outs(%e : tensor<4x8xi32>) -> tensor<4x8xi32>
  %wide = linalg.matmul ins(%a, %w1 : tensor<4x1xi32>, tensor<1x8xi32>) outs(%init : tensor<4x8xi32>) -> tensor<4x8xi32>
  %called = call @f(%wide) : (tensor<4x8xi32>) -> tensor<4x8xi32>
  %r1 = linalg.matmul {tasd.plan = #tasd.plan<dense, 1:4 along [0] at compile_time>}
    ins(%called, %w2 : tensor<4x8xi32>, tensor<8x1xi32>) outs(%d : tensor<4x1xi32>) -> tensor<4x1xi32> loc("called")
  %places = linalg.generic {indexing_maps = [#id], iterator_types = ["parallel", "parallel"]} outs(%e : tensor<4x8xi32>) {
  ^bb0(%out: i32):
    %j = linalg.index 1 : index
    %i = arith.index_cast %j : index to i32
    linalg.yield %i : i32
  } -> tensor<4x8xi32>
  %r2 = linalg.matmul {tasd.plan = #tasd.plan<dense, 1:4 along [0] at compile_time>}
    ins(%places, %w3 : tensor<4x8xi32>, tensor<8x1xi32>) outs(%d : tensor<4x1xi32>) -> tensor<4x1xi32> loc("indexed")
  %joined = tensor.concat dim(1) %wide, %places : (tensor<4x8xi32>, tensor<4x8xi32>) -> tensor<4x16xi32>
  %r3 = linalg.matmul {tasd.plan = #tasd.plan<dense, 1:4 along [0] at compile_time>}
    ins(%joined, %w4 : tensor<4x16xi32>, tensor<16x1xi32>) outs(%d : tensor<4x1xi32>) -> tensor<4x1xi32> loc("joined")
  return %r1, %r2, %r3 : tensor<4x1xi32>, tensor<4x1xi32>, tensor<4x1xi32>
}
