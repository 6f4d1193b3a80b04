// RUN: tasd-opt %s --tasd-lower-to-ttc=machine=ttc-vegeta-m8 | FileCheck %s
// RUN: tasd-opt %s --tasd-lower-to-ttc="machine=ttc-vegeta-m8 terms-apart" \
// RUN:   | FileCheck %s --check-prefix=APART

// Layers become launches, whose programs are constants of the module; the host
// computes what is no layer, and the layer that no program computes.

// CHECK-COUNT-2: llvm.mlir.global private constant
// CHECK-LABEL: llvm.func @network
// CHECK-COUNT-2: llvm.call @tasd_runtime_launch
// CHECK-NOT: llvm.call @tasd_runtime_launch
// CHECK-LABEL: llvm.func @dynamic
// CHECK-NOT: llvm.call @tasd_runtime_launch
// CHECK-NOT: ttc.
// CHECK-NOT: tasd.

// APART-LABEL: llvm.func @network
// APART-COUNT-3: llvm.call @tasd_runtime_launch
// APART-NOT: llvm.call @tasd_runtime_launch
func.func @network(%x: tensor<4x16xf32>) -> tensor<4x4xf32> {
  %w = arith.constant dense<1.0> : tensor<16x16xf32>
  %v = arith.constant dense<2.0> : tensor<16x4xf32>
  %c0 = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<4x16xf32>
  %z = linalg.fill ins(%c0 : f32) outs(%e : tensor<4x16xf32>) -> tensor<4x16xf32>
  %0 = linalg.matmul {tasd.plan = #tasd.plan<dense, 4:8+1:8 along [0] at compile_time>}
      ins(%x, %w : tensor<4x16xf32>, tensor<16x16xf32>)
      outs(%z : tensor<4x16xf32>) -> tensor<4x16xf32>
  %1 = math.exp %0 : tensor<4x16xf32>
  %f = tensor.empty() : tensor<4x4xf32>
  %y = linalg.fill ins(%c0 : f32) outs(%f : tensor<4x4xf32>) -> tensor<4x4xf32>
  %2 = linalg.matmul ins(%1, %v : tensor<4x16xf32>, tensor<16x4xf32>)
      outs(%y : tensor<4x4xf32>) -> tensor<4x4xf32>
  return %2 : tensor<4x4xf32>
}

func.func @dynamic(%x: tensor<?x16xf32>, %z: tensor<?x4xf32>) -> tensor<?x4xf32> {
  %w = arith.constant dense<1.0> : tensor<16x4xf32>
  %0 = linalg.matmul ins(%x, %w : tensor<?x16xf32>, tensor<16x4xf32>)
      outs(%z : tensor<?x4xf32>) -> tensor<?x4xf32>
  return %0 : tensor<?x4xf32>
}
