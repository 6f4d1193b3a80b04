// RUN: tasd-opt %s -convert-linalg-to-tasd -split-input-file -verify-diagnostics | FileCheck %s

// What happens to plans and to the stamp that counts them.

// A pass in between has lost a plan: a warning, never silence.
// expected-warning@+2 {{expected 2 plans but found 1: a pass in between has lost discardable attributes}}
// CHECK-LABEL: module @lost {
module @lost attributes {tasd.plan_count = 2 : i64} {
  // CHECK: tasd.contract
  // CHECK: linalg.matmul ins
  func.func @main(%a: tensor<16x16xf32>, %b: tensor<16x16xf32>) -> tensor<16x16xf32> {
    %0 = linalg.matmul {tasd.plan = #tasd.plan<2:4 along [1] at run_time, dense>} ins(%a, %b : tensor<16x16xf32>, tensor<16x16xf32>) outs(%a : tensor<16x16xf32>) -> tensor<16x16xf32>
    %1 = linalg.matmul ins(%0, %b : tensor<16x16xf32>, tensor<16x16xf32>) outs(%a : tensor<16x16xf32>) -> tensor<16x16xf32>
    return %1 : tensor<16x16xf32>
  }
}

// -----

// More plans than were stamped: ops were copied, nothing is lost.
// CHECK-LABEL: module @copied {
module @copied attributes {tasd.plan_count = 1 : i64} {
  // CHECK-COUNT-2: tasd.contract
  func.func @main(%a: tensor<16x16xf32>, %b: tensor<16x16xf32>) -> tensor<16x16xf32> {
    %0 = linalg.matmul {tasd.plan = #tasd.plan<2:4 along [1] at run_time, dense>} ins(%a, %b : tensor<16x16xf32>, tensor<16x16xf32>) outs(%a : tensor<16x16xf32>) -> tensor<16x16xf32>
    %1 = linalg.matmul {tasd.plan = #tasd.plan<2:4 along [1] at run_time, dense>} ins(%0, %b : tensor<16x16xf32>, tensor<16x16xf32>) outs(%a : tensor<16x16xf32>) -> tensor<16x16xf32>
    return %1 : tensor<16x16xf32>
  }
}

// -----

// Dense plans are counted and left.
// CHECK-LABEL: module @dense {
module @dense attributes {tasd.plan_count = 1 : i64} {
  // CHECK: linalg.matmul {tasd.plan = #tasd.plan<dense, dense>}
  func.func @main(%a: tensor<16x16xf32>, %b: tensor<16x16xf32>) -> tensor<16x16xf32> {
    %0 = linalg.matmul {tasd.plan = #tasd.plan<dense, dense>} ins(%a, %b : tensor<16x16xf32>, tensor<16x16xf32>) outs(%a : tensor<16x16xf32>) -> tensor<16x16xf32>
    return %0 : tensor<16x16xf32>
  }
}

// -----

// A mapping goes with its layer, and stays with one left dense.
// CHECK-LABEL: module @mapped
module @mapped attributes {tasd.plan_count = 2 : i64} {
  // CHECK: tasd.contract {{.*}} {tasd.mapping = #tasd.mapping<"stc", a = 0, ["DRAM:"]>}
  // CHECK: linalg.matmul {tasd.plan = #tasd.plan<dense, dense, mapping = <"stc", a = 1, ["DRAM:"]>>}
  func.func @main(%a: tensor<16x16xf32>, %b: tensor<16x16xf32>) -> tensor<16x16xf32> {
    %0 = linalg.matmul {tasd.plan = #tasd.plan<2:4 along [1] at run_time, dense, mapping = <"stc", a = 0, ["DRAM:"]>>} ins(%a, %b : tensor<16x16xf32>, tensor<16x16xf32>) outs(%a : tensor<16x16xf32>) -> tensor<16x16xf32>
    %1 = linalg.matmul {tasd.plan = #tasd.plan<dense, dense, mapping = <"stc", a = 1, ["DRAM:"]>>} ins(%0, %b : tensor<16x16xf32>, tensor<16x16xf32>) outs(%a : tensor<16x16xf32>) -> tensor<16x16xf32>
    return %1 : tensor<16x16xf32>
  }
}

// -----

// The type holds what is stored, the op what is selected.
// CHECK-LABEL: module @selection {
module @selection {
  // CHECK: %[[W:.*]] = tasd.decompose %{{.*}} selection <tw(128, columns = 0.5)+csr> : !tasd.series<4x8xf32, tw(128)+csr, along = [1]>
  // CHECK: tasd.contract {{.*}} ins(%[[W]], %{{.*}} : !tasd.series<4x8xf32, tw(128)+csr, along = [1]>
  func.func @main(%b: tensor<8x4xf32>, %c: tensor<4x4xf32>) -> tensor<4x4xf32> {
    %w = arith.constant dense<1.0> : tensor<4x8xf32>
    %0 = linalg.matmul {tasd.plan = #tasd.plan<tw(128, columns = 0.5)+csr along [1] at compile_time, dense>} ins(%w, %b : tensor<4x8xf32>, tensor<8x4xf32>) outs(%c : tensor<4x4xf32>) -> tensor<4x4xf32>
    return %0 : tensor<4x4xf32>
  }
}
