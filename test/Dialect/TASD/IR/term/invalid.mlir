// RUN: tasd-opt %s -split-input-file -verify-diagnostics

// The constraints of tasd.term.

func.func @term_c1_too_large(%s: !tasd.series<8x16xf32, 2:4+1:8, along = [1]>) {
  // expected-error@+1 {{'tasd.term' op expected an index below 2 but got 2}}
  %t = tasd.term %s[2] : !tasd.series<8x16xf32, 2:4+1:8, along = [1]>
  return
}

// -----

func.func @term_c1_negative(%s: !tasd.series<8x16xf32, 2:4+1:8, along = [1]>) {
  // expected-error@+1 {{'tasd.term' op expected an index below 2 but got -1}}
  %t = tasd.term %s[-1] : !tasd.series<8x16xf32, 2:4+1:8, along = [1]>
  return
}

// -----

func.func @term_no_index(%s: !tasd.series<8x16xf32, 2:4+1:8, along = [1]>) {
  // expected-error@+1 {{'tasd.term' op requires attribute 'index'}}
  %t = "tasd.term"(%s) : (!tasd.series<8x16xf32, 2:4+1:8, along = [1]>) -> !tasd.series<8x16xf32, 2:4, along = [1]>
  return
}

// -----

func.func @term_of_other_type(%s: !tasd.series<8x16xf32, 2:4+1:8, along = [1]>) {
  // expected-error@+2 {{'tasd.term' op failed to infer returned types}}
  // expected-error@+1 {{'tasd.term' op inferred type(s) '!tasd.series<8x16xf32, 1:8, along = [1]>' are incompatible with return type(s) of operation '!tasd.series<8x16xf32, 2:4, along = [1]>'}}
  %t = "tasd.term"(%s) <{index = 1 : i64}> : (!tasd.series<8x16xf32, 2:4+1:8, along = [1]>) -> !tasd.series<8x16xf32, 2:4, along = [1]>
  return
}

// -----

func.func @term_of_dense(%a: tensor<8x16xf32>) {
  // expected-error@+1 {{'tasd.term' op expected a series but got 'tensor<8x16xf32>'}}
  %t = tasd.term %a[0] : tensor<8x16xf32>
  return
}
