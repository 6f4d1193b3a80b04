// RUN: tasd-opt %s -tasd-plan="machine=ttc-vegeta-m8 series=2:4,2:8,4:8 max-dropped-magnitude=0.5 skip=skipped" --remarks-filter=tasd --remark-format=emitRemark -o %t.mlir 2> %t.txt
// RUN: FileCheck %s --input-file %t.mlir --implicit-check-not=2:4
// RUN: FileCheck %s --input-file %t.txt --check-prefix=REMARK
// RUN: tasd-opt %s -tasd-plan="machine=ttc-vegeta-m8 series=8:8 skip=skipped" --remarks-filter=tasd --remark-format=emitRemark -o %t.mlir 2>&1 | FileCheck %s --check-prefix=USELESS
// RUN: tasd-opt %s -tasd-plan="machine=stc series=2:4 skip=skipped" --remarks-filter=tasd --remark-format=emitRemark -o %t.mlir 2>&1 | FileCheck %s --check-prefix=LOSSLESS
// RUN: tasd-opt %s -tasd-plan="machine=ttc-vegeta-m8 series=2:8 side=activations layers=gains" | FileCheck %s --check-prefix=ACTIVATIONS
// RUN: tasd-opt %s -tasd-plan="machine=stc series=2:4 side=activations layers=gains" --remarks-filter=tasd --remark-format=emitRemark -o %t.mlir 2>&1 | FileCheck %s --check-prefix=UNKNOWN
// RUN: tasd-opt %s -tasd-plan="machine=tc" --remarks-filter=tasd --remark-format=emitRemark -o %t.mlir 2> %t.txt
// RUN: FileCheck %s --input-file %t.mlir --check-prefix=MAPPED --implicit-check-not=along
// RUN: FileCheck %s --input-file %t.txt --check-prefix=MAPPED-REMARK
// RUN: tasd-opt %s -tasd-plan="machine=tc series=2:4,2:8 max-dropped-magnitude=0" --remarks-filter=tasd --remark-format=emitRemark -o %t.mlir 2>&1 | FileCheck %s --check-prefix=MAPPED-REMARK

// With a machine a plan has to gain on it, and has a mapping.

// REMARK: [Missed] tasd-plan | {{.*}}reason="expected a pattern that machine 'ttc-vegeta-m8' runs, one of: 1:8, 2:8, 4:8, 8:8, but got '2:4'", series=2:4

// CHECK-LABEL: @gains
// CHECK: tasd.plan = #tasd.plan<dense, 2:8 along [0] at compile_time, mapping = <"ttc-vegeta-m8", a = 1, ["DRAM:{{.*}}", "SMEM{{.*}}:{{.*}}", "RF:{{.*}}", "LRF:{{.*}}"]>>
// REMARK: [Passed] tasd-plan | {{.*}}cycles=[[#CYCLES:]], dense_cycles={{.*}}dense_energy_pj={{.*}}energy_pj={{.*}}layer=gains, machine=ttc-vegeta-m8, plan="#tasd.plan<dense, 2:8 along [0] at compile_time>"
// USELESS: [Missed] {{.*}}layer=gains, {{.*}}reason="a series has no lower EDP than dense: {{[0-9]+}} cycles ({{[0-9]+}} with start and end), {{[0-9.]+}} uJ and {{[0-9]+}} words of DRAM beside {{[0-9]+}} cycles ({{[0-9]+}} with start and end), {{[0-9.]+}} uJ and {{[0-9]+}} words of DRAM"
// LOSSLESS: [Passed] {{.*}}layer=gains
// ACTIVATIONS: tasd.plan = #tasd.plan<2:8 along [1] at run_time, dense, mapping = <"ttc-vegeta-m8", a = 0,
// UNKNOWN: [Missed] {{.*}}layer=gains, {{.*}}reason="without a profile nothing is known of what a series of its activations drops"
// MAPPED: tasd.plan = #tasd.plan<dense, dense, mapping = <"tc", a = {{[01]}}, ["DRAM:
// MAPPED-REMARK: [Missed] {{.*}}layer=gains, {{.*}}reason="none of the series to choose from runs on machine 'tc'"
func.func @gains(%a: tensor<1024x1152xi8>, %c: tensor<1024x128xi8>) -> tensor<1024x128xi8> {
  %w = arith.constant dense<0> : tensor<1152x128xi8>
  %r = linalg.matmul ins(%a, %w : tensor<1024x1152xi8>, tensor<1152x128xi8>) outs(%c : tensor<1024x128xi8>) -> tensor<1024x128xi8> loc("gains")
  return %r : tensor<1024x128xi8>
}

