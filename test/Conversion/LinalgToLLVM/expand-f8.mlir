// RUN: tasd-opt %s --tasd-expand-f8 | FileCheck %s
// RUN: tasd-opt %s --tasd-expand-f8 --mlir-pass-statistics -o /dev/null 2>&1 | FileCheck %s --check-prefix=COUNTS

// Conversions of f8E4M3FN; that they are right is tested by running them.

// COUNTS: (S) 4 ops-expanded

// CHECK-LABEL: func @widen
// CHECK-SAME: %[[X:.*]]: f8E4M3FN
func.func @widen(%x: f8E4M3FN) -> f32 {
  // CHECK: arith.bitcast %[[X]] : f8E4M3FN to i8
  // CHECK-NOT: arith.extf
  // CHECK: %[[BITS:.*]] = arith.ori
  // CHECK: %[[R:.*]] = arith.bitcast %[[BITS]] : i32 to f32
  // CHECK: return %[[R]]
  %0 = arith.extf %x : f8E4M3FN to f32
  return %0 : f32
}

// Every f8E4M3FN is an f16.
// CHECK-LABEL: func @widen_a_little
func.func @widen_a_little(%x: vector<8xf8E4M3FN>) -> vector<8xf16> {
  // CHECK: arith.bitcast %{{.*}} : vector<8xf8E4M3FN> to vector<8xi8>
  // CHECK: arith.truncf %{{.*}} : vector<8xf32> to vector<8xf16>
  %0 = arith.extf %x : vector<8xf8E4M3FN> to vector<8xf16>
  return %0 : vector<8xf16>
}

// CHECK-LABEL: func @narrow
func.func @narrow(%x: f32, %y: vector<4xbf16>) -> (f8E4M3FN, vector<4xf8E4M3FN>) {
  // CHECK: arith.bitcast %{{.*}} : f32 to i32
  // CHECK: arith.bitcast %{{.*}} : i8 to f8E4M3FN
  // CHECK: arith.extf %{{.*}} : vector<4xbf16> to vector<4xf32>
  // CHECK: arith.bitcast %{{.*}} : vector<4xi8> to vector<4xf8E4M3FN>
  // CHECK-NOT: arith.truncf {{.*}} to f8
  %0 = arith.truncf %x : f32 to f8E4M3FN
  %1 = arith.truncf %y : vector<4xbf16> to vector<4xf8E4M3FN>
  return %0, %1 : f8E4M3FN, vector<4xf8E4M3FN>
}

// It would have to be rounded once.
// CHECK-LABEL: func @not_from_f64
func.func @not_from_f64(%x: f64) -> f8E4M3FN {
  // CHECK: arith.truncf
  %0 = arith.truncf %x : f64 to f8E4M3FN
  return %0 : f8E4M3FN
}
