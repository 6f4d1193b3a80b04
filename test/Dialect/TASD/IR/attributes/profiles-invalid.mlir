// RUN: tasd-opt %s -split-input-file -verify-diagnostics

// The constraints of what was measured, and its grammar.

// expected-error@+1 {{expected at least 0 dropped non-zeros but got -1}}
func.func private @series_profile_c1_count() attributes {p = #tasd.series_profile<2:4 drops non_zeros = -1, magnitude = 0.5, squared_norm = 0.25>}

// -----

// expected-error@+1 {{expected finite sums of at least 0 but got -5.000000e-01}}
func.func private @series_profile_c1_sum() attributes {p = #tasd.series_profile<2:4 drops non_zeros = 1, magnitude = -0.5, squared_norm = 0.25>}

// -----

// expected-error@+1 {{expected finite sums of at least 0 but got INF}}
func.func private @series_profile_c1_finite() attributes {p = #tasd.series_profile<2:4 drops non_zeros = 1, magnitude = 0.5, squared_norm = 0x7FF0000000000000>}

// -----

// expected-error@+1 {{expected `along` to name distinct dimensions but got [1, 1]}}
func.func private @operand_profile_c1() attributes {p = #tasd.operand_profile<along [1, 1], elements = 4, non_zeros = 3, magnitude = 4.0, squared_norm = 5.0, pseudo_density = 0.75 at 0.99>}

// -----

// expected-error@+1 {{expected elements, and at most as many non-zeros, but got 0 and 0}}
func.func private @operand_profile_c2_empty() attributes {p = #tasd.operand_profile<along [1], elements = 0, non_zeros = 0, magnitude = 4.0, squared_norm = 5.0, pseudo_density = 0.75 at 0.99>}

// -----

// expected-error@+1 {{expected elements, and at most as many non-zeros, but got 4 and 5}}
func.func private @operand_profile_c2_non_zeros() attributes {p = #tasd.operand_profile<along [1], elements = 4, non_zeros = 5, magnitude = 4.0, squared_norm = 5.0, pseudo_density = 0.75 at 0.99>}

// -----

// expected-error@+1 {{expected finite sums of at least 0 but got -4.000000e+00}}
func.func private @operand_profile_c3_sum() attributes {p = #tasd.operand_profile<along [1], elements = 4, non_zeros = 3, magnitude = -4.0, squared_norm = 5.0, pseudo_density = 0.75 at 0.99>}

// -----

// expected-error@+1 {{expected finite second moments of at least 0 but got -1.000000e+00}}
func.func private @operand_profile_c3_moment() attributes {p = #tasd.operand_profile<along [1], elements = 4, non_zeros = 3, magnitude = 4.0, squared_norm = 5.0, pseudo_density = 0.75 at 0.99, second_moments = [1.0, -1.0]>}

// -----

// expected-error@+1 {{expected a share from 0 to 1 but got 1.500000e+00}}
func.func private @operand_profile_c4_pseudo_density() attributes {p = #tasd.operand_profile<along [1], elements = 4, non_zeros = 3, magnitude = 4.0, squared_norm = 5.0, pseudo_density = 1.5 at 0.99>}

// -----

// expected-error@+1 {{expected a share from 0 to 1 but got -5.000000e-01}}
func.func private @operand_profile_c4_share() attributes {p = #tasd.operand_profile<along [1], elements = 4, non_zeros = 3, magnitude = 4.0, squared_norm = 5.0, pseudo_density = 0.75 at -0.5>}

// -----

// expected-error@+1 {{expected counts of blocks with 0 to M non-zeros, 1 <= M <= 65536, but got 1 counts}}
func.func private @operand_profile_c5_counts() attributes {p = #tasd.operand_profile<along [1], elements = 4, non_zeros = 3, magnitude = 4.0, squared_norm = 5.0, pseudo_density = 0.75 at 0.99, histograms = [[4]]>}

// -----

// expected-error@+1 {{expected counts of at least 0 but got [4, -1]}}
func.func private @operand_profile_c5_negative() attributes {p = #tasd.operand_profile<along [1], elements = 4, non_zeros = 3, magnitude = 4.0, squared_norm = 5.0, pseudo_density = 0.75 at 0.99, histograms = [[4, -1]]>}

// -----

// expected-error@+1 {{expected one histogram of blocks of 1 elements but got several}}
func.func private @operand_profile_c5_twice() attributes {p = #tasd.operand_profile<along [1], elements = 4, non_zeros = 3, magnitude = 4.0, squared_norm = 5.0, pseudo_density = 0.75 at 0.99, histograms = [[4, 1], [3, 2]]>}

// -----

// expected-error@+1 {{expected each series once but got 2:4 twice}}
func.func private @operand_profile_c6_twice() attributes {p = #tasd.operand_profile<along [1], elements = 4, non_zeros = 3, magnitude = 4.0, squared_norm = 5.0, pseudo_density = 0.75 at 0.99, series = [<2:4 drops non_zeros = 1, magnitude = 1.0, squared_norm = 1.0>, <2:4 drops non_zeros = 1, magnitude = 1.0, squared_norm = 1.0>]>}

// -----

// expected-error@+1 {{expected 2:4 to drop at most 3 non-zeros but got 4}}
func.func private @operand_profile_c6_dropped() attributes {p = #tasd.operand_profile<along [1], elements = 4, non_zeros = 3, magnitude = 4.0, squared_norm = 5.0, pseudo_density = 0.75 at 0.99, series = [<2:4 drops non_zeros = 4, magnitude = 1.0, squared_norm = 1.0>]>}

// -----

// expected-error@+1 {{expected histograms, second_moments or series, each once, but got 'mean'}}
func.func private @operand_profile_unknown() attributes {p = #tasd.operand_profile<along [1], elements = 4, non_zeros = 3, magnitude = 4.0, squared_norm = 5.0, pseudo_density = 0.75 at 0.99, mean = 0.5>}

// -----

// expected-error@+1 {{expected histograms, second_moments or series, each once, but got 'histograms'}}
func.func private @operand_profile_part_twice() attributes {p = #tasd.operand_profile<along [1], elements = 4, non_zeros = 3, magnitude = 4.0, squared_norm = 5.0, pseudo_density = 0.75 at 0.99, histograms = [[4, 1]], histograms = [[4, 1, 2]]>}
