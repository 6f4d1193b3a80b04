// RUN: tasd-opt %s --convert-sparse-tensor-to-tasd -split-input-file \
// RUN:   --remarks-filter=tasd --remark-format=emitRemark -verify-diagnostics

// What series cannot say stays and is told.

#NM = #sparse_tensor.encoding<{
  map = (i, j) -> (i : dense, j floordiv 4 : dense, j mod 4 : structured[2, 4])
}>
func.func @no_contraction(%a: tensor<2x8xf32, #NM>, %c: tensor<2x8xf32>) -> tensor<2x8xf32> {
  // expected-remark @below {{expected a contraction or a convolution}}
  %r = linalg.exp ins(%a : tensor<2x8xf32, #NM>) outs(%c : tensor<2x8xf32>) -> tensor<2x8xf32>
  return %r : tensor<2x8xf32>
}

// -----

#NM = #sparse_tensor.encoding<{
  map = (i, j) -> (i : dense, j floordiv 4 : dense, j mod 4 : structured[2, 4])
}>
#CSR = #sparse_tensor.encoding<{map = (i, j) -> (i : dense, j : compressed)}>
func.func @other_sparse_operand(%a: tensor<2x8xf32, #NM>, %b: tensor<8x3xf32, #CSR>, %c: tensor<2x3xf32>) -> tensor<2x3xf32> {
  // expected-remark @below {{expected dense or N:M operands but got 'tensor<8x3xf32, #sparse_tensor.encoding<{ map = (d0, d1) -> (d0 : dense, d1 : compressed) }>>'}}
  %r = linalg.matmul ins(%a, %b : tensor<2x8xf32, #NM>, tensor<8x3xf32, #CSR>)
                     outs(%c : tensor<2x3xf32>) -> tensor<2x3xf32>
  return %r : tensor<2x3xf32>
}

// -----

#NM = #sparse_tensor.encoding<{
  map = (i, j) -> (i : dense, j floordiv 4 : dense, j mod 4 : structured[2, 4])
}>
func.func @sparse_result(%a: tensor<2x8xf32>, %b: tensor<8x8xf32>, %c: tensor<2x8xf32, #NM>) -> tensor<2x8xf32, #NM> {
  // expected-remark @below {{expected a dense init}}
  %r = linalg.matmul ins(%a, %b : tensor<2x8xf32>, tensor<8x8xf32>)
                     outs(%c : tensor<2x8xf32, #NM>) -> tensor<2x8xf32, #NM>
  return %r : tensor<2x8xf32, #NM>
}

// -----

#NM = #sparse_tensor.encoding<{
  map = (i, j) -> (i : dense, j floordiv 128 : dense, j mod 128 : structured[2, 128])
}>
func.func @long_blocks(%a: tensor<2x256xf32, #NM>, %b: tensor<256x3xf32>, %c: tensor<2x3xf32>) -> tensor<2x3xf32> {
  // expected-remark @below {{expected dense or N:M operands but got}}
  %r = linalg.matmul ins(%a, %b : tensor<2x256xf32, #NM>, tensor<256x3xf32>)
                     outs(%c : tensor<2x3xf32>) -> tensor<2x3xf32>
  return %r : tensor<2x3xf32>
}

// -----

#NM = #sparse_tensor.encoding<{
  map = (i, j) -> (i : dense, j floordiv 4 : dense, j mod 4 : structured[2, 4])
}>
func.func @blocked_along_rows_of_the_result(%a: tensor<8x8xf32>, %b: tensor<8x8xf32, #NM>, %c: tensor<8x8xf32>) -> tensor<8x8xf32> {
  // expected-remark @below {{expected blocked dimension 1 of rhs to be indexed by a loop of its own that is summed over but got d1}}
  %r = linalg.matmul ins(%a, %b : tensor<8x8xf32>, tensor<8x8xf32, #NM>)
                     outs(%c : tensor<8x8xf32>) -> tensor<8x8xf32>
  return %r : tensor<8x8xf32>
}

// -----

#NM = #sparse_tensor.encoding<{
  map = (i, j) -> (i : dense, j floordiv 4 : dense, j mod 4 : structured[2, 4])
}>
func.func @ragged(%a: tensor<2x10xf32, #NM>, %b: tensor<10x3xf32>, %c: tensor<2x3xf32>) -> tensor<2x3xf32> {
  // expected-remark @below {{expected dense or N:M operands but got}}
  %r = linalg.matmul ins(%a, %b : tensor<2x10xf32, #NM>, tensor<10x3xf32>)
                     outs(%c : tensor<2x3xf32>) -> tensor<2x3xf32>
  return %r : tensor<2x3xf32>
}
