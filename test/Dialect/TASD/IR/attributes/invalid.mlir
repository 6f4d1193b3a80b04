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

// expected-error@+1 {{expected a keyword or a number}}
func.func private @series_c1_empty() attributes {s = #tasd.series<>}

// -----

// expected-error@+1 {{expected a keyword or a number}}
func.func private @series_trailing_plus() attributes {s = #tasd.series<2:4+>}

// -----

// expected-error@+1 {{unknown pattern 'foo', expected one of: N:M}}
func.func private @series_unknown() attributes {s = #tasd.series<foo>}

// -----

// expected-error@+1 {{unknown pattern 'foo(1, k = 2)', expected one of: N:M}}
func.func private @series_unknown_call() attributes {s = #tasd.series<2:4+foo(1, k = 2)>}

// -----

// Words that the lexer sees as several tokens are one each.
// expected-error@+1 {{unknown pattern 'foo(32x32, a = 1e-05, b = 1.5e-300, c = 1e21)', expected one of: N:M}}
func.func private @series_words() attributes {s = #tasd.series<foo ( 32x32,a=1e-05, b = 1.5e-300, c = 1e21)>}

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

// -----

// expected-error@+1 {{expected the name of a machine but got none}}
func.func private @mapping_c1() attributes {m = #tasd.mapping<"", a = 1, ["DRAM:"]>}

// -----

// expected-error@+1 {{expected operand A to be input 0 or 1 but got 2}}
func.func private @mapping_c2() attributes {m = #tasd.mapping<"tc", a = 2, ["DRAM:"]>}

// -----

// expected-error@+1 {{expected one line for a level but got "DRAM:\0ASMEM:"}}
func.func private @mapping_c3_two_lines() attributes {m = #tasd.mapping<"tc", a = 1, ["DRAM:\nSMEM:"]>}

// -----

// expected-error@+1 {{expected one line for a level but got ""}}
func.func private @mapping_c3_empty() attributes {m = #tasd.mapping<"tc", a = 1, ["DRAM:", ""]>}

// -----

// expected-error@+1 {{expected operand A of the mapping to be input 1, which has a series, but got 0}}
func.func private @plan_c5() attributes {p = #tasd.plan<dense, 2:4 along [0] at run_time, mapping = <"tc", a = 0, ["DRAM:"]>>}

// -----

// expected-error@+1 {{expected nothing after the mapping}}
func.func private @plan_mapping_not_last() attributes {p = #tasd.plan<dense, mapping = <"tc", a = 0, ["DRAM:"]>, dense>}
