// RUN: tasd-opt %s --convert-tasd-to-ttc=machine=ttc-vegeta-m8 --tasd-verify-ttc \
// RUN:   | FileCheck %s

// The axes of matrix products: which indices of the tensors the coordinates
// move, whatever the layout.

// CHECK-LABEL: ttc.program @"transposes/matmul#0"
// CHECK: %a = ttc.argument "a" axes <batch [], rows [16 on 1], columns [64 on 0]> : !ttc.tensor<64x16xsi8>
// CHECK: %b = ttc.argument "b" axes <batch [], rows [32 on 0], columns [64 on 1]> : !ttc.tensor<32x64xsi8>
// CHECK: %z = ttc.argument "z" axes <batch [], rows [16 on 0], columns [32 on 1]> : !ttc.tensor<16x32xsi32>
func.func @transposes(%a: tensor<64x16xi8>, %b: tensor<32x64xi8>,
    %z: tensor<16x32xi32>) -> tensor<16x32xi32> {
  %r = linalg.matmul indexing_maps = [affine_map<(m, n, k) -> (k, m)>,
      affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]
      ins(%a, %b : tensor<64x16xi8>, tensor<32x64xi8>) outs(%z : tensor<16x32xi32>) -> tensor<16x32xi32>
  return %r : tensor<16x32xi32>
}

// CHECK-LABEL: ttc.program @"batch/batch_matmul#0"
// CHECK: %a = ttc.argument "a" axes <batch [3 on 0], rows [16 on 1], columns [64 on 2]> : !ttc.tensor<3x16x64xf16>
// CHECK: %b = ttc.argument "b" axes <batch [3 on 0], rows [32 on 2], columns [64 on 1]> : !ttc.tensor<3x64x32xf16>
// CHECK: %z = ttc.argument "z" axes <batch [3 on 0], rows [16 on 1], columns [32 on 2]> : !ttc.tensor<3x16x32xf32>
func.func @batch(%a: tensor<3x16x64xf16>, %b: tensor<3x64x32xf16>,
    %z: tensor<3x16x32xf32>) -> tensor<3x16x32xf32> {
  %r = linalg.batch_matmul
      ins(%a, %b : tensor<3x16x64xf16>, tensor<3x64x32xf16>)
      outs(%z : tensor<3x16x32xf32>) -> tensor<3x16x32xf32>
  return %r : tensor<3x16x32xf32>
}

// CHECK-LABEL: ttc.program @"matvec/matvec#0"
// CHECK: %a = ttc.argument "a" axes <batch [], rows [], columns [64 on 0]> : !ttc.tensor<64xbf16>
// CHECK: %b = ttc.argument "b" axes <batch [], rows [16 on 0], columns [64 on 1]> : !ttc.tensor<16x64xbf16>
// CHECK: %z = ttc.argument "z" axes <batch [], rows [], columns [16 on 0]> : !ttc.tensor<16xf32>
func.func @matvec(%a: tensor<16x64xbf16>, %b: tensor<64xbf16>,
    %z: tensor<16xbf16>) -> tensor<16xbf16> {
  %r = linalg.matvec
      ins(%a, %b : tensor<16x64xbf16>, tensor<64xbf16>)
      outs(%z : tensor<16xbf16>) -> tensor<16xbf16>
  return %r : tensor<16xbf16>
}

// CHECK-LABEL: ttc.program @"unsigned/matmul#0"
// CHECK: %a = ttc.argument "a" axes <batch [], rows [16 on 0], columns [64 on 1]> : !ttc.tensor<16x64xui8>
// CHECK: %b = ttc.argument "b" axes <batch [], rows [32 on 1], columns [64 on 0]> : !ttc.tensor<64x32xui8>
// CHECK: %z = ttc.argument "z" axes <batch [], rows [16 on 0], columns [32 on 1]> : !ttc.tensor<16x32xsi32>
func.func @unsigned(%a: tensor<16x64xi8>, %b: tensor<64x32xi8>,
    %z: tensor<16x32xi32>) -> tensor<16x32xi32> {
  %r = linalg.matmul {cast = #linalg.type_fn<cast_unsigned>}
      ins(%a, %b : tensor<16x64xi8>, tensor<64x32xi8>)
      outs(%z : tensor<16x32xi32>) -> tensor<16x32xi32>
  return %r : tensor<16x32xi32>
}

// What is subtracted belongs to operand B.
// CHECK-LABEL: ttc.program @"quantized/quantized_matmul#0"
// CHECK: %a = ttc.argument "a" axes <batch [], rows [32 on 1], columns [64 on 0]> : !ttc.tensor<64x32xsi8>
// CHECK: %b = ttc.argument "b" axes <batch [], rows [16 on 0], columns [64 on 1]> : !ttc.tensor<16x64xsi8>
// CHECK: %z = ttc.argument "z" axes <batch [], rows [32 on 1], columns [16 on 0]> : !ttc.tensor<16x32xsi32>
// CHECK: ttc.mma {{.*}} zero_point 3
func.func @quantized(%a: tensor<16x64xi8>, %b: tensor<64x32xi8>,
    %z: tensor<16x32xi32>) -> tensor<16x32xi32> {
  %c0 = arith.constant 0 : i32
  %c3 = arith.constant 3 : i32
  %r = linalg.quantized_matmul
      ins(%a, %b, %c3, %c0 : tensor<16x64xi8>, tensor<64x32xi8>, i32, i32)
      outs(%z : tensor<16x32xi32>) -> tensor<16x32xi32>
  return %r : tensor<16x32xi32>
}

// Columns of the result that are alike: B repeats its own.
// CHECK-LABEL: ttc.program @broadcast
// CHECK: %a = ttc.argument "a" axes <batch [], rows [], columns [8 on 0]> : !ttc.tensor<8xf32>
// CHECK: %b = ttc.argument "b" axes <batch [], rows [4 on 0 by 0], columns [8 on 0]> : !ttc.tensor<8xf32>
// CHECK: %z = ttc.argument "z" axes <batch [], rows [], columns [4 on 0]> : !ttc.tensor<4xf32>
func.func @broadcast(%a: tensor<8xf32>, %b: tensor<8xf32>, %z: tensor<4xf32>) -> tensor<4xf32> {
  %r = linalg.generic {
      indexing_maps = [affine_map<(m, k) -> (k)>, affine_map<(m, k) -> (k)>,
                       affine_map<(m, k) -> (m)>],
      iterator_types = ["parallel", "reduction"]}
      ins(%a, %b : tensor<8xf32>, tensor<8xf32>) outs(%z : tensor<4xf32>) {
    ^bb0(%x: f32, %y: f32, %s: f32):
      %0 = arith.mulf %x, %y : f32
      %1 = arith.addf %s, %0 : f32
      linalg.yield %1 : f32
  } -> tensor<4xf32> loc("broadcast")
  return %r : tensor<4xf32>
}
