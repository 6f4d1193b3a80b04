// RUN: tasd-opt %s --tasd-merge-functions --mlir-pass-statistics 2>%t | FileCheck %s
// RUN: FileCheck %s --check-prefix=COUNTS --input-file %t

// Of private functions that do the same one is left, and so of those that call them.

// COUNTS: (S) 2 functions-merged

// CHECK-LABEL: func @main(
// CHECK-NEXT: %[[A:.*]] = call @caller(
// CHECK-NEXT: %[[B:.*]] = call @caller(%[[A]])
// CHECK-NEXT: %[[C:.*]] = call @other(%[[B]])
// CHECK-NEXT: call @named(%[[C]])
func.func @main(%x: f32) -> (f32, (f32) -> f32) {
  %0 = func.call @caller(%x) : (f32) -> f32
  %1 = func.call @same_caller(%0) : (f32) -> f32
  %2 = func.call @other(%1) : (f32) -> f32
  %3 = func.call @named(%2) : (f32) -> f32
  %4 = func.constant @named : (f32) -> f32
  return %3, %4 : f32, (f32) -> f32
}

// CHECK: func private @first(
// CHECK: func private @caller(
// CHECK-NOT: func private @same
// CHECK: func private @other(
// CHECK: func private @named(
// CHECK: func @public(
func.func private @first(%x: f32) -> f32 {
  %0 = arith.negf %x : f32
  return %0 : f32
}
func.func private @same_first(%y: f32) -> f32 {
  %0 = arith.negf %y : f32
  return %0 : f32
}
func.func private @caller(%x: f32) -> f32 {
  %0 = func.call @first(%x) : (f32) -> f32
  return %0 : f32
}
func.func private @same_caller(%x: f32) -> f32 {
  %0 = func.call @same_first(%x) : (f32) -> f32
  return %0 : f32
}

// Another attribute of an op, another use than a call, and what others may see.
func.func private @other(%x: f32) -> f32 {
  %0 = arith.negf %x fastmath<fast> : f32
  return %0 : f32
}
func.func private @named(%x: f32) -> f32 {
  %0 = arith.negf %x : f32
  return %0 : f32
}
func.func @public(%x: f32) -> f32 {
  %0 = arith.negf %x : f32
  return %0 : f32
}
