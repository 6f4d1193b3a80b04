// RUN: tasd-opt %s -split-input-file -verify-diagnostics

// The dialect's discardable attributes where they do not belong.

// expected-error@+1 {{'func.func' op expected 'tasd.plan' to be a #tasd.plan but got 1 : i64}}
func.func private @plan_is_no_plan() attributes {tasd.plan = 1}

// -----

// expected-error@+1 {{'func.func' op expected 'tasd.profile' to be a #tasd.profile but got 1 : i64}}
func.func private @profile_is_no_profile() attributes {tasd.profile = 1}

// -----

// expected-error@+1 {{'func.func' op expected 'tasd.plan_count' to be an i64 on a module but got 1 : i64}}
func.func private @plan_count_on_function() attributes {tasd.plan_count = 1 : i64}

// -----

// expected-error@+1 {{'builtin.module' op expected 'tasd.plan_count' to be an i64 on a module but got true}}
module @plan_count_of_other_type attributes {tasd.plan_count = true} {}

// -----

// expected-error@+1 {{'func.func' op expected 'tasd.cost' to be a dictionary on a layer but got {}}}
func.func private @cost_on_function() attributes {tasd.cost = {}}

// -----

func.func @mapping_on_no_contraction() {
  // expected-error@+1 {{'func.return' op expected 'tasd.mapping' to be a #tasd.mapping on a contraction, the series of which is its operand A, but got #tasd.mapping<"tc", a = 1, ["DRAM:"]>}}
  return {tasd.mapping = #tasd.mapping<"tc", a = 1, ["DRAM:"]>}
}

// -----

#a = affine_map<(m, n, k) -> (m, k)>
#b = affine_map<(m, n, k) -> (k, n)>
#c = affine_map<(m, n, k) -> (m, n)>
func.func @mapping_of_other_operand(%s: !tasd.series<8x16xi8, 2:4, along = [1]>, %b: tensor<16x4xi8>, %c: tensor<8x4xi32>) -> tensor<8x4xi32> {
  // expected-error@+1 {{'tasd.contract' op expected 'tasd.mapping' to be a #tasd.mapping on a contraction, the series of which is its operand A, but got #tasd.mapping<"tc", a = 1, ["DRAM:"]>}}
  %0 = tasd.contract [#a, #b, #c] ins(%s, %b : !tasd.series<8x16xi8, 2:4, along = [1]>, tensor<16x4xi8>) outs(%c : tensor<8x4xi32>) {tasd.mapping = #tasd.mapping<"tc", a = 1, ["DRAM:"]>}
  return %0 : tensor<8x4xi32>
}

// -----

// expected-error@+1 {{'func.func' op unknown attribute 'tasd.plans'}}
func.func private @unknown_attribute() attributes {tasd.plans = #tasd.plan<dense>}

// -----

// expected-error@+1 {{unknown attribute `plam` in dialect `tasd`}}
func.func private @unknown_attribute_kind() attributes {a = #tasd.plam<dense>}

// -----

// expected-error@+1 {{unknown  type `serie` in dialect `tasd`}}
func.func private @unknown_type(!tasd.serie<8x16xf32, 2:4, along = [1]>)

// -----

func.func @unknown_op(%s: !tasd.series<8x16xf32, 2:4, along = [1]>) {
  // expected-error@+1 {{custom op 'tasd.composed' is unknown}}
  tasd.composed %s
}
