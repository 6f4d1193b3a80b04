// RUN: tasd-opt %s -split-input-file -verify-diagnostics

// The constraints of patterns, series and operands' plans, and their grammar.

// expected-error@+1 {{expected 1 <= N <= M <= 64 but got 5:4}}
func.func private @nm_c1_n_above_m() attributes {p = #tasd.nm<5:4>}

// -----

// expected-error@+1 {{expected 1 <= N <= M <= 64 but got 0:4}}
func.func private @nm_c1_no_non_zeros() attributes {p = #tasd.nm<0:4>}

// -----

// expected-error@+1 {{expected 1 <= N <= M <= 64 but got 1:65}}
func.func private @nm_c1_m_too_large() attributes {p = #tasd.nm<1:65>}

// -----

// expected-error@+1 {{expected 1 <= N <= M <= 64 but got 5:4}}
func.func private @series_of_nm_c1() attributes {s = #tasd.series<2:4+5:4>}

// -----

// expected-error@+1 {{expected integer value}}
func.func private @series_c1_empty() attributes {s = #tasd.series<>}

// -----

// expected-error@+1 {{expected integer value}}
func.func private @series_trailing_plus() attributes {s = #tasd.series<2:4+>}

// -----

// expected-error@+1 {{unknown pattern 'foo', expected one of: N:M}}
func.func private @series_unknown() attributes {s = #tasd.series<foo>}

// -----

// expected-error@+1 {{unknown pattern 'foo(1, k = 2)', expected one of: N:M}}
func.func private @series_unknown_call() attributes {s = #tasd.series<2:4+foo(1, k = 2)>}

// -----

// expected-error@+1 {{unknown pattern '4', expected one of: N:M}}
func.func private @series_no_m() attributes {s = #tasd.series<4>}

// -----

// expected-error@+1 {{expected `along` to name a dimension but got none}}
func.func private @operand_plan_c1_none() attributes {p = #tasd.operand_plan<2:4 along [] at run_time>}

// -----

// expected-error@+1 {{expected `along` to name distinct dimensions but got [1, 1]}}
func.func private @operand_plan_c1_twice() attributes {p = #tasd.operand_plan<2:4 along [1, 1] at run_time>}

// -----

// expected-error@+1 {{expected `along` to name distinct dimensions but got [-1]}}
func.func private @operand_plan_c1_negative() attributes {p = #tasd.operand_plan<2:4 along [-1] at run_time>}

// -----

// expected-error@+1 {{expected 'along'}}
func.func private @operand_plan_no_along() attributes {p = #tasd.operand_plan<2:4 at run_time>}

// -----

// expected-error@+2 {{expected one of [compile_time, run_time] for when an operand is decomposed, got: noon}}
func.func private @operand_plan_no_time() attributes {
  p = #tasd.operand_plan<2:4 along [0] at noon>}
