// RUN: tasd-opt %s --pass-pipeline="builtin.module(tasd-plan{series=2:4+1:4 skip=skipped},convert-linalg-to-tasd,tasd-pack)" \
// RUN:   --remarks-filter=tasd --remark-format=yaml --remarks-output-file=%t.yaml \
// RUN:   --mlir-print-debuginfo -o %t.mlir
// RUN: FileCheck %s --input-file=%t.yaml
// RUN: tasd-opt %t.mlir --tasd-distribute --remarks-filter=tasd --remark-format=yaml \
// RUN:   --remarks-output-file=%t.yaml -o /dev/null
// RUN: FileCheck %s --input-file=%t.yaml --check-prefix=DISTRIBUTE
// RUN: tasd-opt %t.mlir --pass-pipeline="builtin.module(func.func(convert-tasd-to-vector,tasd-vectorize-linalg))" \
// RUN:   --remarks-filter=tasd --remark-format=yaml --remarks-output-file=%t.yaml -o /dev/null
// RUN: FileCheck %s --input-file=%t.yaml --check-prefix=VECTOR
// RUN: tasd-opt %s --tasd-plan=series=2:4 --remarks-filter-missed=tasd \
// RUN:   --remark-format=emitRemark -o /dev/null 2>&1 | FileCheck %s --check-prefix=MISSED

// Every pass that decides something about a layer says what, in YAML too: the
// flag of the pass, the layer, and keys with values.

// CHECK:      --- !Passed
// CHECK-NEXT: Pass: tasd
// CHECK-NEXT: Name: tasd-plan
// CHECK:      Function: main
// CHECK-NEXT: Args:
// CHECK-NEXT:   - layer: weights
// CHECK-NEXT:   - plan: '#tasd.plan<dense, 2:4+1:4 along [0] at compile_time>'
// CHECK-NEXT:   - kept_magnitude_share:
// CHECK-NEXT:   - dropped_non_zeros: '1'
// CHECK-NEXT: ...
// CHECK-NEXT: --- !Passed
// CHECK:      - layer: activations
// CHECK-NEXT: - plan: '#tasd.plan<2:4 along [1] at run_time, dense>'
// CHECK-NEXT: - origin: the input
// CHECK-NEXT: ...
// CHECK-NEXT: --- !Missed
// CHECK:      - layer: skipped
// CHECK-NEXT: - reason: the options leave it out
// CHECK-NEXT: ...

// CHECK-NEXT: --- !Passed
// CHECK:      Name: convert-linalg-to-tasd
// CHECK:      - layer: weights
// CHECK-NEXT: - plan: '#tasd.plan<dense, 2:4+1:4 along [0] at compile_time>'
// CHECK:      Name: convert-linalg-to-tasd
// CHECK:      - layer: activations

// CHECK:      Name: tasd-pack
// CHECK:      - layer: weights
// CHECK-NEXT: - series: '2:4+1:4'
// CHECK-NEXT: - packed: when compiled
// CHECK-NEXT: - dense_bytes: '96'
// CHECK-NEXT: - packed_bytes: '78'
// CHECK:      Name: tasd-pack
// CHECK:      - layer: activations
// CHECK-NEXT: - series: '2:4'
// CHECK-NEXT: - packed: when run

// DISTRIBUTE:     Name: tasd-distribute
// DISTRIBUTE:     - layer: weights
// DISTRIBUTE-NEXT: - contractions: '2'
// DISTRIBUTE-NOT: activations

// VECTOR:      Name: convert-tasd-to-vector
// VECTOR:      - layer: weights
// VECTOR-NEXT: - packed_input: '1'
// VECTOR-NEXT: - series: '2:4+1:4'
// VECTOR-NEXT: - other_input: dense
// VECTOR:      Name: tasd-vectorize-linalg
// VECTOR:      - layer: skipped
// VECTOR-NEXT: - lanes: columns

// MISSED:     remark: {{.*}}[Missed] tasd-plan {{.*}} layer=skipped, reason="it has no constant input"
// MISSED-NOT: [Passed]

func.func @main(%x: tensor<2x8xf32>, %v: tensor<8x3xf32>, %init: tensor<2x3xf32>)
    -> (tensor<2x3xf32>, tensor<2x3xf32>, tensor<2x3xf32>) {
  // Four non-zeros stand in the first block of the first column.
  %w = arith.constant dense<[
    [ 1.0, 0.0, 0.0], [9.0, 3.0, 0.0], [-2.0, 0.0, 0.0], [3.0, 0.5, -4.0],
    [ 0.0, 0.0, 2.0], [0.0, 1.5, 0.0], [ 0.0, 0.0, 1.0], [5.0, 0.0,  0.0]
  ]> : tensor<8x3xf32>
  %a = linalg.matmul ins(%x, %w : tensor<2x8xf32>, tensor<8x3xf32>)
      outs(%init : tensor<2x3xf32>) -> tensor<2x3xf32> loc("weights")
  %b = linalg.matmul {tasd.plan = #tasd.plan<2:4 along [1] at run_time, dense>}
      ins(%x, %v : tensor<2x8xf32>, tensor<8x3xf32>)
      outs(%init : tensor<2x3xf32>) -> tensor<2x3xf32> loc("activations")
  %c = linalg.matmul ins(%x, %v : tensor<2x8xf32>, tensor<8x3xf32>)
      outs(%init : tensor<2x3xf32>) -> tensor<2x3xf32> loc("skipped")
  return %a, %b, %c : tensor<2x3xf32>, tensor<2x3xf32>, tensor<2x3xf32>
}
