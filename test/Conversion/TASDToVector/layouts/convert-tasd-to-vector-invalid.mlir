// RUN: tasd-opt %s --convert-tasd-to-vector -split-input-file -verify-diagnostics

// Layouts that were made for other contractions are refused.

#lhs = affine_map<(m, n, k) -> (m, k)>
#rhs = affine_map<(m, n, k) -> (k, n)>
#out = affine_map<(m, n, k) -> (m, n)>

func.func @vector(%v: tensor<?xf32>, %p: tensor<?xi32>, %c: tensor<?xi32>, %b: tensor<2xi32>,
                  %x: tensor<16x32xf32>, %o: tensor<8x32xf32>) -> tensor<8x32xf32> {
  %s = tasd.assemble_as #tasd.lane_rows<lanes = 8> of %v, %p, %c, %b
      : tensor<?xf32>, tensor<?xi32>, tensor<?xi32>, tensor<2xi32>
      -> !tasd.series<8x16xf32, 2:4, along = [1]>
  // expected-error@+1 {{expected packed series: its layout is for another contraction}}
  %r = tasd.contract [#lhs, #rhs, #out]
      ins(%s, %x : !tasd.series<8x16xf32, 2:4, along = [1]>, tensor<16x32xf32>)
      outs(%o : tensor<8x32xf32>)
  return %r : tensor<8x32xf32>
}

// -----

#lhs = affine_map<(m, n, k) -> (m, k)>
#rhs = affine_map<(m, n, k) -> (k, n)>
#out = affine_map<(m, n, k) -> (m, n)>

func.func @batches(%r: tensor<?xi8>, %b: tensor<5xi32>,
                   %x: tensor<16x32xf32>, %o: tensor<8x32xf32>) -> tensor<8x32xf32> {
  %s = tasd.assemble_as #tasd.row_records<batches = 2, rows = 2, depth = 16, stride = 8> of %r, %b
      : tensor<?xi8>, tensor<5xi32> -> !tasd.series<8x16xf32, 2:4, along = [1]>
  // expected-error@+1 {{expected packed series: its layout is for another contraction}}
  %z = tasd.contract [#lhs, #rhs, #out]
      ins(%s, %x : !tasd.series<8x16xf32, 2:4, along = [1]>, tensor<16x32xf32>)
      outs(%o : tensor<8x32xf32>)
  return %z : tensor<8x32xf32>
}
