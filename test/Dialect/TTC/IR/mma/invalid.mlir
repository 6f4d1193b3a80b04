// RUN: tasd-opt %s -split-input-file -verify-diagnostics

// The constraints of ttc.mma.

// mma_c1
ttc.program @p for "tc" hash 0x0 sums si32 {
  %ra = ttc.ring "ra" at 1 slots 2 : !ttc.ring<a, 8x16>
  %rb = ttc.ring "rb" at 1 slots 2 : !ttc.ring<b, 4x16>
  %rz = ttc.ring "rz" at 2 slots 2 : !ttc.ring<z, 8x4>
  %t = ttc.acquire %ra : !ttc.ring<a, 8x16>
  %b = ttc.acquire %rb : !ttc.ring<b, 4x16>
  %acc = ttc.begin %rz : !ttc.ring<z, 8x4>
  // expected-error@+1 {{'ttc.mma' op a: expected 2 coordinates but got 3}}
  ttc.mma %t[0, 0, 0] with %b[0, 0] into %acc[0, 0] covers [8, 4, 16] nest <m 8 at 3, n 4 at 3, k 16 at 3>
      : !ttc.tile<a, 8x16>, !ttc.tile<b, 4x16>, !ttc.accumulators<8x4>
  ttc.end %acc : !ttc.accumulators<8x4>
  ttc.release %b : !ttc.tile<b, 4x16>
  ttc.release %t : !ttc.tile<a, 8x16>
}

// -----

// mma_c2 b
ttc.program @p for "tc" hash 0x0 sums si32 {
  %p = ttc.argument "p" : !ttc.packed<1x8x16xsi8, 2:4+1:8>
  %ra = ttc.ring "ra" at 1 slots 2 : !ttc.ring<a, 8x16>
  %rb = ttc.ring "rb" at 1 slots 2 : !ttc.ring<b, 4x16>
  %rz = ttc.ring "rz" at 2 slots 2 : !ttc.ring<z, 8x4>
  %t = ttc.acquire %ra : !ttc.ring<a, 8x16>
  %b = ttc.acquire %rb : !ttc.ring<b, 4x16>
  %acc = ttc.begin %rz : !ttc.ring<z, 8x4>
  // expected-error@+1 {{'ttc.mma' op b: expected 32 elements from coordinate 1 on to lie below 16 but got places up to 0}}
  ttc.mma term 0 as <2:4> of %p[0, 0, 0] with %b[0, 0] into %acc[0, 0] covers [8, 4, 32] nest <m 8 at 3, n 4 at 3, k 32 at 3>
      : !ttc.packed<1x8x16xsi8, 2:4+1:8>, !ttc.tile<b, 4x16>, !ttc.accumulators<8x4>
  ttc.end %acc : !ttc.accumulators<8x4>
  ttc.release %b : !ttc.tile<b, 4x16>
  ttc.release %t : !ttc.tile<a, 8x16>
}

// -----

// mma_c3 count
ttc.program @p for "tc" hash 0x0 sums si32 {
  %ra = ttc.ring "ra" at 1 slots 2 : !ttc.ring<a, 8x16>
  %rb = ttc.ring "rb" at 1 slots 2 : !ttc.ring<b, 4x16>
  %rz = ttc.ring "rz" at 2 slots 2 : !ttc.ring<z, 8x4>
  %t = ttc.acquire %ra : !ttc.ring<a, 8x16>
  %b = ttc.acquire %rb : !ttc.ring<b, 4x16>
  %acc = ttc.begin %rz : !ttc.ring<z, 8x4>
  // expected-error@+1 {{'ttc.mma' op expected to cover 3 positive extents but got [8, 4]}}
  ttc.mma %t[0, 0] with %b[0, 0] into %acc[0, 0] covers [8, 4] nest <m 8 at 3, n 4 at 3, k 16 at 3>
      : !ttc.tile<a, 8x16>, !ttc.tile<b, 4x16>, !ttc.accumulators<8x4>
  ttc.end %acc : !ttc.accumulators<8x4>
  ttc.release %b : !ttc.tile<b, 4x16>
  ttc.release %t : !ttc.tile<a, 8x16>
}

// -----

