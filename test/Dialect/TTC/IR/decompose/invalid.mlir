// RUN: tasd-opt %s -split-input-file -verify-diagnostics

// The constraints of ttc.decompose.

// decompose_c1 rank
ttc.program @p for "tc" hash 0x0 sums si32 {
  %ra = ttc.ring "ra" at 1 slots 2 : !ttc.ring<a, 8x16>
  %t = ttc.acquire %ra : !ttc.ring<a, 8x16>
  // expected-error@+1 {{'ttc.decompose' op a: expected 2 coordinates but got 1}}
  %x = ttc.decompose <2:4> %t[0] : !ttc.tile<a, 8x16> -> !ttc.terms<8x16>
  ttc.release %t : !ttc.tile<a, 8x16>
}

// -----

// decompose_c1 inside
ttc.program @p for "tc" hash 0x0 sums si32 {
  %ra = ttc.ring "ra" at 1 slots 2 : !ttc.ring<a, 8x16>
  %t = ttc.acquire %ra : !ttc.ring<a, 8x16>
  // expected-error@+1 {{'ttc.decompose' op a: expected 32 elements from coordinate 1 on to lie below 16 but got places up to 0}}
  %x = ttc.decompose <2:4> %t[0, 0] : !ttc.tile<a, 8x16> -> !ttc.terms<8x32>
  ttc.release %t : !ttc.tile<a, 8x16>
}

// -----

// decompose_c2
ttc.program @p for "tc" hash 0x0 sums si32 {
  %ra = ttc.ring "ra" at 1 slots 2 : !ttc.ring<a, 8x16>
  %rb = ttc.ring "rb" at 1 slots 2 : !ttc.ring<b, 4x16>
  %rz = ttc.ring "rz" at 2 slots 2 : !ttc.ring<z, 8x4>
  %t = ttc.acquire %ra : !ttc.ring<a, 8x16>
  %b = ttc.acquire %rb : !ttc.ring<b, 4x16>
  %acc = ttc.begin %rz : !ttc.ring<z, 8x4>
  %x = ttc.decompose <2:4> %t[0, 0] : !ttc.tile<a, 8x16> -> !ttc.terms<8x16>
  // expected-note@+1 {{which is here}}
  %y = ttc.decompose <2:4> %t[0, 0] : !ttc.tile<a, 8x16> -> !ttc.terms<8x16>
  // expected-error@+1 {{'ttc.mma' op expected terms of the last ttc.decompose}}
  ttc.mma term 0 as <2:4> of %x[0, 0] with %b[0, 0] into %acc[0, 0] covers [8, 4, 16] nest <m 8 at 3, n 4 at 3, k 16 at 3>
      : !ttc.terms<8x16>, !ttc.tile<b, 4x16>, !ttc.accumulators<8x4>
  ttc.end %acc : !ttc.accumulators<8x4>
  ttc.release %b : !ttc.tile<b, 4x16>
  ttc.release %t : !ttc.tile<a, 8x16>
}

// -----

// decompose_c3
ttc.program @p for "tc" hash 0x0 sums si32 {
  %rb = ttc.ring "rb" at 1 slots 2 : !ttc.ring<b, 4x16>
  %b = ttc.acquire %rb : !ttc.ring<b, 4x16>
  // expected-error@+1 {{'ttc.decompose' op operand #0 must be}}
  %x = ttc.decompose <2:4> %b[0, 0] : !ttc.tile<b, 4x16> -> !ttc.terms<4x16>
  ttc.release %b : !ttc.tile<b, 4x16>
}
