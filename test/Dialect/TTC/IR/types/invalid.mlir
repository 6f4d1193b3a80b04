// RUN: tasd-opt %s -split-input-file -verify-diagnostics

// The constraints of types.

// tensor_c1
// expected-error@+1 {{expected an element type of f64, f32, f16, bf16, f8E4M3FN, si32, ui32, si8 or ui8 but got 'i8'}}
module attributes {x = !ttc.tensor<8x16xi8>} {}

// -----

// tensor_c2
// expected-error@+1 {{expected static extents with a product of at most 2^48 but got [16777216, 16777217]}}
module attributes {x = !ttc.tensor<16777216x16777217xsi8>} {}

// -----

// packed_c1 rank
// expected-error@+1 {{expected 3 extents but got 2}}
module attributes {x = !ttc.packed<8x16xsi8, 2:4>} {}

// -----

// packed_c1 extents
// expected-error@+1 {{expected static extents with a product of at most 2^48 but got [1, 16777216, 16777217]}}
module attributes {x = !ttc.packed<1x16777216x16777217xsi8, 2:4>} {}

// -----

// packed_c2
// expected-error@+1 {{expected an element type of f64, f32, f16, bf16, f8E4M3FN, si32, ui32, si8 or ui8 but got 'f80'}}
module attributes {x = !ttc.packed<1x8x16xf80, 2:4>} {}

// -----

// packed_c3
// expected-error@+1 {{expected a series with a packed form of fixed size and no parameters of its selection but got 2:4+csr}}
module attributes {x = !ttc.packed<1x8x16xsi8, 2:4+csr>} {}

// -----

// ring_type_c1
// expected-error@+1 {{expected positive extents with a product of at most 2^48 but got 0x4}}
module attributes {x = !ttc.ring<a, 0x4>} {}

// -----

// tile_c1
// expected-error@+1 {{expected positive extents with a product of at most 2^48 but got 4x0}}
module attributes {x = !ttc.tile<a, 4x0>} {}

// -----

// accumulators_c1
// expected-error@+1 {{expected positive extents with a product of at most 2^48 but got 16777216x16777217}}
module attributes {x = !ttc.accumulators<16777216x16777217>} {}

// -----

// terms_c1
// expected-error@+1 {{expected positive extents with a product of at most 2^48 but got 0x0}}
module attributes {x = !ttc.terms<0x0>} {}

// -----

// extents of a matrix
// expected-error@+1 {{expected 2 extents but got 3}}
module attributes {x = !ttc.tile<a, 4x4x4>} {}
