// RUN: tasd-opt %s -split-input-file -verify-diagnostics

// Tiles and accumulators end once, where they began.

// acquire_c1 none
ttc.program @p for "tc" hash 0x0 sums si32 {
  %ra = ttc.ring "ra" at 1 slots 2 : !ttc.ring<a, 8x16>
  // expected-error@+1 {{'ttc.acquire' op expected one ttc.release in the same block but got 0}}
  %t = ttc.acquire %ra : !ttc.ring<a, 8x16>
}

// -----

// acquire_c1 two
ttc.program @p for "tc" hash 0x0 sums si32 {
  %ra = ttc.ring "ra" at 1 slots 2 : !ttc.ring<a, 8x16>
  // expected-error@+1 {{'ttc.acquire' op expected one ttc.release in the same block but got 2}}
  %t = ttc.acquire %ra : !ttc.ring<a, 8x16>
  // expected-note@+1 {{one is here}}
  ttc.release %t : !ttc.tile<a, 8x16>
  ttc.release %t : !ttc.tile<a, 8x16>
}

// -----

// acquire_c1 depth
ttc.program @p for "tc" hash 0x0 sums si32 {
  %ra = ttc.ring "ra" at 1 slots 2 : !ttc.ring<a, 8x16>
  // expected-error@+1 {{'ttc.acquire' op expected one ttc.release in the same block but got it in another}}
  %t = ttc.acquire %ra : !ttc.ring<a, 8x16>
  ttc.loop %i to 2 {
    // expected-note@+1 {{one is here}}
    ttc.release %t : !ttc.tile<a, 8x16>
  }
}

// -----

// acquire_c2
ttc.program @p for "tc" hash 0x0 sums si32 {
  %ra = ttc.ring "ra" at 1 slots 2 : !ttc.ring<a, 8x16>
  %small = ttc.ring "small" at 2 slots 2 : !ttc.ring<a, 8x8>
  %t = ttc.acquire %ra by %small : !ttc.ring<a, 8x16>, !ttc.ring<a, 8x8>
  // expected-note@+1 {{which is here}}
  ttc.release %t : !ttc.tile<a, 8x16>
  ttc.loop %i to 2 {
    // expected-error@+1 {{'ttc.load' op expected no use after ttc.release}}
    ttc.load %small from %t[0, 0] : !ttc.ring<a, 8x8>, !ttc.tile<a, 8x16>
  }
}

// -----

// acquire_c3
ttc.program @p for "tc" hash 0x0 sums si32 {
  %ra = ttc.ring "ra" at 1 slots 2 : !ttc.ring<a, 8x16>
  // expected-note@+1 {{it was acquired here}}
  %t = ttc.acquire %ra : !ttc.ring<a, 8x16>
  ttc.loop %i to 2 {
    // expected-error@+1 {{'ttc.acquire' op expected the last tile of the ring to be given back before}}
    %u = ttc.acquire %ra : !ttc.ring<a, 8x16>
    ttc.release %u : !ttc.tile<a, 8x16>
  }
  ttc.release %t : !ttc.tile<a, 8x16>
}

// -----

// begin_c1
ttc.program @p for "tc" hash 0x0 sums si32 {
  %rz = ttc.ring "rz" at 2 slots 2 : !ttc.ring<z, 8x4>
  // expected-error@+1 {{'ttc.begin' op expected one ttc.end in the same block but got 0}}
  %acc = ttc.begin %rz : !ttc.ring<z, 8x4>
}

// -----

// begin_c2
ttc.program @p for "tc" hash 0x0 sums si32 {
  %ra = ttc.ring "ra" at 1 slots 2 : !ttc.ring<a, 8x16>
  %rb = ttc.ring "rb" at 1 slots 2 : !ttc.ring<b, 4x16>
  %rz = ttc.ring "rz" at 2 slots 2 : !ttc.ring<z, 8x4>
  %t = ttc.acquire %ra : !ttc.ring<a, 8x16>
  %b = ttc.acquire %rb : !ttc.ring<b, 4x16>
  %acc = ttc.begin %rz : !ttc.ring<z, 8x4>
  // expected-note@+1 {{which is here}}
  ttc.end %acc : !ttc.accumulators<8x4>
  // expected-error@+1 {{'ttc.mma' op expected no use after ttc.end}}
  ttc.mma %t[0, 0] with %b[0, 0] into %acc[0, 0] covers [8, 4, 16] nest <m 8 at 3, n 4 at 3, k 16 at 3>
      : !ttc.tile<a, 8x16>, !ttc.tile<b, 4x16>, !ttc.accumulators<8x4>
  ttc.release %b : !ttc.tile<b, 4x16>
  ttc.release %t : !ttc.tile<a, 8x16>
}

// -----

// begin_c3
ttc.program @p for "tc" hash 0x0 sums si32 {
  %rz = ttc.ring "rz" at 2 slots 2 : !ttc.ring<z, 8x4>
  ttc.loop %i to 2 {
    // expected-error@+1 {{'ttc.begin' op revisiting: expected distinct counters}}
    %acc = ttc.begin %rz revisiting(%i, %i) : !ttc.ring<z, 8x4>
    ttc.end %acc : !ttc.accumulators<8x4>
  }
}

// -----

// begin_c4
ttc.program @p for "tc" hash 0x0 sums si32 {
  %ra = ttc.ring "ra" at 1 slots 2 : !ttc.ring<a, 8x16>
  // expected-error@+1 {{'ttc.begin' op operand #0 must be}}
  %acc = ttc.begin %ra : !ttc.ring<a, 8x16>
  ttc.end %acc : !ttc.accumulators<8x16>
}

// -----

// begin_c5
ttc.program @p for "tc" hash 0x0 sums si32 {
  %rz = ttc.ring "rz" at 2 slots 2 : !ttc.ring<z, 8x4>
  // expected-note@+1 {{it was acquired here}}
  %acc = ttc.begin %rz : !ttc.ring<z, 8x4>
  // expected-error@+1 {{'ttc.begin' op expected the last tile of the ring to be given back before}}
  %u = ttc.begin %rz : !ttc.ring<z, 8x4>
  ttc.end %u : !ttc.accumulators<8x4>
  ttc.end %acc : !ttc.accumulators<8x4>
}
