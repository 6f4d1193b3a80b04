// RUN: tasd-opt %s --convert-tasd-to-ttc=machine=tc --tasd-verify-ttc \
// RUN:   --remarks-filter=tasd --remark-format=emitRemark 2>&1 | FileCheck %s

// Layers that no program computes stay, and say why.

// CHECK: [Missed] convert-tasd-to-ttc | {{.*}} layer=dynamic, reason="an extent is dynamic"
// CHECK: [Missed] convert-tasd-to-ttc | {{.*}} layer=i16, reason="programs multiply no 'i16'"
// CHECK: [Missed] convert-tasd-to-ttc | {{.*}} layer=f64, reason="programs multiply no 'f64'"
// CHECK: [Missed] convert-tasd-to-ttc | {{.*}} layer=wide, reason="programs sum up no 'f64'"
// CHECK: [Missed] convert-tasd-to-ttc | {{.*}} layer=mixed, reason="sums of 'f32' are of another kind than products of 'i8'"
// CHECK: [Missed] convert-tasd-to-ttc | {{.*}} layer=zero_point, reason="a zero point is not constant"
// CHECK: [Missed] convert-tasd-to-ttc | {{.*}} layer=zero_points, reason="both inputs have a zero point"
// CHECK: [Missed] convert-tasd-to-ttc | {{.*}} layer=operand_a, reason="the mapping makes the input with a zero point operand a"
// CHECK: [Missed] convert-tasd-to-ttc | {{.*}} layer=diagonal, reason="a loop indexes two dimensions of an operand"

// CHECK: module attributes {ttc.host_layers = [
// CHECK-SAME: {name = "dynamic", reason = "an extent is dynamic"}
// CHECK-SAME: {macs = 512 : i64, name = "i16", reason = "programs multiply no 'i16'"}
// CHECK-LABEL: func.func @dynamic
// CHECK: linalg.matmul {ttc.host = "an extent is dynamic"}
func.func @dynamic(%a: tensor<?x8xi8>, %b: tensor<8x8xi8>, %z: tensor<?x8xi32>) -> tensor<?x8xi32> {
  %r = linalg.matmul ins(%a, %b : tensor<?x8xi8>, tensor<8x8xi8>)
      outs(%z : tensor<?x8xi32>) -> tensor<?x8xi32> loc("dynamic")
  return %r : tensor<?x8xi32>
}

func.func @i16(%a: tensor<8x8xi16>, %b: tensor<8x8xi16>, %z: tensor<8x8xi32>) -> tensor<8x8xi32> {
  %r = linalg.matmul ins(%a, %b : tensor<8x8xi16>, tensor<8x8xi16>)
      outs(%z : tensor<8x8xi32>) -> tensor<8x8xi32> loc("i16")
  return %r : tensor<8x8xi32>
}

func.func @f64(%a: tensor<8x8xf64>, %b: tensor<8x8xf64>, %z: tensor<8x8xf64>) -> tensor<8x8xf64> {
  %r = linalg.matmul ins(%a, %b : tensor<8x8xf64>, tensor<8x8xf64>)
      outs(%z : tensor<8x8xf64>) -> tensor<8x8xf64> loc("f64")
  return %r : tensor<8x8xf64>
}

func.func @wide(%a: tensor<8x8xf32>, %b: tensor<8x8xf32>, %z: tensor<8x8xf64>) -> tensor<8x8xf64> {
  %r = linalg.matmul ins(%a, %b : tensor<8x8xf32>, tensor<8x8xf32>)
      outs(%z : tensor<8x8xf64>) -> tensor<8x8xf64> loc("wide")
  return %r : tensor<8x8xf64>
}

func.func @mixed(%a: tensor<8x8xi8>, %b: tensor<8x8xi8>, %z: tensor<8x8xf32>) -> tensor<8x8xf32> {
  %r = linalg.matmul ins(%a, %b : tensor<8x8xi8>, tensor<8x8xi8>)
      outs(%z : tensor<8x8xf32>) -> tensor<8x8xf32> loc("mixed")
  return %r : tensor<8x8xf32>
}

func.func @zero_point(%a: tensor<8x8xi8>, %b: tensor<8x8xi8>, %p: i32, %z: tensor<8x8xi32>) -> tensor<8x8xi32> {
  %c0 = arith.constant 0 : i32
  %r = linalg.quantized_matmul ins(%a, %b, %p, %c0 : tensor<8x8xi8>, tensor<8x8xi8>, i32, i32)
      outs(%z : tensor<8x8xi32>) -> tensor<8x8xi32> loc("zero_point")
  return %r : tensor<8x8xi32>
}

func.func @zero_points(%a: tensor<8x8xi8>, %b: tensor<8x8xi8>, %z: tensor<8x8xi32>) -> tensor<8x8xi32> {
  %c1 = arith.constant 1 : i32
  %r = linalg.quantized_matmul ins(%a, %b, %c1, %c1 : tensor<8x8xi8>, tensor<8x8xi8>, i32, i32)
      outs(%z : tensor<8x8xi32>) -> tensor<8x8xi32> loc("zero_points")
  return %r : tensor<8x8xi32>
}

func.func @operand_a(%a: tensor<8x8xi8>, %b: tensor<8x8xi8>, %z: tensor<8x8xi32>) -> tensor<8x8xi32> {
  %c0 = arith.constant 0 : i32
  %c1 = arith.constant 1 : i32
  %r = linalg.quantized_matmul {tasd.plan = #tasd.plan<dense, dense, dense, dense, mapping = <"tc", a = 0, [
      "DRAM: for M in [0:8)", "SMEM:", "RF: for N in [0:8) / for K in [0:8)", "LRF:"]>>}
      ins(%a, %b, %c1, %c0 : tensor<8x8xi8>, tensor<8x8xi8>, i32, i32)
      outs(%z : tensor<8x8xi32>) -> tensor<8x8xi32> loc("operand_a")
  return %r : tensor<8x8xi32>
}

func.func @diagonal(%a: tensor<8x8x8xf32>, %b: tensor<8x8xf32>, %z: tensor<8x8xf32>) -> tensor<8x8xf32> {
  %r = linalg.generic {
      indexing_maps = [affine_map<(m, n, k) -> (m, m, k)>,
                       affine_map<(m, n, k) -> (k, n)>,
                       affine_map<(m, n, k) -> (m, n)>],
      iterator_types = ["parallel", "parallel", "reduction"]}
      ins(%a, %b : tensor<8x8x8xf32>, tensor<8x8xf32>) outs(%z : tensor<8x8xf32>) {
    ^bb0(%x: f32, %y: f32, %s: f32):
      %0 = arith.mulf %x, %y : f32
      %1 = arith.addf %s, %0 : f32
      linalg.yield %1 : f32
  } -> tensor<8x8xf32> loc("diagonal")
  return %r : tensor<8x8xf32>
}
