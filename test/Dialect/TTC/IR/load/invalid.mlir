// RUN: tasd-opt %s -split-input-file -verify-diagnostics

// The constraints of ttc.load beyond places.

// load_c2 channel
ttc.program @p for "tc" hash 0x0 sums si32 {
  %ra = ttc.ring "ra" at 1 slots 2 : !ttc.ring<a, 8x16>
  %small = ttc.ring "small" at 2 slots 2 : !ttc.ring<a, 8x8>
  // expected-note@+1 {{it was acquired here}}
  %t = ttc.acquire %ra : !ttc.ring<a, 8x16>
  // expected-error@+1 {{'ttc.load' op expected a tile that the ring's own channel has acquired}}
  ttc.load %small from %t[0, 0] : !ttc.ring<a, 8x8>, !ttc.tile<a, 8x16>
  ttc.release %t : !ttc.tile<a, 8x16>
}

// -----

// load_c2 inside
ttc.program @p for "tc" hash 0x0 sums si32 {
  %ra = ttc.ring "ra" at 1 slots 2 : !ttc.ring<a, 8x16>
  %small = ttc.ring "small" at 2 slots 2 : !ttc.ring<a, 8x8>
  %t = ttc.acquire %ra by %small : !ttc.ring<a, 8x16>, !ttc.ring<a, 8x8>
  ttc.loop %i to 3 {
    // expected-error@+1 {{'ttc.load' op source: expected 8 elements from coordinate 1 on to lie below 16 but got places up to 16}}
    ttc.load %small from %t[0, %i * 8] : !ttc.ring<a, 8x8>, !ttc.tile<a, 8x16>
  }
  ttc.release %t : !ttc.tile<a, 8x16>
}

// -----

// load_c2 overflow
ttc.program @p for "tc" hash 0x0 sums si32 {
  %ra = ttc.ring "ra" at 1 slots 2 : !ttc.ring<a, 8x16>
  %small = ttc.ring "small" at 2 slots 2 : !ttc.ring<a, 8x8>
  %t = ttc.acquire %ra by %small : !ttc.ring<a, 8x16>, !ttc.ring<a, 8x8>
  ttc.loop %i to 9223372036854775807 {
    // expected-error@+1 {{'ttc.load' op source: expected 8 elements from coordinate 1 on to lie below 16}}
    ttc.load %small from %t[0, %i * 8] : !ttc.ring<a, 8x8>, !ttc.tile<a, 8x16>
  }
  ttc.release %t : !ttc.tile<a, 8x16>
}

// -----

// load_c3 tile
ttc.program @p for "tc" hash 0x0 sums si32 {
  %ra = ttc.ring "ra" at 1 slots 2 : !ttc.ring<a, 8x16>
  %rb = ttc.ring "rb" at 1 slots 2 : !ttc.ring<b, 4x16>
  %t = ttc.acquire %ra by %rb : !ttc.ring<a, 8x16>, !ttc.ring<b, 4x16>
  // expected-error@+1 {{'ttc.load' op expected a tile of b but got '!ttc.tile<a, 8x16>'}}
  ttc.load %rb from %t[0, 0] : !ttc.ring<b, 4x16>, !ttc.tile<a, 8x16>
  ttc.release %t : !ttc.tile<a, 8x16>
}

// -----

// load_c3 packed
ttc.program @p for "tc" hash 0x0 sums si32 {
  %p = ttc.argument "p" : !ttc.packed<1x8x16xsi8, 2:4+1:8>
  %rb = ttc.ring "rb" at 1 slots 2 : !ttc.ring<b, 4x16>
  // expected-error@+1 {{'ttc.load' op expected a ring of a for packed terms but got '!ttc.ring<b, 4x16>'}}
  ttc.load %rb from %p[0, 0, 0] : !ttc.ring<b, 4x16>, !ttc.packed<1x8x16xsi8, 2:4+1:8>
}

// -----

// load_c4 operand
ttc.program @p for "tc" hash 0x0 sums si32 {
  %a = ttc.argument "a" axes <batch [], rows [8 on 0], columns [16 on 1]> : !ttc.tensor<8x16xsi8>
  %ra = ttc.ring "ra" at 1 slots 2 : !ttc.ring<a, 8x16>
  ttc.loop %i to 2 {
    // expected-error@+1 {{'ttc.load' op expected `revisiting` only for a ring of z but got '!ttc.ring<a, 8x16>'}}
    ttc.load %ra from %a[0, 0, 0] revisiting(%i) : !ttc.ring<a, 8x16>, !ttc.tensor<8x16xsi8>
  }
}

// -----

// load_c4 counters
ttc.program @p for "tc" hash 0x0 sums si32 {
  %a = ttc.argument "a" axes <batch [], rows [8 on 0], columns [16 on 1]> : !ttc.tensor<8x16xsi8>
  %rz = ttc.ring "rz" at 2 slots 2 : !ttc.ring<z, 8x4>
  ttc.loop %i to 2 {
    // expected-error@+1 {{'ttc.load' op revisiting: expected distinct counters}}
    ttc.load %rz from %a[0, 0, 0] revisiting(%i, %i) : !ttc.ring<z, 8x4>, !ttc.tensor<8x16xsi8>
  }
}
