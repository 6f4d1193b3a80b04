// RUN: tasd-opt %s -convert-linalg-to-tasd -mlir-print-local-scope | FileCheck %s

// Any sum of products, whatever its name; and both inputs as series.

#x = affine_map<(b, m, n, k, l) -> (k, b, m, l)>
#y = affine_map<(b, m, n, k, l) -> (l, n, k, b)>
#z = affine_map<(b, m, n, k, l) -> (n, b, m)>

// CHECK-LABEL: @contract_two_reductions
func.func @contract_two_reductions(%a: tensor<3x5x8x16xbf16>, %b: tensor<16x4x3x5xbf16>, %c: tensor<4x5x8xf32>) -> tensor<4x5x8xf32> {
  // CHECK: tasd.decompose %{{.*}} : !tasd.series<16x4x3x5xbf16, 2:4, along = [0, 2]>
  // CHECK: tasd.contract [affine_map<(d0, d1, d2, d3, d4) -> (d3, d0, d1, d4)>, affine_map<(d0, d1, d2, d3, d4) -> (d4, d2, d3, d0)>, affine_map<(d0, d1, d2, d3, d4) -> (d2, d0, d1)>]
  %r = linalg.contract indexing_maps = [#x, #y, #z] {tasd.plan = #tasd.plan<dense, 2:4 along [0, 2] at run_time>}
      ins(%a, %b : tensor<3x5x8x16xbf16>, tensor<16x4x3x5xbf16>) outs(%c : tensor<4x5x8xf32>) -> tensor<4x5x8xf32>
  return %r : tensor<4x5x8xf32>
}

#i = affine_map<(x, f, w, c) -> (x * 2 + w * 3, c)>
#f = affine_map<(x, f, w, c) -> (f, w, c)>
#o = affine_map<(x, f, w, c) -> (x, f)>

// CHECK-LABEL: @generic_convolution
func.func @generic_convolution(%a: tensor<13x8xf16>, %b: tensor<4x3x8xf16>, %c: tensor<4x4xf32>) -> tensor<4x4xf32> {
  // CHECK: tasd.decompose %{{.*}} : !tasd.series<4x3x8xf16, 2:4, along = [1, 2]>
  // CHECK: tasd.contract [affine_map<(d0, d1, d2, d3) -> (d0 * 2 + d2 * 3, d3)>
  %r = linalg.generic {indexing_maps = [#i, #f, #o],
      iterator_types = ["parallel", "parallel", "reduction", "reduction"],
      tasd.plan = #tasd.plan<dense, 2:4 along [1, 2] at run_time>}
      ins(%a, %b : tensor<13x8xf16>, tensor<4x3x8xf16>) outs(%c : tensor<4x4xf32>) {
  ^bb0(%x: f16, %y: f16, %s: f32):
    %0 = arith.extf %x : f16 to f32
    %1 = arith.extf %y : f16 to f32
    %2 = arith.mulf %0, %1 : f32
    %3 = arith.addf %s, %2 : f32
    linalg.yield %3 : f32
  } -> tensor<4x4xf32>
  return %r : tensor<4x4xf32>
}

// CHECK-LABEL: @both_inputs
func.func @both_inputs(%a: tensor<8x16xf32>, %c: tensor<8x4xf32>) -> tensor<8x4xf32> {
  // CHECK: %[[W:.*]] = arith.constant dense<1.000000e+00> : tensor<16x4xf32>
  // CHECK: %[[S:.*]] = tasd.decompose %{{.*}} : !tasd.series<8x16xf32, 2:4, along = [1]>
  // CHECK: %[[T:.*]] = tasd.decompose %[[W]] : !tasd.series<16x4xf32, 1:8, along = [0]>
  // CHECK: tasd.contract {{.*}} ins(%[[S]], %[[T]] :
  %w = arith.constant dense<1.0> : tensor<16x4xf32>
  %r = linalg.matmul {tasd.plan = #tasd.plan<2:4 along [1] at run_time, 1:8 along [0] at compile_time>}
      ins(%a, %w : tensor<8x16xf32>, tensor<16x4xf32>) outs(%c : tensor<8x4xf32>) -> tensor<8x4xf32>
  return %r : tensor<8x4xf32>
}
