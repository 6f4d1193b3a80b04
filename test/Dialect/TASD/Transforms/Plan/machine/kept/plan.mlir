// RUN: tasd-opt %s -tasd-plan="machine=ttc-vegeta-m8 series=2:8" --remarks-filter=tasd --remark-format=emitRemark -o %t.mlir 2> %t.txt
// RUN: FileCheck %s --input-file %t.mlir
// RUN: FileCheck %s --input-file %t.txt --check-prefix=REMARK

// A plan that was there gets a mapping; one that has a mapping stays.

// CHECK-LABEL: @kept
// CHECK: tasd.plan = #tasd.plan<dense, 1:8 along [0] at compile_time, mapping = <"ttc-vegeta-m8", a = 1,
// CHECK: tasd.plan = #tasd.plan<dense, dense, mapping = <"tc", a = 0, ["DRAM:"]>>
// REMARK: [Passed] {{.*}}cycles={{.*}}layer=kept, {{.*}}origin="the input"
func.func @kept(%a: tensor<4x8xf32>, %c: tensor<4x2xf32>) -> (tensor<4x2xf32>, tensor<4x2xf32>) {
  %w = arith.constant dense<0.0> : tensor<8x2xf32>
  %0 = linalg.matmul {tasd.plan = #tasd.plan<dense, 1:8 along [0] at compile_time>} ins(%a, %w : tensor<4x8xf32>, tensor<8x2xf32>) outs(%c : tensor<4x2xf32>) -> tensor<4x2xf32> loc("kept")
  %1 = linalg.matmul {tasd.plan = #tasd.plan<dense, dense, mapping = <"tc", a = 0, ["DRAM:"]>>} ins(%a, %w : tensor<4x8xf32>, tensor<8x2xf32>) outs(%c : tensor<4x2xf32>) -> tensor<4x2xf32>
  return %0, %1 : tensor<4x2xf32>, tensor<4x2xf32>
}