// mma_c3 sign
ttc.program @p for "tc" hash 0x0 sums si32 {
  %ra = ttc.ring "ra" at 1 slots 2 : !ttc.ring<a, 8x16>
  %rb = ttc.ring "rb" at 1 slots 2 : !ttc.ring<b, 4x16>
  %rz = ttc.ring "rz" at 2 slots 2 : !ttc.ring<z, 8x4>
  %t = ttc.acquire %ra : !ttc.ring<a, 8x16>
  %b = ttc.acquire %rb : !ttc.ring<b, 4x16>
  %acc = ttc.begin %rz : !ttc.ring<z, 8x4>
  // expected-error@+1 {{'ttc.mma' op expected to cover 3 positive extents but got [8, 4, 0]}}
  ttc.mma %t[0, 0] with %b[0, 0] into %acc[0, 0] covers [8, 4, 0] nest <m 8 at 3, n 4 at 3, k 16 at 3>
      : !ttc.tile<a, 8x16>, !ttc.tile<b, 4x16>, !ttc.accumulators<8x4>
  ttc.end %acc : !ttc.accumulators<8x4>
  ttc.release %b : !ttc.tile<b, 4x16>
  ttc.release %t : !ttc.tile<a, 8x16>
}

// -----

// mma_c3 nest
ttc.program @p for "tc" hash 0x0 sums si32 {
  %ra = ttc.ring "ra" at 1 slots 2 : !ttc.ring<a, 8x16>
  %rb = ttc.ring "rb" at 1 slots 2 : !ttc.ring<b, 4x16>
  %rz = ttc.ring "rz" at 2 slots 2 : !ttc.ring<z, 8x4>
  %t = ttc.acquire %ra : !ttc.ring<a, 8x16>
  %b = ttc.acquire %rb : !ttc.ring<b, 4x16>
  %acc = ttc.begin %rz : !ttc.ring<z, 8x4>
  // expected-error@+1 {{'ttc.mma' op expected a nest of at least 4 steps along n but got 2}}
  ttc.mma %t[0, 0] with %b[0, 0] into %acc[0, 0] covers [8, 4, 16] nest <m 8 at 3, n 2 at 3, k 16 at 3>
      : !ttc.tile<a, 8x16>, !ttc.tile<b, 4x16>, !ttc.accumulators<8x4>
  ttc.end %acc : !ttc.accumulators<8x4>
  ttc.release %b : !ttc.tile<b, 4x16>
  ttc.release %t : !ttc.tile<a, 8x16>
}

// -----

// mma_c4 series
ttc.program @p for "tc" hash 0x0 sums si32 {
  %ra = ttc.ring "ra" at 1 slots 2 : !ttc.ring<a, 8x16>
  %rb = ttc.ring "rb" at 1 slots 2 : !ttc.ring<b, 4x16>
  %rz = ttc.ring "rz" at 2 slots 2 : !ttc.ring<z, 8x4>
  %t = ttc.acquire %ra : !ttc.ring<a, 8x16>
  %b = ttc.acquire %rb : !ttc.ring<b, 4x16>
  %acc = ttc.begin %rz : !ttc.ring<z, 8x4>
  // expected-error@+1 {{'ttc.mma' op expected one pattern but got 2:4+1:8}}
  ttc.mma term 0 as <2:4+1:8> of %t[0, 0] with %b[0, 0] into %acc[0, 0] covers [8, 4, 16] nest <m 8 at 3, n 4 at 3, k 16 at 3>
      : !ttc.tile<a, 8x16>, !ttc.tile<b, 4x16>, !ttc.accumulators<8x4>
  ttc.end %acc : !ttc.accumulators<8x4>
  ttc.release %b : !ttc.tile<b, 4x16>
  ttc.release %t : !ttc.tile<a, 8x16>
}

// -----

// mma_c4 packed
ttc.program @p for "tc" hash 0x0 sums si32 {
  %p = ttc.argument "p" : !ttc.packed<1x8x16xsi8, 2:4+1:8>
  %ra = ttc.ring "ra" at 1 slots 2 : !ttc.ring<a, 8x16>
  %rb = ttc.ring "rb" at 1 slots 2 : !ttc.ring<b, 4x16>
  %rz = ttc.ring "rz" at 2 slots 2 : !ttc.ring<z, 8x4>
  %t = ttc.acquire %ra : !ttc.ring<a, 8x16>
  %b = ttc.acquire %rb : !ttc.ring<b, 4x16>
  %acc = ttc.begin %rz : !ttc.ring<z, 8x4>
  // expected-error@+1 {{'ttc.mma' op expected a pattern of '!ttc.packed<1x8x16xsi8, 2:4+1:8>'}}
  ttc.mma %p[0, 0, 0] with %b[0, 0] into %acc[0, 0] covers [8, 4, 16] nest <m 8 at 3, n 4 at 3, k 16 at 3>
      : !ttc.packed<1x8x16xsi8, 2:4+1:8>, !ttc.tile<b, 4x16>, !ttc.accumulators<8x4>
  ttc.end %acc : !ttc.accumulators<8x4>
  ttc.release %b : !ttc.tile<b, 4x16>
  ttc.release %t : !ttc.tile<a, 8x16>
}

