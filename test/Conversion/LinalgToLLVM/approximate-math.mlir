// RUN: tasd-opt %s --tasd-approximate-math --mlir-pass-statistics 2>%t | FileCheck %s
// RUN: FileCheck %s --check-prefix=COUNTS --input-file %t

// Functions in f32 become polynomials.

// COUNTS: (S) 3 functions-approximated

// CHECK-LABEL: func @f32(
// CHECK-NOT: math.{{exp|erf|tanh}}
// CHECK: return
func.func @f32(%x: f32, %y: f32, %z: vector<8xf32>) -> (f32, f32, vector<8xf32>) {
  %0 = math.exp %x : f32
  %1 = math.erf %y : f32
  %2 = math.tanh %z : vector<8xf32>
  return %0, %1, %2 : f32, f32, vector<8xf32>
}

// CHECK-LABEL: func @left(
// CHECK: math.exp {{.*}} : f64
// CHECK: math.log {{.*}} : f32
func.func @left(%x: f64, %y: f32) -> (f64, f32) {
  %0 = math.exp %x : f64
  %1 = math.log %y : f32
  return %0, %1 : f64, f32
}
