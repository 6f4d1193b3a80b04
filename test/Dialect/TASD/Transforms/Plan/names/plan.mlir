// RUN: tasd-opt %s -tasd-plan="series=2:4" --remarks-filter=tasd --remark-format=emitRemark -o /dev/null 2>&1 | FileCheck %s
// RUN: tasd-opt %s -tasd-plan="series=2:4 layers=encoder.*" | FileCheck %s --check-prefix=LAYERS
// RUN: tasd-opt %s -tasd-plan="series=2:4 skip=*{dense,matmul}*" | FileCheck %s --check-prefix=SKIP
// RUN: tasd-opt %s -tasd-plan="series=2:4 layers=*dense* skip=*#1" | FileCheck %s --check-prefix=BOTH

// Layers are named by their location, else by function, op and ordinal; globs
// of their names choose layers.

#a = affine_map<(m, n, k) -> (m, k)>
#b = affine_map<(m, n, k) -> (k, n)>
#c = affine_map<(m, n, k) -> (m, n)>

// CHECK-DAG: Function=main | {{.*}}layer=main/matmul#0, plan=
// CHECK-DAG: Function=main | {{.*}}layer=main/matmul#1, plan=
// CHECK-DAG: Function=main | {{.*}}layer=main/contract#0, plan=
// CHECK-DAG: Function=main | {{.*}}layer=encoder.dense, plan=
// CHECK-DAG: Function=main | {{.*}}layer=encoder.dense#1, plan=
// CHECK-DAG: Function=main | {{.*}}layer=encoder.dense#2, plan=
// LAYERS: tasd.plan_count = 3
// SKIP: tasd.plan_count = 1
// BOTH: tasd.plan_count = 2
func.func @main(%a: tensor<8x16xf32>, %c0: tensor<8x16xf32>) -> tensor<8x16xf32> {
  // LAYERS-NOT: linalg.matmul {tasd.plan
  // LAYERS: linalg.contract
  // LAYERS-NOT: tasd.plan
  // LAYERS: linalg.matmul {tasd.plan
  // LAYERS: linalg.matmul {tasd.plan
  // LAYERS: linalg.matmul {tasd.plan
  %w = arith.constant dense<1.0> : tensor<16x16xf32>
  %0 = linalg.matmul ins(%a, %w : tensor<8x16xf32>, tensor<16x16xf32>) outs(%c0 : tensor<8x16xf32>) -> tensor<8x16xf32>
  %1 = linalg.matmul ins(%0, %w : tensor<8x16xf32>, tensor<16x16xf32>) outs(%c0 : tensor<8x16xf32>) -> tensor<8x16xf32>
  %2 = linalg.contract indexing_maps = [#a, #b, #c] ins(%1, %w : tensor<8x16xf32>, tensor<16x16xf32>) outs(%c0 : tensor<8x16xf32>) -> tensor<8x16xf32>
  %3 = linalg.matmul ins(%2, %w : tensor<8x16xf32>, tensor<16x16xf32>) outs(%c0 : tensor<8x16xf32>) -> tensor<8x16xf32> loc("encoder.dense")
  %4 = linalg.matmul ins(%3, %w : tensor<8x16xf32>, tensor<16x16xf32>) outs(%c0 : tensor<8x16xf32>) -> tensor<8x16xf32> loc("encoder.dense"("model.py":7:3))
  %5 = linalg.matmul ins(%4, %w : tensor<8x16xf32>, tensor<16x16xf32>) outs(%c0 : tensor<8x16xf32>) -> tensor<8x16xf32> loc(fused["model.py":8:1, "encoder.dense"])
  return %5 : tensor<8x16xf32>
}
