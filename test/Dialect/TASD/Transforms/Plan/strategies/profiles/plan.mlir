// RUN: tasd-opt %s -tasd-plan="machine=ttc-vegeta-m8 strategy=optimal max-error=0.3 side=both" --remarks-filter=tasd --remark-format=emitRemark -o %t.mlir 2> %t.txt
// RUN: FileCheck %s --input-file %t.txt --check-prefix=REMARK
// RUN: FileCheck %s --input-file %t.mlir
// RUN: tasd-opt %s -tasd-plan="machine=ttc-vegeta-m8 strategy=optimal max-error=0.3 side=activations series=1:8" --remarks-filter=tasd --remark-format=emitRemark -o %t.mlir 2>&1 | FileCheck %s --check-prefix=UNKNOWN
// RUN: tasd-opt %s -tasd-plan="machine=vegeta-m8 strategy=optimal max-error=0.3 side=activations" --remarks-filter=tasd --remark-format=emitRemark -o %t.mlir 2>&1 | FileCheck %s --check-prefix=LOSSLESS
// RUN: tasd-opt %s -tasd-plan="machine=ttc-vegeta-m8 series=2:8,4:8 max-dropped-magnitude=0.1 side=activations" --remarks-filter=tasd --remark-format=emitRemark -o %t.mlir 2>&1 | FileCheck %s --check-prefix=UNIFORM
// RUN: tasd-opt %s -tasd-plan="machine=ttc-vegeta-m8 strategy=optimal max-error=0.1 error-model=frobenius series=2:8" --remarks-filter=tasd --remark-format=emitRemark -o %t.mlir 2>&1 | FileCheck %s --check-prefix=ALIKE
// RUN: tasd-opt %s -tasd-plan="machine=ttc-vegeta-m8 strategy=optimal max-error=0.1 error-model=output-error series=2:8" --remarks-filter=tasd --remark-format=emitRemark -o %t.mlir 2>&1 | FileCheck %s --check-prefix=WEIGHTED

// What a profile says of activations: which series they could have, and what dropped
// weights would have been multiplied with.

// CHECK-LABEL: @main
// CHECK: tasd.plan = #tasd.plan<2:8 along [1] at run_time, dense, mapping = <"ttc-vegeta-m8", a = 0,
// REMARK: [Passed] {{.*}}kept_activation_magnitude_share=7.500000e-01, layer=activations, {{.*}}next_best="- x 4:8", {{.*}}plan="#tasd.plan<2:8 along [1] at run_time, dense>"
// REMARK: [Analysis] {{.*}}error=2.500000e-01
// UNKNOWN: [Missed] {{.*}}layer=activations, {{.*}}reason="the profile does not say what 1:8 drops of its activations"
// LOSSLESS: [Missed] {{.*}}layer=activations, {{.*}}reason="machine 'vegeta-m8' runs no series that drops non-zeros"
// UNIFORM: [Passed] {{.*}}kept_activation_magnitude_share=9.375000e-01, layer=activations, {{.*}}plan="#tasd.plan<4:8 along [1] at run_time, dense>"

// Of a block of 8 weights, 2:8 keeps the two that meet activations which are not zero.
// ALIKE: [Missed] {{.*}}layer=weights, {{.*}}reason="a series that gains would exceed the bound on the error"
// WEIGHTED: [Passed] {{.*}}layer=weights, {{.*}}plan="#tasd.plan<dense, 2:8 along [0] at compile_time>"
// WEIGHTED: [Analysis] {{.*}}error=0.000000e+00, error_model=output-error
func.func @main(%a: tensor<1024x1152xi8>, %b: tensor<1024x8xi8>, %c: tensor<1024x128xi8>) -> (tensor<1024x128xi8>, tensor<1024x128xi8>) {
  %one = arith.constant dense<1> : tensor<1152x128xi8>
  %0 = linalg.matmul {tasd.profile = #tasd.profile<
      <along [1], elements = 1152, non_zeros = 576, magnitude = 64.0, squared_norm = 64.0, pseudo_density = 0.5 at 0.99,
       series = [<2:8 drops non_zeros = 288, magnitude = 16.0, squared_norm = 4.0>,
                 <4:8 drops non_zeros = 72, magnitude = 4.0, squared_norm = 1.0>]>,
      none>}
    ins(%a, %one : tensor<1024x1152xi8>, tensor<1152x128xi8>) outs(%c : tensor<1024x128xi8>) -> tensor<1024x128xi8> loc("activations")
  %block = arith.constant dense<[4, 3, 3, 3, 4, 3, 3, 3]> : tensor<8xi8>
  %e = tensor.empty() : tensor<8x128xi8>
  %blocks = linalg.broadcast ins(%block : tensor<8xi8>) outs(%e : tensor<8x128xi8>) dimensions = [1]
  %1 = linalg.matmul {tasd.profile = #tasd.profile<
      <along [1], elements = 8, non_zeros = 2, magnitude = 2.0, squared_norm = 2.0, pseudo_density = 0.25 at 0.99,
       second_moments = [1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0]>,
      none>}
    ins(%b, %blocks : tensor<1024x8xi8>, tensor<8x128xi8>) outs(%c : tensor<1024x128xi8>) -> tensor<1024x128xi8> loc("weights")
  return %0, %1 : tensor<1024x128xi8>, tensor<1024x128xi8>
}
