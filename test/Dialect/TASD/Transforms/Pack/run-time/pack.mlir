// RUN: tasd-opt %s -tasd-pack | FileCheck %s

// What is not constant is packed when the program runs.

// CHECK-LABEL: @dynamic_rows
// CHECK-SAME: %[[A:.*]]: tensor<?x5x?x16xf32>
func.func @dynamic_rows(%a: tensor<?x5x?x16xf32>) -> tensor<?x5x?x16xf32> {
  // CHECK: %[[D0:.*]] = tensor.dim %[[A]], %c0
  // CHECK: %[[D2:.*]] = tensor.dim %[[A]], %c2
  // CHECK: %[[V:.*]] = tensor.empty(%[[D0]], %[[D2]]) : tensor<?x5x?x8xf32>
  // CHECK: %[[M:.*]] = tensor.empty(%[[D0]], %[[D2]]) : tensor<?x5x?x2xi8>
  // CHECK: %[[P:.*]]:2 = tasd.pack <2:4> along [3] ins(%[[A]] : tensor<?x5x?x16xf32>) outs(%[[V]], %[[M]] : {{.*}}) -> tensor<?x5x?x8xf32>, tensor<?x5x?x2xi8>
  // CHECK: tasd.assemble %[[P]]#0, %[[P]]#1 : !tasd.series<?x5x?x16xf32, 2:4, along = [3]>
  %s = tasd.decompose %a : !tasd.series<?x5x?x16xf32, 2:4, along = [3]>
  %r = tasd.compose %s : !tasd.series<?x5x?x16xf32, 2:4, along = [3]>
  return %r : tensor<?x5x?x16xf32>
}

// CHECK-LABEL: @unsigned
func.func @unsigned(%a: tensor<8x16xi8>) -> tensor<8x16xi8> {
  // CHECK: tasd.pack <2:4+1:8> along [1] unsigned
  %s = tasd.decompose %a unsigned : !tasd.series<8x16xi8, 2:4+1:8, along = [1]>
  %r = tasd.compose %s : !tasd.series<8x16xi8, 2:4+1:8, along = [1]>
  return %r : tensor<8x16xi8>
}

// A global that can be stored to is no constant; nor is one whose value has
// another type than the global.
ml_program.global private mutable @state(dense<1.0> : tensor<1x4xf32>) : tensor<1x4xf32>
ml_program.global private @mistyped(dense<1.0> : tensor<2xf32>) : tensor<1x4xf32>

// CHECK-LABEL: @globals
func.func @globals() -> (tensor<1x4xf32>, tensor<1x4xf32>) {
  // CHECK-COUNT-2: tasd.pack <2:4>
  %w = ml_program.global_load @state : tensor<1x4xf32>
  %s = tasd.decompose %w : !tasd.series<1x4xf32, 2:4, along = [1]>
  %r = tasd.compose %s : !tasd.series<1x4xf32, 2:4, along = [1]>
  %x = ml_program.global_load_const @mistyped : tensor<1x4xf32>
  %t = tasd.decompose %x : !tasd.series<1x4xf32, 2:4, along = [1]>
  %u = tasd.compose %t : !tasd.series<1x4xf32, 2:4, along = [1]>
  return %r, %u : tensor<1x4xf32>, tensor<1x4xf32>
}
