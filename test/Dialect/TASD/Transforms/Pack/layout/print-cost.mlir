// RUN: tasd-opt %s --tasd-pack --tasd-print-cost=machine=cpu-avx2 -o /dev/null | grep ^linear > %t.packed
// RUN: tasd-opt %s --tasd-pack=target=cpu-avx2 --tasd-print-cost=machine=cpu-avx2 -o /dev/null > %t.laid-out
// RUN: grep ^linear %t.laid-out | sed "s/  */ /g" > %t.row
// RUN: sed "s/  */ /g" %t.packed | diff - %t.row
// RUN: FileCheck %s --input-file %t.laid-out
// RUN: tasd-opt %s --tasd-pack=target=cpu-avx2 --tasd-print-cost=machine=ttc-vegeta-m8 -o /dev/null | FileCheck %s

// A series costs the same in whichever form its constants are stored.

// CHECK: linear {{ *}}contract {{ *}}1:8
#lhs = affine_map<(m, n, k) -> (m, k)>
#rhs = affine_map<(m, n, k) -> (k, n)>
#out = affine_map<(m, n, k) -> (m, n)>
func.func @main(%b: tensor<512x512xf32>, %c: tensor<256x512xf32>) -> tensor<256x512xf32> {
  %w = arith.constant dense<1.0> : tensor<256x512xf32>
  %s = tasd.decompose %w : !tasd.series<256x512xf32, 1:8, along = [1]>
  %r = tasd.contract [#lhs, #rhs, #out]
      ins(%s, %b : !tasd.series<256x512xf32, 1:8, along = [1]>, tensor<512x512xf32>)
      outs(%c : tensor<256x512xf32>) loc("linear")
  return %r : tensor<256x512xf32>
}

// Tiles laid out for kernels that take the series whole are no parts.
// CHECK: not computed by a machine, and in no total: tiles, {{.*}}: its series is not stored in parts
func.func @tiles(%b: tensor<512x512xf32>, %c: tensor<256x512xf32>) -> tensor<256x512xf32> {
  %w = arith.constant dense<1.0> : tensor<256x512xf32>
  %s = tasd.decompose %w : !tasd.series<256x512xf32, tw(64), along = [1]>
  %r = tasd.contract [#lhs, #rhs, #out]
      ins(%s, %b : !tasd.series<256x512xf32, tw(64), along = [1]>, tensor<512x512xf32>)
      outs(%c : tensor<256x512xf32>) loc("tiles")
  return %r : tensor<256x512xf32>
}
