// RUN: tasd-opt %s -tasd-print-profile -o /dev/null | FileCheck %s
// RUN: tasd-opt %s -tasd-print-profile="file=%t.txt" -o /dev/null
// RUN: FileCheck %s --input-file %t.txt
// RUN: tasd-opt %s -tasd-print-profile="json" -o /dev/null | %python -m json.tool | FileCheck %s --check-prefix=JSON
// RUN: not tasd-opt %s -tasd-print-profile="file=%t.missing/profile.txt" -o /dev/null 2>&1 | FileCheck %s --check-prefix=FILE

// A row for every input that has a profile, a column for every series.

// FILE: error: option file: cannot write '{{.*}}profile.txt': No such file or directory

// CHECK:      layer input elements density pseudo-density of magnitude 2:4 keeps 1:4 keeps
// CHECK-NEXT: ---
// CHECK-NEXT: fc 0 2,000 75.00 % 50.00 % 99.00 % 87.50 % -
// CHECK-NEXT: main/matmul#0 0 4 100.00 % 100.00 % 90.00 % 100.00 % 50.00 %
// CHECK-NEXT: main/matmul#0 1 4 0.00 % 0.00 % 90.00 % - -
// CHECK-NOT: matmul#1

// JSON:      "density": 0.75,
// JSON-NEXT: "input": 0,
// JSON-NEXT: "layer": "fc",
// JSON-NEXT: "magnitude_share": 0.99,
// JSON-NEXT: "num_elements": 2000,
// JSON-NEXT: "pseudo_density": 0.5,
// JSON-NEXT: "series": [
// JSON-NEXT:   {
// JSON-NEXT:     "dropped_non_zeros": 300,
// JSON-NEXT:     "kept_magnitude_share": 0.875,
// JSON-NEXT:     "relative_frobenius_error": 0.25,
// JSON-NEXT:     "series": "2:4"
func.func @main(%x: tensor<2x4xf32>, %k: tensor<4x2xf32>, %i: tensor<2x2xf32>) -> (tensor<2x2xf32>, tensor<2x2xf32>, tensor<2x2xf32>) {
  %0 = linalg.matmul {tasd.profile = #tasd.profile<<along [1], elements = 2000, non_zeros = 1500, magnitude = 4.0, squared_norm = 16.0, pseudo_density = 0.5 at 0.99, series = [<2:4 drops non_zeros = 300, magnitude = 0.5, squared_norm = 1.0>]>, none>}
      ins(%x, %k : tensor<2x4xf32>, tensor<4x2xf32>) outs(%i : tensor<2x2xf32>) -> tensor<2x2xf32> loc("fc")
  %1 = linalg.matmul {tasd.profile = #tasd.profile<<along [1], elements = 4, non_zeros = 4, magnitude = 4.0, squared_norm = 4.0, pseudo_density = 1.0 at 0.9, series = [<1:4 drops non_zeros = 2, magnitude = 2.0, squared_norm = 2.0>, <2:4 drops non_zeros = 0, magnitude = 0.0, squared_norm = 0.0>]>, <along [0], elements = 4, non_zeros = 0, magnitude = 0.0, squared_norm = 0.0, pseudo_density = 0.0 at 0.9>>}
      ins(%x, %k : tensor<2x4xf32>, tensor<4x2xf32>) outs(%i : tensor<2x2xf32>) -> tensor<2x2xf32>
  %2 = linalg.matmul ins(%x, %k : tensor<2x4xf32>, tensor<4x2xf32>) outs(%i : tensor<2x2xf32>) -> tensor<2x2xf32>
  return %0, %1, %2 : tensor<2x2xf32>, tensor<2x2xf32>, tensor<2x2xf32>
}
