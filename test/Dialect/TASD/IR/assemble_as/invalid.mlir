// RUN: tasd-opt %s -split-input-file -verify-diagnostics

// The constraints of tasd.assemble_as and of #tasd.row_records.

func.func @assemble_as_c1(%records: tensor<?xi8>, %begins: tensor<512xi32>) {
  // expected-error@+1 {{expected components of types 'tensor<?xi8>', 'tensor<513xi32>' but got 'tensor<?xi8>', 'tensor<512xi32>'}}
  %s = tasd.assemble_as #tasd.row_records<rows = 2, depth = 128, stride = 48>
      of %records, %begins : tensor<?xi8>, tensor<512xi32>
      -> !tasd.series<256x512xf32, 2:4, along = [1]>
  return
}

// -----

func.func @assemble_as_c2_shape(%records: tensor<?xi8>, %begins: tensor<513xi32>) {
  // expected-error@+1 {{expected a static shape but got '!tasd.series<?x512xf32, 2:4, along = [1]>'}}
  %s = tasd.assemble_as #tasd.row_records<rows = 2, depth = 128, stride = 48>
      of %records, %begins : tensor<?xi8>, tensor<513xi32>
      -> !tasd.series<?x512xf32, 2:4, along = [1]>
  return
}

// -----

func.func @assemble_as_c2_batches(%records: tensor<?xi8>, %begins: tensor<513xi32>) {
  // expected-error@+1 {{expected rows in 3 batches but got 256 rows}}
  %s = tasd.assemble_as #tasd.row_records<batches = 3, rows = 2, depth = 128, stride = 48>
      of %records, %begins : tensor<?xi8>, tensor<513xi32>
      -> !tasd.series<256x512xf32, 2:4, along = [1]>
  return
}

// -----

// expected-error@+1 {{expected positive numbers of batches, rows, columns and elements}}
func.func private @row_records_c1_positive() attributes {a = #tasd.row_records<rows = 0, depth = 128, stride = 48>}

// -----

// expected-error@+1 {{expected a panel of at most 65536 elements but got 4096 x 48}}
func.func private @row_records_c1_panel() attributes {a = #tasd.row_records<rows = 2, depth = 4096, stride = 48>}

// -----

// expected-error@+1 {{expected an even number of at most 16 lanes but got 7}}
func.func private @lane_rows_c1() attributes {a = #tasd.lane_rows<lanes = 7>}