// The first within the bound, and the first that the machine runs.
// CHECK-LABEL: @drops
// CHECK: tasd.plan = #tasd.plan<dense, 4:8 along [0] at compile_time, mapping
// LOSSLESS: [Missed] {{.*}}layer=drops, {{.*}}reason="machine 'stc' runs no series that drops non-zeros"
func.func @drops(%a: tensor<1024x1152xi8>, %c: tensor<1024x128xi8>) -> tensor<1024x128xi8> {
  %w = arith.constant dense<1> : tensor<1152x128xi8>
  %r = linalg.matmul ins(%a, %w : tensor<1024x1152xi8>, tensor<1152x128xi8>) outs(%c : tensor<1024x128xi8>) -> tensor<1024x128xi8> loc("drops")
  return %r : tensor<1024x128xi8>
}

// What cannot have a series is mapped as it is.
// CHECK-LABEL: @depthwise
// CHECK: tasd.plan = #tasd.plan<dense, dense, mapping = <"ttc-vegeta-m8", a = {{[01]}}, ["DRAM:
// REMARK: [Missed] {{.*}}cycles={{.*}}layer=depthwise, {{.*}}reason="a depthwise convolution sums over no channels"
func.func @depthwise(%a: tensor<1x6x6x8xf32>, %c: tensor<1x4x4x8xf32>) -> tensor<1x4x4x8xf32> {
  %w = arith.constant dense<1.0> : tensor<3x3x8xf32>
  %r = linalg.depthwise_conv_2d_nhwc_hwc ins(%a, %w : tensor<1x6x6x8xf32>, tensor<3x3x8xf32>) outs(%c : tensor<1x4x4x8xf32>) -> tensor<1x4x4x8xf32> loc("depthwise")
  return %r : tensor<1x4x4x8xf32>
}

// What was not asked for, and what no machine computes, has no plan.
// CHECK-LABEL: @no_plan
// CHECK-NOT: tasd.plan
// REMARK: layer=skipped, reason="the options leave it out"
// REMARK: layer=empty, reason="a dimension is empty"
// REMARK: layer=type, reason="expected a type that machine ttc-vegeta-m8 multiplies but got i4"
func.func @no_plan(%a: tensor<4x8xf32>, %c: tensor<4x2xf32>, %e: tensor<0x8xf32>, %f: tensor<0x2xf32>, %q: tensor<4x8xi4>, %z: tensor<4x2xi32>) -> (tensor<4x2xf32>, tensor<0x2xf32>, tensor<4x2xi32>) {
  %w = arith.constant dense<1.0> : tensor<8x2xf32>
  %0 = linalg.matmul ins(%a, %w : tensor<4x8xf32>, tensor<8x2xf32>) outs(%c : tensor<4x2xf32>) -> tensor<4x2xf32> loc("skipped")
  %1 = linalg.matmul ins(%e, %w : tensor<0x8xf32>, tensor<8x2xf32>) outs(%f : tensor<0x2xf32>) -> tensor<0x2xf32> loc("empty")
  %v = arith.constant dense<1> : tensor<8x2xi4>
  %2 = linalg.matmul ins(%q, %v : tensor<4x8xi4>, tensor<8x2xi4>) outs(%z : tensor<4x2xi32>) -> tensor<4x2xi32> loc("type")
  return %0, %1, %2 : tensor<4x2xf32>, tensor<0x2xf32>, tensor<4x2xi32>
}