// -----

// mma_c5 dense
ttc.program @p for "tc" hash 0x0 sums si32 {
  %ra = ttc.ring "ra" at 1 slots 2 : !ttc.ring<a, 8x16>
  %rb = ttc.ring "rb" at 1 slots 2 : !ttc.ring<b, 4x16>
  %rz = ttc.ring "rz" at 2 slots 2 : !ttc.ring<z, 8x4>
  %t = ttc.acquire %ra : !ttc.ring<a, 8x16>
  %b = ttc.acquire %rb : !ttc.ring<b, 4x16>
  %acc = ttc.begin %rz : !ttc.ring<z, 8x4>
  // expected-error@+1 {{'ttc.mma' op expected term 0 without a pattern but got 1}}
  ttc.mma %t[0, 0] with %b[0, 0] into %acc[0, 0] covers [8, 4, 16]
      nest <m 8 at 3, n 4 at 3, k 16 at 3> {term = 1 : i64}
      : !ttc.tile<a, 8x16>, !ttc.tile<b, 4x16>, !ttc.accumulators<8x4>
  ttc.end %acc : !ttc.accumulators<8x4>
  ttc.release %b : !ttc.tile<b, 4x16>
  ttc.release %t : !ttc.tile<a, 8x16>
}

// -----

// mma_c5 sign
ttc.program @p for "tc" hash 0x0 sums si32 {
  %ra = ttc.ring "ra" at 1 slots 2 : !ttc.ring<a, 8x16>
  %rb = ttc.ring "rb" at 1 slots 2 : !ttc.ring<b, 4x16>
  %rz = ttc.ring "rz" at 2 slots 2 : !ttc.ring<z, 8x4>
  %t = ttc.acquire %ra : !ttc.ring<a, 8x16>
  %b = ttc.acquire %rb : !ttc.ring<b, 4x16>
  %acc = ttc.begin %rz : !ttc.ring<z, 8x4>
  // expected-error@+1 {{'ttc.mma' op attribute 'term' failed to satisfy constraint: 64-bit signless integer attribute whose value is non-negative}}
  ttc.mma term -1 as <2:4> of %t[0, 0] with %b[0, 0] into %acc[0, 0] covers [8, 4, 16] nest <m 8 at 3, n 4 at 3, k 16 at 3>
      : !ttc.tile<a, 8x16>, !ttc.tile<b, 4x16>, !ttc.accumulators<8x4>
  ttc.end %acc : !ttc.accumulators<8x4>
  ttc.release %b : !ttc.tile<b, 4x16>
  ttc.release %t : !ttc.tile<a, 8x16>
}

// -----

// mma_c7 extents
ttc.program @p for "tc" hash 0x0 sums si32 {
  %d = ttc.argument "d" axes <batch [], rows [8 on 0], columns [32 on 1]> : !ttc.tensor<8x32xsi8>
  %ra = ttc.ring "ra" at 1 slots 2 : !ttc.ring<a, 8x16>
  %rb = ttc.ring "rb" at 1 slots 2 : !ttc.ring<b, 4x16>
  %rz = ttc.ring "rz" at 2 slots 2 : !ttc.ring<z, 8x4>
  %t = ttc.acquire %ra : !ttc.ring<a, 8x16>
  %b = ttc.acquire %rb : !ttc.ring<b, 4x16>
  %acc = ttc.begin %rz : !ttc.ring<z, 8x4>
  %x = ttc.decompose <2:4> %d[0, 0, 0] : !ttc.tensor<8x32xsi8> -> !ttc.terms<8x32>
  // expected-error@+1 {{'ttc.mma' op expected to cover '!ttc.terms<8x32>' as a whole, from [0, 0] on}}
  ttc.mma term 0 as <2:4> of %x[0, 0] with %b[0, 0] into %acc[0, 0] covers [8, 4, 16] nest <m 8 at 3, n 4 at 3, k 16 at 3>
      : !ttc.terms<8x32>, !ttc.tile<b, 4x16>, !ttc.accumulators<8x4>
  ttc.end %acc : !ttc.accumulators<8x4>
  ttc.release %b : !ttc.tile<b, 4x16>
  ttc.release %t : !ttc.tile<a, 8x16>
}

