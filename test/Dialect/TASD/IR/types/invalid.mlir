// RUN: tasd-opt %s -split-input-file -verify-diagnostics

// The constraints of the series type, and its grammar.

// expected-error@+1 {{expected `along` to name a dimension but got none}}
func.func private @series_type_c1_none(!tasd.series<8x16xf32, 2:4, along = []>)

// -----

// expected-error@+1 {{expected `along` to name distinct dimensions below 2 but got [2]}}
func.func private @series_type_c1_too_large(!tasd.series<8x16xf32, 2:4, along = [2]>)

// -----

// expected-error@+1 {{expected `along` to name distinct dimensions below 2 but got [-1]}}
func.func private @series_type_c1_negative(!tasd.series<8x16xf32, 2:4, along = [-1]>)

// -----

// expected-error@+1 {{expected `along` to name distinct dimensions below 2 but got [0, 0]}}
func.func private @series_type_c1_twice(!tasd.series<8x16xf32, 2:4, along = [0, 0]>)

// -----

// expected-error@+1 {{expected `along` to name distinct dimensions below 0 but got [0]}}
func.func private @series_type_c1_scalar(!tasd.series<f32, 2:4, along = [0]>)

// -----

// expected-error@+1 {{expected a static extent along blocked dimension 1}}
func.func private @series_type_c2(!tasd.series<8x?xf32, 2:4, along = [1]>)

// -----

// expected-error@+1 {{expected an element type of f64, f32, f16, bf16, f8E4M3FN, i32 or i8 but got 'i16'}}
func.func private @series_type_c3_width(!tasd.series<8x16xi16, 2:4, along = [1]>)

// -----

// expected-error@+1 {{expected an element type of f64, f32, f16, bf16, f8E4M3FN, i32 or i8 but got 'ui8'}}
func.func private @series_type_c3_signedness(!tasd.series<8x16xui8, 2:4, along = [1]>)

// -----

// expected-error@+1 {{expected a shape of at most 2^48 elements but got [16777216, 16777218]}}
func.func private @series_type_c4(!tasd.series<16777216x16777218xf32, 2:4, along = [1]>)

// -----

// expected-error@+1 {{expected a shape of at most 2^48 elements but got [4294967296, 4294967296]}}
func.func private @series_type_c4_overflow(!tasd.series<4294967296x4294967296xf32, 2:4, along = [0, 1]>)

// -----

// expected-error@+1 {{unknown pattern 'foo', expected one of: N:M}}
func.func private @unknown_pattern(!tasd.series<8x16xf32, foo, along = [1]>)

// -----

// expected-error@+1 {{expected 1 <= N <= M <= 64 but got 5:4}}
func.func private @nm_c1(!tasd.series<8x16xf32, 5:4, along = [1]>)

// -----

// expected-error@+1 {{expected ','}}
func.func private @no_along(!tasd.series<8x16xf32, 2:4>)

// -----

// expected-error@+1 {{expected 'along'}}
func.func private @no_keyword(!tasd.series<8x16xf32, 2:4, [1]>)

// -----

// expected-error@+1 {{expected what is stored, tw(128)+csr, but got tw(128, columns = 0.5)+csr(above = 0.1)}}
func.func private @series_type_c5(!tasd.series<8x16xf32, tw(128, columns = 0.5)+csr(above = 0.1), along = [1]>)
