// RUN: tasd-opt %s -tasd-plan="machine=dstc" -tasd-annotate-cost="machine=dstc" | FileCheck %s
// RUN: tasd-opt %s -tasd-plan="machine=tc" -tasd-annotate-cost="machine=tc" | FileCheck %s --check-prefix=STORED

// Zeros of activations that a profile has seen are skipped by machines that can.

// CHECK: {binding_level = "MAC", cycles = [[#CYCLES:]] : i64
// CHECK: linalg.matmul {tasd.cost = {binding_level = "MAC",
// CHECK-NOT: cycles = [[#CYCLES]] :
// STORED: {{{.*}} cycles = [[#CYCLES:]] : i64
// STORED: {{{.*}} cycles = [[#CYCLES]] : i64
func.func @main(%a: tensor<1024x1152xi8>, %c: tensor<1024x128xi8>) -> (tensor<1024x128xi8>, tensor<1024x128xi8>) {
  %one = arith.constant dense<1> : tensor<1152x128xi8>
  %0 = linalg.matmul ins(%a, %one : tensor<1024x1152xi8>, tensor<1152x128xi8>) outs(%c : tensor<1024x128xi8>) -> tensor<1024x128xi8>
  %1 = linalg.matmul {tasd.profile = #tasd.profile<
      <along [1], elements = 1152, non_zeros = 576, magnitude = 64.0, squared_norm = 64.0, pseudo_density = 0.4 at 0.99>, none>}
    ins(%a, %one : tensor<1024x1152xi8>, tensor<1152x128xi8>) outs(%c : tensor<1024x128xi8>) -> tensor<1024x128xi8>
  return %0, %1 : tensor<1024x128xi8>, tensor<1024x128xi8>
}
