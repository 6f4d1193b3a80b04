// RUN: tasd-opt %s -split-input-file -verify-diagnostics

// The constraints of patterns of tiles.

// expected-error@+1 {{expected 1 <= G <= 2147483647 but got 0}}
func.func private @tile_wise_c1() attributes {p = #tasd.tile_wise<granularity = 0>}

// -----

// expected-error@+1 {{expected 1 <= G <= 2147483647 but got 2147483648}}
func.func private @tile_wise_c1_series() attributes {s = #tasd.series<tw(2147483648)>}

// -----

// expected-error@+1 {{expected a positive finite threshold of type f64 but got 0.000000e+00 : f64}}
func.func private @tile_wise_c2_zero() attributes {p = #tasd.tile_wise<granularity = 1, rows = 0.0>}

// -----

// expected-error@+1 {{expected a positive finite threshold of type f64 but got -1.000000e+00 : f64}}
func.func private @tile_wise_c2_negative() attributes {p = #tasd.tile_wise<granularity = 1, columns = -1.0>}

// -----

// expected-error@+1 {{expected a positive finite threshold of type f64 but got 1.000000e+00 : f32}}
func.func private @tile_wise_c2_type() attributes {p = #tasd.tile_wise<granularity = 1, rows = 1.0 : f32>}

// -----

// expected-error@+1 {{expected no threshold for columns of consecutive tiles but got 1.000000e+00 : f64}}
func.func private @tile_wise_c3() attributes {p = #tasd.tile_wise<granularity = 1, consecutive = true, columns = 1.0>}

// -----

// expected-error@+1 {{expected a pattern of blocks inside 'tw(1)' but got 'tw(2)'}}
func.func private @tile_wise_c4() attributes {p = #tasd.tile_wise<granularity = 1, inner = #tasd.tile_wise<granularity = 2>>}

// -----

// expected-error@+1 {{expected a pattern of blocks inside 'tw(1)' but got 'csr'}}
func.func private @tile_wise_c4_series() attributes {s = #tasd.series<tw(1)*csr>}

// -----

// expected-error@+1 {{expected no pattern inside '2:4' but got '1:4'}}
func.func private @inner_of_nm() attributes {s = #tasd.series<2:4*1:4>}

// -----

// expected-error@+1 {{expected tw(G[, columns = T][, rows = T][, score = rms]) but got 'tw'}}
func.func private @no_granularity() attributes {s = #tasd.series<tw>}

// -----

// expected-error@+1 {{expected a keyword or a number}}
func.func private @no_inner() attributes {s = #tasd.series<tw(1)*>}
