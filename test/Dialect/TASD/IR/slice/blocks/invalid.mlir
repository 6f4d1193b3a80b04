// RUN: tasd-opt %s -split-input-file -verify-diagnostics

// The constraints of tasd.slice about blocks: C4 to C6.

func.func @slice_c4(%s: !tasd.series<3x3x8x4xf32, 2:4, along = [0, 1, 2]>) {
  // expected-error@+1 {{'tasd.slice' op expected inner blocked dimension 2 to be taken whole}}
  %p = tasd.slice %s[0, 0, 0, 0] [3, 3, 4, 4] : !tasd.series<3x3x8x4xf32, 2:4, along = [0, 1, 2]>
  return
}

// -----

func.func @slice_c5_offset(%s: !tasd.series<8x16xf32, 2:4, along = [1]>) {
  // expected-error@+1 {{'tasd.slice' op expected a cut between blocks of 4 along dimension 1 but got offset 2 and size 14}}
  %p = tasd.slice %s[0, 2] [8, 14] : !tasd.series<8x16xf32, 2:4, along = [1]>
  return
}

// -----

func.func @slice_c5_size(%s: !tasd.series<8x16xf32, 2:4, along = [1]>) {
  // expected-error@+1 {{'tasd.slice' op expected a cut between blocks of 4 along dimension 1 but got offset 4 and size 6}}
  %p = tasd.slice %s[0, 4] [8, 6] : !tasd.series<8x16xf32, 2:4, along = [1]>
  return
}

// -----

func.func @slice_c5_least_common_multiple(%s: !tasd.series<8x24xf32, 2:4+1:6, along = [1]>) {
  // expected-error@+1 {{'tasd.slice' op expected a cut between blocks of 12 along dimension 1 but got offset 0 and size 4}}
  %p = tasd.slice %s[0, 0] [8, 4] : !tasd.series<8x24xf32, 2:4+1:6, along = [1]>
  return
}

// -----

func.func @slice_c5_inner_extents(%s: !tasd.series<6x2x4xf32, 2:4, along = [0, 1]>) {
  // expected-error@+1 {{'tasd.slice' op expected a cut between blocks of 4 along dimension 0 but got offset 1 and size 2}}
  %p = tasd.slice %s[1, 0, 0] [2, 2, 4] : !tasd.series<6x2x4xf32, 2:4, along = [0, 1]>
  return
}

// -----

func.func @slice_c5_dynamic_offset(%s: !tasd.series<8x16xf32, 2:4, along = [1]>, %i: index) {
  // expected-error@+1 {{'tasd.slice' op expected a cut between blocks of 4 along dimension 1 but got offset ? and size 6}}
  %p = tasd.slice %s[0, %i] [8, 6] : !tasd.series<8x16xf32, 2:4, along = [1]>
  return
}

// -----

// No number of 64 bits is a multiple of all these blocks.
!s = !tasd.series<8x16xf32, 1:64+1:63+1:61+1:59+1:53+1:47+1:43+1:41+1:37+1:31+1:29+1:25, along = [1]>
func.func @slice_c6(%s: !s) {
  // expected-error@+1 {{'tasd.slice' op expected blocked dimension 1 to be taken whole: 1:64+1:63+1:61+1:59+1:53+1:47+1:43+1:41+1:37+1:31+1:29+1:25 has no block size}}
  %p = tasd.slice %s[0, 0] [8, 8] : !s
  return
}