// -----

// mma_c7 place
ttc.program @p for "tc" hash 0x0 sums si32 {
  %ra = ttc.ring "ra" at 1 slots 2 : !ttc.ring<a, 8x16>
  %rb = ttc.ring "rb" at 1 slots 2 : !ttc.ring<b, 4x16>
  %rz = ttc.ring "rz" at 2 slots 2 : !ttc.ring<z, 8x4>
  %t = ttc.acquire %ra : !ttc.ring<a, 8x16>
  %b = ttc.acquire %rb : !ttc.ring<b, 4x16>
  %acc = ttc.begin %rz : !ttc.ring<z, 8x4>
  %x = ttc.decompose <2:4> %t[0, 0] : !ttc.tile<a, 8x16> -> !ttc.terms<8x16>
  ttc.loop %i to 2 {
    // expected-error@+1 {{'ttc.mma' op expected to cover '!ttc.terms<8x16>' as a whole, from [0, 0] on}}
    ttc.mma term 0 as <2:4> of %x[%i, 0] with %b[0, 0] into %acc[0, 0] covers [4, 4, 16] nest <m 4 at 3, n 4 at 3, k 16 at 3>
        : !ttc.terms<8x16>, !ttc.tile<b, 4x16>, !ttc.accumulators<8x4>
  }
  ttc.end %acc : !ttc.accumulators<8x4>
  ttc.release %b : !ttc.tile<b, 4x16>
  ttc.release %t : !ttc.tile<a, 8x16>
}

// -----

// mma_c6 a
ttc.program @p for "tc" hash 0x0 sums si32 {
  %ra = ttc.ring "ra" at 1 slots 2 : !ttc.ring<a, 8x16>
  %rb = ttc.ring "rb" at 1 slots 2 : !ttc.ring<b, 4x16>
  %rz = ttc.ring "rz" at 2 slots 2 : !ttc.ring<z, 8x4>
  %t = ttc.acquire %ra : !ttc.ring<a, 8x16>
  %b = ttc.acquire %rb : !ttc.ring<b, 4x16>
  %acc = ttc.begin %rz : !ttc.ring<z, 8x4>
  // expected-error@+1 {{'ttc.mma' op operand #0 must be}}
  ttc.mma %b[0, 0] with %b[0, 0] into %acc[0, 0] covers [8, 4, 16] nest <m 8 at 3, n 4 at 3, k 16 at 3>
      : !ttc.tile<b, 4x16>, !ttc.tile<b, 4x16>, !ttc.accumulators<8x4>
  ttc.end %acc : !ttc.accumulators<8x4>
  ttc.release %b : !ttc.tile<b, 4x16>
  ttc.release %t : !ttc.tile<a, 8x16>
}

// -----

// mma_c6 b
ttc.program @p for "tc" hash 0x0 sums si32 {
  %ra = ttc.ring "ra" at 1 slots 2 : !ttc.ring<a, 8x16>
  %rb = ttc.ring "rb" at 1 slots 2 : !ttc.ring<b, 4x16>
  %rz = ttc.ring "rz" at 2 slots 2 : !ttc.ring<z, 8x4>
  %t = ttc.acquire %ra : !ttc.ring<a, 8x16>
  %b = ttc.acquire %rb : !ttc.ring<b, 4x16>
  %acc = ttc.begin %rz : !ttc.ring<z, 8x4>
  // expected-error@+1 {{'ttc.mma' op operand #1 must be}}
  ttc.mma %t[0, 0] with %t[0, 0] into %acc[0, 0] covers [8, 4, 16] nest <m 8 at 3, n 4 at 3, k 16 at 3>
      : !ttc.tile<a, 8x16>, !ttc.tile<a, 8x16>, !ttc.accumulators<8x4>
  ttc.end %acc : !ttc.accumulators<8x4>
  ttc.release %b : !ttc.tile<b, 4x16>
  ttc.release %t : !ttc.tile<a, 8x16>
}
