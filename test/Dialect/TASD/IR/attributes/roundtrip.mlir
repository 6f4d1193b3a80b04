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

// CHECK-LABEL: @series_profile
// CHECK-SAME: profile = #tasd.series_profile<2:4+1:8 drops non_zeros = 12, magnitude = 5.000000e-01, squared_norm = 1.000000e-30>
func.func private @series_profile() attributes {
  profile = #tasd.series_profile<2:4+1:8 drops non_zeros = 12, magnitude = 0.5, squared_norm = 1.0e-30>}

// Doubles keep every bit.
// CHECK-LABEL: @operand_profile
// CHECK-SAME: profile = #tasd.operand_profile<along [3], elements = 64, non_zeros = 20,
// CHECK-SAME: magnitude = 1.000000e-01, squared_norm = 0.30000000000000004, pseudo_density = 2.500000e-01 at 0.98999999999999999,
// CHECK-SAME{LITERAL}: histograms = [[4, 8, 2, 2, 0], [1, 3, 3, 1, 0, 0, 0, 0, 0]],
// CHECK-SAME: second_moments = [5.000000e-01, 0.000000e+00],
// CHECK-SAME: series = [<2:4 drops non_zeros = 2, magnitude = 1.250000e-01, squared_norm = 1.562500e-02>]>
func.func private @operand_profile() attributes {
  profile =
    // docs: operand-profile
    #tasd.operand_profile<along [3], elements = 64, non_zeros = 20,
        magnitude = 0.1, squared_norm = 0.30000000000000004,
        pseudo_density = 0.25 at 0.99,
        histograms = [[4, 8, 2, 2, 0], [1, 3, 3, 1, 0, 0, 0, 0, 0]],
        second_moments = [0.5, 0.0],
        series = [<2:4 drops non_zeros = 2, magnitude = 0.125, squared_norm = 0.015625>]>
    // docs: end
  }

// CHECK-LABEL: @operand_profile_shortest
// CHECK-SAME: profile = #tasd.operand_profile<along [1, 0], elements = 1, non_zeros = 0, magnitude = 0.000000e+00, squared_norm = 0.000000e+00, pseudo_density = 0.000000e+00 at 1.000000e+00>
func.func private @operand_profile_shortest() attributes {
  profile = #tasd.operand_profile<along [1, 0], elements = 1, non_zeros = 0, magnitude = 0.0, squared_norm = 0.0, pseudo_density = 0.0 at 1.0>}

// CHECK-LABEL: @profile_on_op
func.func @profile_on_op(%a: tensor<?x2xf32>, %b: tensor<2x4xf32>,
                         %c: tensor<?x4xf32>) -> tensor<?x4xf32> {
  // CHECK: linalg.matmul {tasd.profile = #tasd.profile<<along [1], elements = 4, non_zeros = 3, {{.*}}, second_moments = [5.000000e-01, 2.000000e+00]>, none>}
  // docs: profile
  %r = linalg.matmul {tasd.profile = #tasd.profile<
        <along [1], elements = 4, non_zeros = 3, magnitude = 4.0, squared_norm = 5.0,
         pseudo_density = 0.75 at 0.99, second_moments = [0.5, 2.0]>,
        none>}
      ins(%a, %b : tensor<?x2xf32>, tensor<2x4xf32>)
      outs(%c : tensor<?x4xf32>) -> tensor<?x4xf32>
  // docs: end
  return %r : tensor<?x4xf32>
}

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
