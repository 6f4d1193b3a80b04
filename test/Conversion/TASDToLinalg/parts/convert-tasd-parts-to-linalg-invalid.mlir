// RUN: tasd-opt %s -split-input-file -verify-diagnostics --convert-tasd-parts-to-linalg
// RUN: tasd-opt %s -split-input-file -verify-diagnostics --convert-tasd-to-linalg
// RUN: tasd-opt %s -split-input-file -verify-diagnostics --convert-tasd-to-ttc=machine=tc

// Tables of constant terms say where code reads and writes.

#lhs = affine_map<(m, n, k) -> (m, k)>
#rhs = affine_map<(m, n, k) -> (n, k)>
#result = affine_map<(m, n, k) -> (m, n)>
func.func @place(%a: tensor<2x4xf32>, %z: tensor<2x3xf32>) -> tensor<2x3xf32> {
  %v = arith.constant dense<[1.0, 2.0, 3.0]> : tensor<3xf32>
  %values = tensor.cast %v : tensor<3xf32> to tensor<?xf32>
  %c = arith.constant dense<[0, 1, 2]> : tensor<3xi32>
  %columns = tensor.cast %c : tensor<3xi32> to tensor<?xi32>
  %places = arith.constant dense<[0, 1, 900000000]> : tensor<3xi64>
  %t = arith.constant dense<[[0, 0, 0], [1, 2, 2], [2, 3, 3]]> : tensor<3x3xi64>
  %tiles = tensor.cast %t : tensor<3x3xi64> to tensor<?x3xi64>
  // expected-error@+1 {{'tasd.assemble' op term 0: expected a place of 2 tiles or -1 but got 900000000 for row 2}}
  %s = tasd.assemble %values, %columns, %places, %tiles : !tasd.series<3x4xf32, tw(2), along = [1]>
  %r = tasd.contract [#lhs, #rhs, #result]
      ins(%a, %s : tensor<2x4xf32>, !tasd.series<3x4xf32, tw(2), along = [1]>)
      outs(%z : tensor<2x3xf32>)
  return %r : tensor<2x3xf32>
}
