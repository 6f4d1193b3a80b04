// RUN: tasd-opt %s -split-input-file -verify-diagnostics

// The constraints of places, which all ops that have one share.

// load_c1 rank
ttc.program @p for "tc" hash 0x0 sums si32 {
  %a = ttc.argument "a" axes <batch [], rows [8 on 0], columns [16 on 1]> : !ttc.tensor<8x16xsi8>
  %ra = ttc.ring "ra" at 1 slots 2 : !ttc.ring<a, 8x16>
  // expected-error@+1 {{'ttc.load' op source: expected 3 coordinates but got 2}}
  ttc.load %ra from %a[0, 0] : !ttc.ring<a, 8x16>, !ttc.tensor<8x16xsi8>
}

// -----

// load_c1 constant
ttc.program @p for "tc" hash 0x0 sums si32 {
  %a = ttc.argument "a" axes <batch [], rows [8 on 0], columns [16 on 1]> : !ttc.tensor<8x16xsi8>
  %ra = ttc.ring "ra" at 1 slots 2 : !ttc.ring<a, 8x16>
  // expected-error@+1 {{'ttc.load' op source: expected coordinate 1 to be a sum of counters times positive constants}}
  ttc.load %ra from %a[0, 8, 0] : !ttc.ring<a, 8x16>, !ttc.tensor<8x16xsi8>
}

// -----

// load_c1 product
ttc.program @p for "tc" hash 0x0 sums si32 {
  %a = ttc.argument "a" axes <batch [], rows [8 on 0], columns [16 on 1]> : !ttc.tensor<8x16xsi8>
  %ra = ttc.ring "ra" at 1 slots 2 : !ttc.ring<a, 8x16>
  ttc.loop %i to 2 {
    // expected-error@+1 {{'ttc.load' op source: expected coordinate 2 to be a sum of counters times positive constants}}
    ttc.load %ra from %a[0, 0, %i floordiv 2] : !ttc.ring<a, 8x16>, !ttc.tensor<8x16xsi8>
  }
}

// -----

// load_c1 sign
ttc.program @p for "tc" hash 0x0 sums si32 {
  %a = ttc.argument "a" axes <batch [], rows [8 on 0], columns [16 on 1]> : !ttc.tensor<8x16xsi8>
  %ra = ttc.ring "ra" at 1 slots 2 : !ttc.ring<a, 8x16>
  ttc.loop %i to 2 {
    // expected-error@+1 {{'ttc.load' op source: expected coordinate 0 to be a sum of counters times positive constants}}
    ttc.load %ra from %a[%i * -2, 0, 0] : !ttc.ring<a, 8x16>, !ttc.tensor<8x16xsi8>
  }
}

// -----

// load_c1 unused
ttc.program @p for "tc" hash 0x0 sums si32 {
  %a = ttc.argument "a" axes <batch [], rows [8 on 0], columns [16 on 1]> : !ttc.tensor<8x16xsi8>
  %ra = ttc.ring "ra" at 1 slots 2 : !ttc.ring<a, 8x16>
  ttc.loop %i to 2 {
    // expected-error@+1 {{'ttc.load' op source: expected every counter to be used}}
    ttc.load %ra from %a[0, %i * 0, 0] : !ttc.ring<a, 8x16>, !ttc.tensor<8x16xsi8>
  }
}

// -----

// load_c1 symbol
ttc.program @p for "tc" hash 0x0 sums si32 {
  %a = ttc.argument "a" axes <batch [], rows [8 on 0], columns [16 on 1]> : !ttc.tensor<8x16xsi8>
  %ra = ttc.ring "ra" at 1 slots 2 : !ttc.ring<a, 8x16>
  ttc.loop %i to 2 {
    // expected-error@+1 {{'ttc.load' op source: expected a map from 1 counters}}
    ttc.load %ra from %a[0, symbol(%i), 0] : !ttc.ring<a, 8x16>, !ttc.tensor<8x16xsi8>
  }
}

// -----

// load_c1 twice
ttc.program @p for "tc" hash 0x0 sums si32 {
  %a = ttc.argument "a" axes <batch [], rows [8 on 0], columns [16 on 1]> : !ttc.tensor<8x16xsi8>
  %ra = ttc.ring "ra" at 1 slots 2 : !ttc.ring<a, 8x16>
  ttc.loop %i to 2 {
    // expected-error@+1 {{'ttc.load' op source: expected distinct counters}}
    "ttc.load"(%ra, %a, %i, %i) <{place = affine_map<(i, j) -> (0, i, j)>, operandSegmentSizes = array<i32: 1, 1, 2, 0>}> : (!ttc.ring<a, 8x16>, !ttc.tensor<8x16xsi8>, index, index) -> ()
  }
}

// -----

// store_c1
ttc.program @p for "tc" hash 0x0 sums si32 {
  %a = ttc.argument "a" axes <batch [], rows [8 on 0], columns [16 on 1]> : !ttc.tensor<8x16xsi8>
  %rz = ttc.ring "rz" at 2 slots 2 : !ttc.ring<z, 8x4>
  // expected-error@+1 {{'ttc.store' op destination: expected 3 coordinates but got 2}}
  ttc.store %rz to %a[0, 0] : !ttc.ring<z, 8x4>, !ttc.tensor<8x16xsi8>
}

// -----

// store_c2
ttc.program @p for "tc" hash 0x0 sums si32 {
  %a = ttc.argument "a" axes <batch [], rows [8 on 0], columns [16 on 1]> : !ttc.tensor<8x16xsi8>
  %ra = ttc.ring "ra" at 1 slots 2 : !ttc.ring<a, 8x16>
  // expected-error@+1 {{'ttc.store' op operand #0 must be}}
  ttc.store %ra to %a[0, 0, 0] : !ttc.ring<a, 8x16>, !ttc.tensor<8x16xsi8>
}

// -----

// wait_c1
ttc.program @p for "tc" hash 0x0 sums si32 {
  %t = ttc.token
  ttc.loop %i to 2 {
    // expected-error@+1 {{'ttc.wait' op revisiting: expected distinct counters}}
    ttc.wait %t revisiting(%i, %i)
  }
}
