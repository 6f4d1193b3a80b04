// RUN: tasd-opt %s --convert-tasd-to-ttc=machine=tc \
// RUN:   --remarks-filter=tasd --remark-format=emitRemark 2>&1 | FileCheck %s

// The mapping of a plan is for its machine; another machine has its own. Equal
// layers share a program.

// CHECK: loc("first"): [Passed] convert-tasd-to-ttc | {{.*}} layer=first, program=first{{$}}
// CHECK: loc("second"): [Passed] convert-tasd-to-ttc | {{.*}} layer=second, mapping="searched for machine 'tc'", program=second, reason="that of its plan is for machine 'stc'"
// CHECK: loc("third"): [Passed] convert-tasd-to-ttc | {{.*}} layer=third, program=first{{$}}

// CHECK-LABEL: func.func @layers
// CHECK: ttc.launch @first
// CHECK: ttc.launch @second
// CHECK: ttc.launch @first for "third"
func.func @layers(%a: tensor<16x16xi8>, %b: tensor<16x16xi8>, %z: tensor<16x16xi32>)
    -> (tensor<16x16xi32>, tensor<16x16xi32>, tensor<16x16xi32>) {
  %0 = linalg.matmul {tasd.plan = #tasd.plan<dense, dense, mapping = <"tc", a = 0, [
      "DRAM: for M in [0:16)", "SMEM:", "RF: for N in [0:16) / for K in [0:16)", "LRF:"]>>}
      ins(%a, %b : tensor<16x16xi8>, tensor<16x16xi8>)
      outs(%z : tensor<16x16xi32>) -> tensor<16x16xi32> loc("first")
  %1 = linalg.matmul {tasd.plan = #tasd.plan<dense, dense, mapping = <"stc", a = 0, [
      "DRAM: for M in [0:16)", "SMEM:", "RF: for N in [0:16) / for K in [0:16)", "LRF:"]>>}
      ins(%a, %b : tensor<16x16xi8>, tensor<16x16xi8>)
      outs(%0 : tensor<16x16xi32>) -> tensor<16x16xi32> loc("second")
  %2 = linalg.matmul {tasd.plan = #tasd.plan<dense, dense, mapping = <"tc", a = 0, [
      "DRAM: for M in [0:16)", "SMEM:", "RF: for N in [0:16) / for K in [0:16)", "LRF:"]>>}
      ins(%b, %a : tensor<16x16xi8>, tensor<16x16xi8>)
      outs(%1 : tensor<16x16xi32>) -> tensor<16x16xi32> loc("third")
  return %0, %1, %2 : tensor<16x16xi32>, tensor<16x16xi32>, tensor<16x16xi32>
}

// CHECK: ttc.program @first
// CHECK: ttc.program @second
// CHECK-NOT: ttc.program
