// RUN: tasd-opt %s -tasd-print-plan -o /dev/null | FileCheck %s
// RUN: tasd-opt %s -tasd-print-plan="file=%t.txt" -o /dev/null
// RUN: FileCheck %s --input-file %t.txt
// RUN: tasd-opt %s -tasd-print-plan="json" -o /dev/null | %python -m json.tool | FileCheck %s --check-prefix=JSON

// A row for every layer, in order.

// CHECK: layer op shape zeros series kept magnitude dropped non-zeros MACs left
// CHECK: encoder.dense matmul 8x2 50.00 % 1:4 75.00 % 4 25.00 %
// CHECK: main/matmul#0 matmul 4x8 - 2:4+1:8 - - 62.50 %
// CHECK: main/matmul#1 matmul 8x2 50.00 % - - - 100.00 %
// CHECK: main/matmul#2 matmul - - - - 100.00 %

// JSON:      "dropped_non_zeros": 4,
// JSON-NEXT: "kept_magnitude_share": 0.75,
// JSON-NEXT: "mac_share": 0.25,
// JSON-NEXT: "macs": 64,
// JSON-NEXT: "name": "encoder.dense",
// JSON-NEXT: "op": "matmul",
// JSON-NEXT: "relative_output_error": null,
// JSON-NEXT: "series": "1:4",
// JSON-NEXT: "shape": "8x2",
// JSON-NEXT: "sparsity": null,
// JSON-NEXT: "zero_share": 0.5
// JSON:      "series": "2:4+1:8",
// JSON:      "macs": null,
// JSON-NEXT: "name": "main/matmul#2"
func.func @main(%a: tensor<4x8xf32>, %c: tensor<4x2xf32>, %x: tensor<?x8xf32>, %y: tensor<8x2xf32>, %z: tensor<?x2xf32>) -> (tensor<4x2xf32>, tensor<4x2xf32>, tensor<4x2xf32>, tensor<?x2xf32>) {
  %w = arith.constant dense<[[3.0, 3.0], [1.0, -1.0], [0.0, 0.0], [0.0, 0.0], [3.0, 3.0], [1.0, -1.0], [0.0, 0.0], [0.0, 0.0]]> : tensor<8x2xf32>
  %0 = linalg.matmul {tasd.plan = #tasd.plan<dense, 1:4 along [0] at compile_time>} ins(%a, %w : tensor<4x8xf32>, tensor<8x2xf32>) outs(%c : tensor<4x2xf32>) -> tensor<4x2xf32> loc("encoder.dense")
  %1 = linalg.matmul {tasd.plan = #tasd.plan<2:4+1:8 along [1] at run_time, dense>} ins(%a, %y : tensor<4x8xf32>, tensor<8x2xf32>) outs(%c : tensor<4x2xf32>) -> tensor<4x2xf32>
  %2 = linalg.matmul ins(%a, %w : tensor<4x8xf32>, tensor<8x2xf32>) outs(%c : tensor<4x2xf32>) -> tensor<4x2xf32>
  %3 = linalg.matmul ins(%x, %y : tensor<?x8xf32>, tensor<8x2xf32>) outs(%z : tensor<?x2xf32>) -> tensor<?x2xf32>
  return %0, %1, %2, %3 : tensor<4x2xf32>, tensor<4x2xf32>, tensor<4x2xf32>, tensor<?x2xf32>
}
