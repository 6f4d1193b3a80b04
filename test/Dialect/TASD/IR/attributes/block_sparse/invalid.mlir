// RUN: tasd-opt %s -split-input-file -verify-diagnostics

// The constraints of patterns of blocks.

// expected-error@+1 {{expected 1 <= R, C <= 65536 but got 0x4}}
func.func private @block_sparse_c1() attributes {p = #tasd.block_sparse<rows = 0, columns = 4>}

// -----

// expected-error@+1 {{expected 1 <= R, C <= 65536 but got 4x65537}}
func.func private @block_sparse_c1_series() attributes {s = #tasd.series<bsr(4x65537)>}

// -----

// What the lexer sees as a hexadecimal number is none.
// expected-error@+1 {{expected 1 <= R, C <= 65536 but got 0x4}}
func.func private @block_sparse_c1_hex() attributes {s = #tasd.series<bsr(0x4)>}

// -----

// expected-error@+1 {{expected a positive finite threshold of type f64 but got 0x7FF0000000000000 : f64}}
func.func private @block_sparse_c2() attributes {p = #tasd.block_sparse<rows = 1, columns = 1, above = 0x7FF0000000000000 : f64>}

// -----

// expected-error@+1 {{expected bsr(RxC[, above = T]) but got 'bsr(4)'}}
func.func private @no_size() attributes {s = #tasd.series<bsr(4)>}
