// RUN: tasd-opt %s -split-input-file -verify-diagnostics

// The constraints of tasd.assemble.

func.func @assemble_c1_count(%v: tensor<8x8xf32>) {
  // expected-error@+1 {{custom op 'tasd.assemble' number of operands and types do not match: got 1 operands and 2 types}}
  %s = tasd.assemble %v : !tasd.series<8x16xf32, 2:4, along = [1]>
  return
}

// -----

func.func @assemble_c1_values(%v: tensor<8x7xf32>, %m: tensor<8x2xi8>) {
  // expected-error@+1 {{'tasd.assemble' op failed to verify that components are those of the series}}
  %s = "tasd.assemble"(%v, %m) : (tensor<8x7xf32>, tensor<8x2xi8>) -> !tasd.series<8x16xf32, 2:4, along = [1]>
  return
}

// -----

func.func @assemble_c1_metadata(%v: tensor<8x8xf32>, %m: tensor<8x2xi32>) {
  // expected-error@+1 {{'tasd.assemble' op failed to verify that components are those of the series}}
  %s = "tasd.assemble"(%v, %m) : (tensor<8x8xf32>, tensor<8x2xi32>) -> !tasd.series<8x16xf32, 2:4, along = [1]>
  return
}

// -----

func.func @assemble_c1_none() {
  // expected-error@+1 {{'tasd.assemble' op failed to verify that components are those of the series}}
  %s = "tasd.assemble"() : () -> !tasd.series<8x16xf32, 2:4, along = [1]>
  return
}

// -----

func.func @assemble_c2(%v: tensor<?xf32>, %c: tensor<?xi32>, %b: tensor<?xi64>) {
  // expected-error@+1 {{'tasd.assemble' op expected a static shape, since the packed form of csr has no fixed size, but got '!tasd.series<?x16xf32, csr, along = [1]>'}}
  %s = tasd.assemble %v, %c, %b : !tasd.series<?x16xf32, csr, along = [1]>
  return
}
