// RUN: tasd-opt %s -tasd-plan="machine=ttc-vegeta-m8 strategy=uniform max-error=0.6" --remarks-filter=tasd --remark-format=emitRemark -o %t.mlir 2>&1 | FileCheck %s --check-prefix=UNIFORM
// RUN: tasd-opt %s -tasd-plan="machine=ttc-vegeta-m8 strategy=sparsity max-error=0.6" --remarks-filter=tasd --remark-format=emitRemark -o %t.mlir 2>&1 | FileCheck %s --check-prefix=SPARSITY
// RUN: tasd-opt %s -tasd-plan="machine=ttc-vegeta-m8 strategy=greedy max-error=0.6" --remarks-filter=tasd --remark-format=emitRemark -o %t.mlir 2>&1 | FileCheck %s --check-prefix=GREEDY
// RUN: tasd-opt %s -tasd-plan="machine=ttc-vegeta-m8 strategy=optimal max-error=0.6" --remarks-filter=tasd --remark-format=emitRemark -o %t.mlir 2>&1 | FileCheck %s --check-prefix=OPTIMAL
// RUN: FileCheck %s --input-file %t.mlir
// RUN: tasd-opt %s -tasd-plan="machine=ttc-vegeta-m8 strategy=optimal max-error=0.6" --mlir-disable-threading | diff %t.mlir -

// Layers are weighed against each other. Of a block the terms of `steep` keep 8, 4, 2,
// 1 and 1 of 16, those of `flat` 1 each of 8, so that 4:8 drops 1/16 and 1/2.

// CHECK: tasd.plan_count = 3
// CHECK: tasd.plan = #tasd.plan<dense, 4:8 along [0] at compile_time, mapping = <"ttc-vegeta-m8", a = 1,
// CHECK: tasd.plan = #tasd.plan<dense, 4:8 along [0] at compile_time, mapping
// CHECK: tasd.plan = #tasd.plan<dense, 1:8 along [0] at compile_time, mapping

// UNIFORM: [Passed] tasd-plan {{.*}} cycles=[[#CYCLES:]], {{.*}}layer=steep, {{.*}}next_best=4:8+1:8, next_best_increase_share={{[0-9]}}{{.*}}plan="#tasd.plan<dense, 4:8 along
// UNIFORM: [Passed] tasd-plan {{.*}}cycles=[[#CYCLES]], {{.*}}layer=flat, {{.*}}plan="#tasd.plan<dense, 4:8 along
// UNIFORM: [Passed] tasd-plan {{.*}}cycles=[[#CYCLES]], {{.*}}layer=zero, {{.*}}next_best=1:8, next_best_increase_share=-{{.*}}plan="#tasd.plan<dense, 4:8 along
// UNIFORM: [Analysis] tasd-plan {{.*}}cycles=[[#mul(CYCLES,3)]], {{.*}}error=5.625000e-01, error_model=dropped-magnitude, layers=3, max_error=6.000000e-01, objective=edp, strategy=uniform

// SPARSITY: [Passed] tasd-plan {{.*}}layer=steep, {{.*}}plan="#tasd.plan<dense, 2:8+1:8 along
// SPARSITY: [Missed] tasd-plan {{.*}}layer=flat, {{.*}}next_best=4:8+1:8, next_best_increase_share=-{{.*}}reason="the strategy takes no series that would gain"
// SPARSITY: [Passed] tasd-plan {{.*}}layer=zero, {{.*}}plan="#tasd.plan<dense, 1:8 along
// SPARSITY: [Analysis] tasd-plan {{.*}}error=1.250000e-01, {{.*}}strategy=sparsity

// GREEDY: [Passed] tasd-plan {{.*}}layer=steep, {{.*}}plan="#tasd.plan<dense, 2:8 along
// GREEDY: [Missed] tasd-plan {{.*}}layer=flat, machine=ttc-vegeta-m8, reason="a series that gains would exceed the bound on the error"
// GREEDY: [Passed] tasd-plan {{.*}}layer=zero, {{.*}}plan="#tasd.plan<dense, 1:8 along
// GREEDY: [Analysis] tasd-plan {{.*}}error=2.500000e-01, {{.*}}strategy=greedy
// GREEDY-NOT: gap_share

// OPTIMAL: [Passed] tasd-plan {{.*}}kept_magnitude_share=9.375000e-01, layer=steep, {{.*}}next_best=4:8+1:8, {{.*}}plan="#tasd.plan<dense, 4:8 along
// OPTIMAL: [Passed] tasd-plan {{.*}}kept_magnitude_share=5.000000e-01, layer=flat, {{.*}}next_best=4:8+1:8, {{.*}}plan="#tasd.plan<dense, 4:8 along
// OPTIMAL: [Passed] tasd-plan {{.*}}kept_magnitude_share=1.000000e+00, layer=zero, {{.*}}next_best=2:8, {{.*}}plan="#tasd.plan<dense, 1:8 along
// OPTIMAL: [Analysis] tasd-plan {{.*}}error=5.625000e-01, {{.*}}gap_share=0.000000e+00, {{.*}}strategy=optimal

func.func @main(%a: tensor<1024x1152xi8>, %c: tensor<1024x128xi8>) -> (tensor<1024x128xi8>, tensor<1024x128xi8>, tensor<1024x128xi8>) {
  %block = arith.constant dense<[8, 4, 2, 1, 1, 0, 0, 0]> : tensor<8xi8>
  %e = tensor.empty() : tensor<144x8x128xi8>
  %blocks = linalg.broadcast ins(%block : tensor<8xi8>) outs(%e : tensor<144x8x128xi8>) dimensions = [0, 2]
  %steep = tensor.collapse_shape %blocks [[0, 1], [2]] : tensor<144x8x128xi8> into tensor<1152x128xi8>
  %flat = arith.constant dense<1> : tensor<1152x128xi8>
  %zero = arith.constant dense<0> : tensor<1152x128xi8>
  %0 = linalg.matmul ins(%a, %steep : tensor<1024x1152xi8>, tensor<1152x128xi8>) outs(%c : tensor<1024x128xi8>) -> tensor<1024x128xi8> loc("steep")
  %1 = linalg.matmul ins(%a, %flat : tensor<1024x1152xi8>, tensor<1152x128xi8>) outs(%c : tensor<1024x128xi8>) -> tensor<1024x128xi8> loc("flat")
  %2 = linalg.matmul ins(%a, %zero : tensor<1024x1152xi8>, tensor<1152x128xi8>) outs(%c : tensor<1024x128xi8>) -> tensor<1024x128xi8> loc("zero")
  return %0, %1, %2 : tensor<1024x128xi8>, tensor<1024x128xi8>, tensor<1024x128xi8>
}
