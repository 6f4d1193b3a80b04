// RUN: tasd-opt %s -split-input-file -verify-diagnostics

// The constraints of tasd.slice that need no blocks: C1 to C3.

func.func @slice_c1_rank(%s: !tasd.series<8x16xf32, 2:4, along = [1]>) {
  // expected-error@+1 {{'tasd.slice' op expected 2 offsets and sizes but got 1 and 2}}
  %p = tasd.slice %s[0] [8, 16] : !tasd.series<8x16xf32, 2:4, along = [1]>
  return
}

// -----

func.func @slice_c1_operands(%s: !tasd.series<8x16xf32, 2:4, along = [1]>) {
  // expected-error@+1 {{'tasd.slice' op expected 1 operands for offsets and 0 for sizes but got 0 and 0}}
  %p = "tasd.slice"(%s) <{operandSegmentSizes = array<i32: 1, 0, 0>,
    static_offsets = array<i64: -9223372036854775808, 0>, static_sizes = array<i64: 8, 16>}>
    : (!tasd.series<8x16xf32, 2:4, along = [1]>) -> !tasd.series<8x16xf32, 2:4, along = [1]>
  return
}

// -----

func.func @slice_c2_size(%s: !tasd.series<8x16xf32, 2:4, along = [1]>) {
  // expected-error@+1 {{'tasd.slice' op expected a part of [0, 8) along dimension 0 but got offset 4 and size 5}}
  %p = tasd.slice %s[4, 0] [5, 16] : !tasd.series<8x16xf32, 2:4, along = [1]>
  return
}

// -----

func.func @slice_c2_negative(%s: !tasd.series<?x16xf32, 2:4, along = [1]>) {
  // expected-error@+1 {{'tasd.slice' op expected a part of [0, ?) along dimension 0 but got offset -1 and size 4}}
  %p = tasd.slice %s[-1, 0] [4, 16] : !tasd.series<?x16xf32, 2:4, along = [1]>
  return
}

// -----

func.func @slice_c2_far_away(%s: !tasd.series<8x16xf32, 2:4, along = [1]>) {
  // expected-error@+1 {{'tasd.slice' op expected a part of [0, 8) along dimension 0 but got offset 9223372036854775807 and size 8}}
  %p = tasd.slice %s[9223372036854775807, 0] [8, 16] : !tasd.series<8x16xf32, 2:4, along = [1]>
  return
}

// -----

func.func @slice_c2_dynamic_size(%s: !tasd.series<8x16xf32, 2:4, along = [1]>, %n: index) {
  // expected-error@+1 {{'tasd.slice' op expected a part of [0, 8) along dimension 0 but got offset 9 and size ?}}
  %p = tasd.slice %s[9, 0] [%n, 16] : !tasd.series<8x16xf32, 2:4, along = [1]>
  return
}

// -----

func.func @slice_c2_dynamic_offset(%s: !tasd.series<8x16xf32, 2:4, along = [1]>, %i: index) {
  // expected-error@+1 {{'tasd.slice' op expected a part of [0, 8) along dimension 0 but got offset ? and size 9}}
  %p = tasd.slice %s[%i, 0] [9, 16] : !tasd.series<8x16xf32, 2:4, along = [1]>
  return
}

// -----

func.func @slice_c3(%s: !tasd.series<8x16xf32, 2:4, along = [1]>, %n: index) {
  // expected-error@+1 {{'tasd.slice' op expected a static size along blocked dimension 1}}
  %p = tasd.slice %s[0, 0] [8, %n] : !tasd.series<8x16xf32, 2:4, along = [1]>
  return
}

// -----

func.func @slice_of_dense(%a: tensor<8x16xf32>) {
  // expected-error@+1 {{'tasd.slice' op expected a series but got 'tensor<8x16xf32>'}}
  %p = tasd.slice %a[0, 0] [4, 8] : tensor<8x16xf32>
  return
}
