// RUN: tasd-opt %s -split-input-file -verify-diagnostics

// The constraints of attributes.

// digit_c1 extent
// expected-error@+1 {{expected a positive extent and a scale not below 0 but got 0 and 1}}
module attributes {x = #ttc.digit<0 on 0>} {}

// -----

// digit_c1 scale
// expected-error@+1 {{expected a positive extent and a scale not below 0 but got 4 and -1}}
module attributes {x = #ttc.digit<4 on 0 by -1>} {}

// -----

// digit_c1 dimension
// expected-error@+1 {{expected a dimension that is not negative but got -1}}
module attributes {x = #ttc.digit<4 on -1>} {}

// -----

// axes_c1
// expected-error@+1 {{expected an axis of at most 2^48 coordinates}}
module attributes {x = #ttc.axes<batch [], rows [16777216 on 0, 16777217 on 1], columns []>} {}

// -----

// axes_c2 order
// expected-error@+1 {{expected what is gathered to ascend below 8 but got 3, where at least 4 was due}}
module attributes {x = #ttc.axes<batch [], rows [4 on 0, 2 on 1] at [1, 3, 3], columns []>} {}

// -----

// axes_c2 end
// expected-error@+1 {{expected what is gathered to ascend below 8 but got 8, where at least 2 was due}}
module attributes {x = #ttc.axes<batch [], rows [], columns [8 on 0] at [1, 8]>} {}

// -----

// axes_c2 nothing
// expected-error@+1 {{expected something to be gathered}}
module attributes {x = #ttc.axes<batch [], rows [], columns [8 on 0] at []>} {}

// -----

// micro_loop_c1 bound
// expected-error@+1 {{expected a positive bound at a level that is not negative but got 0 at 1}}
module attributes {x = #ttc.micro_loop<k 0 at 1>} {}

// -----

// micro_loop_c1 level
// expected-error@+1 {{expected a positive bound at a level that is not negative but got 2 at -1}}
module attributes {x = #ttc.micro_loop<k 2 at -1 spatial_x>} {}

// -----

// nest_c1
// expected-error@+1 {{expected at most 2^48 steps along k}}
module attributes {x = #ttc.nest<k 16777216 at 1, m 2 at 1, k 16777217 at 2>} {}
