// RUN: tasd-opt %s --convert-tasd-to-sparse-tensor -split-input-file \
// RUN:   --remarks-filter=tasd --remark-format=emitRemark -verify-diagnostics

// What sparse_tensor cannot say, or its sparsifier not compile, stays and is
// told.

#mk = affine_map<(m, n, k) -> (m, k)>
#kn = affine_map<(m, n, k) -> (k, n)>
#mn = affine_map<(m, n, k) -> (m, n)>
func.func @two_terms(%v0: tensor<2x4xf32>, %m0: tensor<2x1xi8>, %v1: tensor<2x2xf32>, %m1: tensor<2x1xi8>,
                     %b: tensor<8x3xf32>, %c: tensor<2x3xf32>) -> tensor<2x3xf32> {
  %s = tasd.assemble %v0, %m0, %v1, %m1 : !tasd.series<2x8xf32, 2:4+1:4, along = [1]>
  // expected-remark @below {{expected a series of one term but got 2:4+1:4}}
  %r = tasd.contract [#mk, #kn, #mn]
    ins(%s, %b : !tasd.series<2x8xf32, 2:4+1:4, along = [1]>, tensor<8x3xf32>)
    outs(%c : tensor<2x3xf32>)
  return %r : tensor<2x3xf32>
}

// -----

#mk = affine_map<(m, n, k) -> (m, k)>
#kn = affine_map<(m, n, k) -> (k, n)>
#mn = affine_map<(m, n, k) -> (m, n)>
func.func @two_series(%va: tensor<2x4xf32>, %ma: tensor<2x1xi8>, %vb: tensor<3x4xf32>, %mb: tensor<3x1xi8>,
                      %c: tensor<2x3xf32>) -> tensor<2x3xf32> {
  %s = tasd.assemble %va, %ma : !tasd.series<2x8xf32, 2:4, along = [1]>
  %t = tasd.assemble %vb, %mb : !tasd.series<8x3xf32, 2:4, along = [0]>
  // expected-remark @below {{expected one series but got two}}
  %r = tasd.contract [#mk, #kn, #mn]
    ins(%s, %t : !tasd.series<2x8xf32, 2:4, along = [1]>, !tasd.series<8x3xf32, 2:4, along = [0]>)
    outs(%c : tensor<2x3xf32>)
  return %r : tensor<2x3xf32>
}

// -----

#mk = affine_map<(m, n, k) -> (m, k)>
#kn = affine_map<(m, n, k) -> (k, n)>
#mn = affine_map<(m, n, k) -> (m, n)>
func.func @not_packed(%a: tensor<2x8xf32>, %b: tensor<8x3xf32>, %c: tensor<2x3xf32>) -> tensor<2x3xf32> {
  %s = tasd.decompose %a : !tasd.series<2x8xf32, 2:4, along = [1]>
  // expected-remark @below {{expected a packed series}}
  %r = tasd.contract [#mk, #kn, #mn]
    ins(%s, %b : !tasd.series<2x8xf32, 2:4, along = [1]>, tensor<8x3xf32>)
    outs(%c : tensor<2x3xf32>)
  return %r : tensor<2x3xf32>
}

// -----

#mk = affine_map<(m, n, k) -> (m, k)>
#kn = affine_map<(m, n, k) -> (k, n)>
#mn = affine_map<(m, n, k) -> (m, n)>
func.func @blocks_of_one(%a: tensor<2x8xf32>, %b: tensor<8x3xf32>, %c: tensor<2x3xf32>) -> tensor<2x3xf32> {
  %s = tasd.decompose %a : !tasd.series<2x8xf32, 1:1, along = [1]>
  // expected-remark @below {{expected a pattern N:M with M above 1 but got 1:1}}
  %r = tasd.contract [#mk, #kn, #mn]
    ins(%s, %b : !tasd.series<2x8xf32, 1:1, along = [1]>, tensor<8x3xf32>)
    outs(%c : tensor<2x3xf32>)
  return %r : tensor<2x3xf32>
}

// -----

func.func @two_blocked_dimensions(%a: tensor<2x4x2xf32>, %b: tensor<4x2x3xf32>, %c: tensor<2x3xf32>) -> tensor<2x3xf32> {
  %s = tasd.decompose %a : !tasd.series<2x4x2xf32, 2:4, along = [1, 2]>
  // expected-remark @below {{expected blocks along one dimension but got 2}}
  %r = tasd.contract [affine_map<(m, n, k, l) -> (m, k, l)>,
                      affine_map<(m, n, k, l) -> (k, l, n)>,
                      affine_map<(m, n, k, l) -> (m, n)>]
    ins(%s, %b : !tasd.series<2x4x2xf32, 2:4, along = [1, 2]>, tensor<4x2x3xf32>)
    outs(%c : tensor<2x3xf32>)
  return %r : tensor<2x3xf32>
}

// -----

#mk = affine_map<(m, n, k) -> (m, k)>
#kn = affine_map<(m, n, k) -> (k, n)>
#mn = affine_map<(m, n, k) -> (m, n)>
func.func @dynamic(%a: tensor<?x8xf32>, %b: tensor<8x3xf32>, %c: tensor<?x3xf32>) -> tensor<?x3xf32> {
  %s = tasd.decompose %a : !tasd.series<?x8xf32, 2:4, along = [1]>
  // expected-remark @below {{expected static extents above 0}}
  %r = tasd.contract [#mk, #kn, #mn]
    ins(%s, %b : !tasd.series<?x8xf32, 2:4, along = [1]>, tensor<8x3xf32>)
    outs(%c : tensor<?x3xf32>)
  return %r : tensor<?x3xf32>
}

// -----

#mk = affine_map<(m, n, k) -> (m, k)>
#kn = affine_map<(m, n, k) -> (k, n)>
#mn = affine_map<(m, n, k) -> (m, n)>
func.func @ragged(%a: tensor<2x10xf32>, %b: tensor<10x3xf32>, %c: tensor<2x3xf32>) -> tensor<2x3xf32> {
  %s = tasd.decompose %a : !tasd.series<2x10xf32, 2:4, along = [1]>
  // expected-remark @below {{expected a multiple of 4 along the blocked dimension but got 10}}
  %r = tasd.contract [#mk, #kn, #mn]
    ins(%s, %b : !tasd.series<2x10xf32, 2:4, along = [1]>, tensor<10x3xf32>)
    outs(%c : tensor<2x3xf32>)
  return %r : tensor<2x3xf32>
}

// -----

#mk = affine_map<(m, n, k) -> (m, k)>
#kn = affine_map<(m, n, k) -> (k, n)>
#mn = affine_map<(m, n, k) -> (m, n)>
func.func @one_block(%v: tensor<2x2xf32>, %m: tensor<2x1xi8>, %b: tensor<4x3xf32>, %c: tensor<2x3xf32>) -> tensor<2x3xf32> {
  %s = tasd.assemble %v, %m : !tasd.series<2x4xf32, 2:4, along = [1]>
  // expected-remark @below {{expected several blocks along the blocked dimension, which upstream's sparsifier needs}}
  %r = tasd.contract [#mk, #kn, #mn]
    ins(%s, %b : !tasd.series<2x4xf32, 2:4, along = [1]>, tensor<4x3xf32>)
    outs(%c : tensor<2x3xf32>)
  return %r : tensor<2x3xf32>
}

// -----

func.func @window_on_series(%v: tensor<1x7x4xf32>, %m: tensor<1x7x1xi8>, %b: tensor<3x8x2xf32>, %c: tensor<1x5x2xf32>) -> tensor<1x5x2xf32> {
  %s = tasd.assemble %v, %m : !tasd.series<1x7x8xf32, 2:4, along = [2]>
  // expected-remark @below {{expected each dimension of the series to be indexed by one loop, which upstream's sparsifier needs}}
  %r = tasd.contract [affine_map<(n, w, f, kw, c) -> (n, w + kw, c)>,
                      affine_map<(n, w, f, kw, c) -> (kw, c, f)>,
                      affine_map<(n, w, f, kw, c) -> (n, w, f)>]
    ins(%s, %b : !tasd.series<1x7x8xf32, 2:4, along = [2]>, tensor<3x8x2xf32>)
    outs(%c : tensor<1x5x2xf32>)
  return %r : tensor<1x5x2xf32>
}
