// RUN: tasd-opt %s --tasd-verify-input --tasd-plan="series=1:4+1:4 skip=skipped" \
// RUN:   --tasd-verify-planned --tasd-print-plan=file=%t.txt --convert-linalg-to-tasd \
// RUN:   --tasd-verify-converted --tasd-pack --tasd-verify-packed --tasd-distribute \
// RUN:   --mlir-pass-statistics -o %t.mlir 2>&1 | FileCheck %s
// RUN: tasd-opt %t.mlir --convert-tasd-to-linalg --tasd-verify-lowered \
// RUN:   --mlir-pass-statistics -o /dev/null 2>&1 | FileCheck %s --check-prefix=LINALG
// RUN: tasd-opt %s --tasd-plan="series=1:4+1:4 skip=skipped" \
// RUN:   -o /dev/null 2>&1 | count 0

// What passes count, whether or not LLVM was built with statistics, sorted by
// their flags; and nothing unless asked for.

// CHECK: ... Pass statistics report ...

// CHECK:      convert-linalg-to-tasd
// CHECK-NEXT: (S) 3 layers-converted    - Number of layers converted
// CHECK-NEXT: (S) 3 operands-decomposed - Number of their operands that are decomposed

// CHECK-NEXT: tasd-distribute
// CHECK-NEXT: (S) 3 contracts-distributed
// CHECK-NEXT: (S) 6 contracts-made

// CHECK-NEXT: tasd-pack
// CHECK-NEXT: (S)   0 constants-laid-out
// CHECK-NEXT: (S)   1 constants-packed
// CHECK-NEXT: (S)   1 constants-shared
// CHECK-NEXT: (S)  96 dense-bytes
// CHECK-NEXT: (S)  54 packed-bytes
// CHECK-NEXT: (S)   1 run-time-packs

// CHECK-NEXT: tasd-plan
// CHECK-NEXT: (S) 5 layers{{ }}
// CHECK-NEXT: (S) 2 layers-dense
// CHECK-NEXT: (S) 1 layers-kept
// CHECK-NEXT: (S) 0 layers-mapped
// CHECK-NEXT: (S) 2 layers-planned
// CHECK-NEXT: (S) 2 non-zeros-dropped

// CHECK-NEXT: tasd-print-plan
// CHECK-NEXT: (S) 5 layers

// CHECK-NEXT: tasd-verify-converted
// CHECK-NEXT: (S) 3 contracts
// CHECK-NEXT: tasd-verify-input
// CHECK-NEXT: (S) 1 resources
// CHECK-NEXT: tasd-verify-packed
// CHECK-NEXT: (S) 2 series
// CHECK-NEXT: tasd-verify-planned
// CHECK-NEXT: (S) 3 plans
// CHECK-NOT:  (S)

// LINALG:      convert-tasd-to-linalg
// LINALG-NEXT: (S) 6 contracts-converted
// LINALG-NEXT: (S) 2 series
// LINALG-NEXT: tasd-verify-lowered
// LINALG-NEXT: (S) 1 run-time-packs

func.func @main(%x: tensor<2x8xf32>, %v: tensor<8x3xf32>, %init: tensor<2x3xf32>)
    -> (tensor<2x3xf32>, tensor<2x3xf32>, tensor<2x3xf32>, tensor<2x3xf32>, tensor<2x3xf32>, tensor<4xi8>) {
  // Three non-zeros stand in the first block of the first column.
  %w = arith.constant dense<[
    [ 1.0, 0.0, 0.0], [9.0, 3.0, 0.0], [-2.0, 0.0, 0.0], [0.0, 0.5, -4.0],
    [ 0.0, 0.0, 2.0], [0.0, 1.5, 0.0], [ 0.0, 0.0, 1.0], [5.0, 0.0,  0.0]
  ]> : tensor<8x3xf32>
  %a = linalg.matmul ins(%x, %w : tensor<2x8xf32>, tensor<8x3xf32>)
      outs(%init : tensor<2x3xf32>) -> tensor<2x3xf32> loc("first")
  %b = linalg.matmul ins(%x, %w : tensor<2x8xf32>, tensor<8x3xf32>)
      outs(%init : tensor<2x3xf32>) -> tensor<2x3xf32> loc("second")
  %c = linalg.matmul ins(%x, %w : tensor<2x8xf32>, tensor<8x3xf32>)
      outs(%init : tensor<2x3xf32>) -> tensor<2x3xf32> loc("skipped")
  %d = linalg.matmul {tasd.plan = #tasd.plan<2:4+1:8 along [1] at run_time, dense>}
      ins(%x, %v : tensor<2x8xf32>, tensor<8x3xf32>)
      outs(%init : tensor<2x3xf32>) -> tensor<2x3xf32> loc("kept")
  %e = linalg.matmul ins(%x, %v : tensor<2x8xf32>, tensor<8x3xf32>)
      outs(%init : tensor<2x3xf32>) -> tensor<2x3xf32> loc("no weights")
  %r = arith.constant dense_resource<bytes> : tensor<4xi8>
  return %a, %b, %c, %d, %e, %r
      : tensor<2x3xf32>, tensor<2x3xf32>, tensor<2x3xf32>, tensor<2x3xf32>, tensor<2x3xf32>, tensor<4xi8>
}

{-#
  dialect_resources: {
    builtin: {
      bytes: "0x0400000001020304"
    }
  }
#-}
