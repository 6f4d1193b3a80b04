// RUN: tasd-opt %s -loop-invariant-code-motion -canonicalize | FileCheck %s

// On tensors tasd.pack has no effect: it leaves loops, and dies unused. On
// buffers it writes.

// CHECK-LABEL: @tensors
func.func @tensors(%a: tensor<8x4xf32>, %m1: tensor<8x1xf32>, %v: tensor<8x2xf32>, %m: tensor<8x1xi8>, %n: index, %e: index) -> tensor<8x2xf32> {
  // CHECK: %[[P:.*]]:2 = tasd.pack <2:4>
  // CHECK: scf.for
  // CHECK-NOT: tasd.pack
  // CHECK: arith.addf %{{.*}}, %[[P]]#0
  %dead:2 = tasd.pack <1:4> along [1] ins(%a : tensor<8x4xf32>) outs(%m1, %m : tensor<8x1xf32>, tensor<8x1xi8>) -> tensor<8x1xf32>, tensor<8x1xi8>
  %r = scf.for %i = %n to %e step %n iter_args(%t = %v) -> tensor<8x2xf32> {
    %p:2 = tasd.pack <2:4> along [1] ins(%a : tensor<8x4xf32>) outs(%v, %m : tensor<8x2xf32>, tensor<8x1xi8>) -> tensor<8x2xf32>, tensor<8x1xi8>
    %u = arith.addf %t, %p#0 : tensor<8x2xf32>
    scf.yield %u : tensor<8x2xf32>
  }
  return %r : tensor<8x2xf32>
}

// CHECK-LABEL: @buffers
func.func @buffers(%a: memref<8x4xf32>, %v: memref<8x2xf32>, %m: memref<8x1xi8>, %n: index, %e: index) {
  // CHECK: scf.for
  // CHECK-NEXT: tasd.pack
  scf.for %i = %n to %e step %n {
    tasd.pack <2:4> along [1] ins(%a : memref<8x4xf32>) outs(%v, %m : memref<8x2xf32>, memref<8x1xi8>)
  }
  return
}
