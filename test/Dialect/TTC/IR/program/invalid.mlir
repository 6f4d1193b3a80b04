// RUN: tasd-opt %s -split-input-file -verify-diagnostics

// The constraints of programs and of what they declare.

// program_c1
// expected-error@+1 {{'ttc.program' op attribute 'sum_type' failed to satisfy constraint}}
ttc.program @p for "tc" hash 0x0 sums i32 {
}

// -----

// program_c2 op
ttc.program @p for "tc" hash 0x0 sums si32 {
  // expected-error@+1 {{'arith.constant' op expected an op of the ttc dialect in a program}}
  %c = arith.constant 0 : index
}

// -----

// program_c2 order
ttc.program @p for "tc" hash 0x0 sums si32 {
  %t = ttc.token
  ttc.signal %t
  // expected-error@+1 {{'ttc.token' op expected declarations before instructions}}
  %u = ttc.token
}

// -----

// program_c3 arguments
ttc.program @p for "tc" hash 0x0 sums si32 {
  %x = ttc.argument "x" : !ttc.packed<1x8x16xsi8, 2:4>
  // expected-error@+1 {{'ttc.argument' op expected another name than that of an earlier one but got "x"}}
  %y = ttc.argument "x" : !ttc.packed<1x8x16xsi8, 2:4>
}

// -----

// program_c3 rings
ttc.program @p for "tc" hash 0x0 sums si32 {
  %x = ttc.ring "x" at 1 slots 2 : !ttc.ring<a, 8x16>
  // expected-error@+1 {{'ttc.ring' op expected another name than that of an earlier one but got "x"}}
  %y = ttc.ring "x" at 1 slots 2 : !ttc.ring<a, 8x16>
}

// -----

// argument_c1 dense
ttc.program @p for "tc" hash 0x0 sums si32 {
  // expected-error@+1 {{'ttc.argument' op expected axes of a dense tensor}}
  %x = ttc.argument "x" : !ttc.tensor<8x16xsi8>
}

// -----

// argument_c1 packed
ttc.program @p for "tc" hash 0x0 sums si32 {
  // expected-error@+1 {{'ttc.argument' op expected no axes of packed terms}}
  %x = ttc.argument "x" axes <batch [], rows [], columns []> : !ttc.packed<1x8x16xsi8, 2:4>
}

// -----

// argument_c2 dimension
ttc.program @p for "tc" hash 0x0 sums si32 {
  // expected-error@+1 {{'ttc.argument' op expected digits on dimensions of '!ttc.tensor<8x16xsi8>'}}
  %x = ttc.argument "x" axes <batch [], rows [8 on 2], columns []> : !ttc.tensor<8x16xsi8>
}

// -----

// argument_c2 index
ttc.program @p for "tc" hash 0x0 sums si32 {
  // expected-error@+1 {{'ttc.argument' op expected indices below 8 on dimension 0 but got up to 8}}
  %x = ttc.argument "x" axes <batch [], rows [4 on 0 by 2], columns [3 on 0, 16 on 1]> : !ttc.tensor<8x16xsi8>
}

// -----

// argument_c3 dense
ttc.program @p for "tc" hash 0x0 sums si32 {
  // expected-error@+1 {{'ttc.argument' op expected a density in [0, 1], and 1 of packed terms, but got}}
  %x = ttc.argument "x" axes <batch [], rows [], columns []> density 1.5 : !ttc.tensor<8x16xsi8>
}

// -----

// argument_c3 packed
ttc.program @p for "tc" hash 0x0 sums si32 {
  // expected-error@+1 {{'ttc.argument' op expected a density in [0, 1], and 1 of packed terms, but got}}
  %x = ttc.argument "x" density 0.5 : !ttc.packed<1x8x16xsi8, 2:4>
}

// -----

// ring_c1 level
ttc.program @p for "tc" hash 0x0 sums si32 {
  // expected-error@+1 {{'ttc.ring' op attribute 'level' failed to satisfy constraint: 64-bit signless integer attribute whose value is non-negative}}
  %x = ttc.ring "x" at -1 slots 2 : !ttc.ring<a, 8x16>
}

// -----

// ring_c1 slots
ttc.program @p for "tc" hash 0x0 sums si32 {
  // expected-error@+1 {{'ttc.ring' op attribute 'slots' failed to satisfy constraint: 64-bit signless integer attribute whose value is positive}}
  %x = ttc.ring "x" at 1 slots 0 : !ttc.ring<a, 8x16>
}

// -----

// loop_c1
ttc.program @p for "tc" hash 0x0 sums si32 {
  // expected-error@+1 {{'ttc.loop' op attribute 'bound' failed to satisfy constraint: 64-bit signless integer attribute whose value is positive}}
  ttc.loop %i to 0 {
  }
}

// -----

// loop_c2
ttc.program @p for "tc" hash 0x0 sums si32 {
  // expected-error@+1 {{'ttc.loop' op expected a body with one argument of type index}}
  "ttc.loop"() <{bound = 2}> ({
  ^bb0(%i: i64):
  }) : () -> ()
}

// -----

// a loop outside of a program
func.func @f() {
  // expected-error@+1 {{'ttc.loop' op expects parent op to be one of 'ttc.program, ttc.loop'}}
  ttc.loop %i to 2 {
  }
  return
}
