// RUN: tasd-opt %s -split-input-file -verify-diagnostics

// The constraints of tasd.disassemble.

func.func @disassemble_c1_types(%s: !tasd.series<8x16xf32, 2:4, along = [1]>) {
  // expected-error@+1 {{'tasd.disassemble' op failed to verify that components are those of the series}}
  %c:2 = "tasd.disassemble"(%s) : (!tasd.series<8x16xf32, 2:4, along = [1]>) -> (tensor<8x8xf16>, tensor<8x2xi8>)
  return
}

// -----

func.func @disassemble_c1_count(%s: !tasd.series<8x16xf32, 2:4, along = [1]>) {
  // expected-error@+1 {{operation defines 2 results but was provided 3 to bind}}
  %c:3 = tasd.disassemble %s : !tasd.series<8x16xf32, 2:4, along = [1]>
  return
}
