// RUN: tasd-opt %s | tasd-opt | FileCheck %s
// RUN: tasd-opt %s --emit-bytecode | tasd-opt | FileCheck %s

// Every attribute of the dialect prints what was parsed.

#a = affine_map<(m, n, k) -> (m, k)>
#b = affine_map<(m, n, k) -> (k, n)>
#c = affine_map<(m, n, k) -> (m, n)>

// CHECK-LABEL: @nm
// CHECK-SAME: pattern = #tasd.nm<2:4>
func.func private @nm() attributes {pattern = #tasd.nm<2:4>}

// CHECK-LABEL: @nm_largest
// CHECK-SAME: pattern = #tasd.nm<64:64>
func.func private @nm_largest() attributes {pattern = #tasd.nm<64:64>}

// CHECK-LABEL: @series
// CHECK-SAME: series = #tasd.series<2:4+1:8>
func.func private @series() attributes {series = #tasd.series<2:4 + 1:8>}

// Order and repetition are kept.
// CHECK-LABEL: @series_order
// CHECK-SAME: series = #tasd.series<1:8+2:4+1:8>
func.func private @series_order() attributes {series = #tasd.series<1:8+2:4+1:8>}

// CHECK-LABEL: @operand_plan
// CHECK-SAME: plan = #tasd.operand_plan<2:4+1:8 along [2, 0, 1] at compile_time>
func.func private @operand_plan() attributes {
  plan = #tasd.operand_plan<2:4+1:8 along [2, 0, 1] at compile_time>}

// CHECK-LABEL: @plan
// CHECK-SAME: plan = #tasd.plan<dense, 2:4 along [0] at run_time>
func.func private @plan() attributes {
  plan = #tasd.plan<dense, 2:4 along [0] at run_time>}

// CHECK-LABEL: @mapping
// CHECK-SAME: mapping = #tasd.mapping<"stc", a = 1, ["DRAM: for N in [0:8)", "SMEM keep b:"]>
func.func private @mapping() attributes {
  mapping = #tasd.mapping<"stc", a = 1, ["DRAM: for N in [0:8)", "SMEM keep b:"]>}

// CHECK-LABEL: @plan_with_mapping
// CHECK-SAME: plan = #tasd.plan<dense, 2:4 along [0] at run_time, mapping = <"stc", a = 1, ["DRAM:"]>>
func.func private @plan_with_mapping() attributes {
  plan = #tasd.plan<dense, 2:4 along [0] at run_time, mapping = <"stc", a = 1, ["DRAM:"]>>}

// A layer left dense is mapped too, and either of two series may be operand A.
// CHECK-LABEL: @plans_of_other_series
// CHECK-SAME: both = #tasd.plan<2:4 along [0] at run_time, 1:4 along [1] at run_time, mapping = <"stc", a = 0, ["DRAM:"]>>
// CHECK-SAME: none = #tasd.plan<dense, dense, mapping = <"stc", a = 0, ["DRAM:"]>>
func.func private @plans_of_other_series() attributes {
  both = #tasd.plan<2:4 along [0] at run_time, 1:4 along [1] at run_time, mapping = <"stc", a = 0, ["DRAM:"]>>,
  none = #tasd.plan<dense, dense, mapping = <"stc", a = 0, ["DRAM:"]>>}

// CHECK-LABEL: @mapping_and_cost_on_op
func.func @mapping_and_cost_on_op(%s: !tasd.series<8x16xi8, 2:4, along = [1]>, %b: tensor<16x4xi8>, %c: tensor<8x4xi32>) -> tensor<8x4xi32> {
  // CHECK: tasd.contract {{.*}} {tasd.cost = {cycles = 8 : i64}, tasd.mapping = #tasd.mapping<"stc", a = 0, ["DRAM:"]>}
  %r = tasd.contract [#a, #b, #c] ins(%s, %b : !tasd.series<8x16xi8, 2:4, along = [1]>, tensor<16x4xi8>) outs(%c : tensor<8x4xi32>) {tasd.cost = {cycles = 8 : i64}, tasd.mapping = #tasd.mapping<"stc", a = 0, ["DRAM:"]>}
  return %r : tensor<8x4xi32>
}

// CHECK-LABEL: @plan_on_op
func.func @plan_on_op(%a: tensor<8x16xf32>, %b: tensor<16x4xf32>,
                      %c: tensor<8x4xf32>) -> tensor<8x4xf32> {
  // CHECK: linalg.matmul {tasd.plan = #tasd.plan<2:4 along [1] at run_time, dense>}
  %r = linalg.matmul {tasd.plan = #tasd.plan<2:4 along [1] at run_time, dense>}
      ins(%a, %b : tensor<8x16xf32>, tensor<16x4xf32>)
      outs(%c : tensor<8x4xf32>) -> tensor<8x4xf32>
  return %r : tensor<8x4xf32>
}

// CHECK-LABEL: module @plan_count
// CHECK-SAME: tasd.plan_count = 3 : i64
module @plan_count attributes {tasd.plan_count = 3 : i64} {}
