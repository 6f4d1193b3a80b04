// DEFINE: %{sparse} = tasd-opt %s --tasd-pack --canonicalize --tasd-distribute --canonicalize \
// DEFINE:   --convert-tasd-to-sparse-tensor --canonicalize
// DEFINE: %{series} = %{sparse} --convert-sparse-tensor-to-tasd
// DEFINE: %{sparsifier} = --sparsifier=enable-runtime-library=false
// DEFINE: %{run} = mlir-runner --entry-point-result=i32 | FileCheck %s

// RUN: %{sparse} | FileCheck %s --check-prefix=SPARSE --implicit-check-not=tasd.
// RUN: %{sparse} %{sparsifier} | %{run}
// RUN: %{series} | FileCheck %s --check-prefix=SERIES
// RUN: %{series} --convert-tasd-to-linalg %{sparsifier} | %{run}

// Series that cover all non-zeros give what the dense op gives: as sparse
// tensors, compiled by upstream's sparsifier, and as series made of these.

// SPARSE-COUNT-4: sparse_tensor.assemble
// SERIES-COUNT-4: tasd.contract

#mk = affine_map<(m, n, k) -> (m, k)>
#kn = affine_map<(m, n, k) -> (k, n)>
#mn = affine_map<(m, n, k) -> (m, n)>

/// The number of elements in which two tensors differ.
func.func private @count_differences(%a: tensor<?xf32>, %b: tensor<?xf32>) -> i32 {
  %zero = arith.constant dense<0> : tensor<i32>
  %r = linalg.generic {
      indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> (i)>, affine_map<(i) -> ()>],
      iterator_types = ["reduction"]}
    ins(%a, %b : tensor<?xf32>, tensor<?xf32>) outs(%zero : tensor<i32>) {
  ^bb0(%x: f32, %y: f32, %sum: i32):
    %differ = arith.cmpf une, %x, %y : f32
    %one = arith.extui %differ : i1 to i32
    %next = arith.addi %sum, %one : i32
    linalg.yield %next : i32
  } -> tensor<i32>
  %count = tensor.extract %r[] : tensor<i32>
  return %count : i32
}

// Two terms, one after the other: 2:4 leaves 0.5, -1 and 2 to 1:4.
func.func private @two_terms() -> i32 {
  %a = arith.constant dense<[
    [1.0, 0.0, 0.0, -4.0, 3.0, 2.0, 0.0, 0.5],
    [8.0, 5.0, -1.0, 0.0, 0.0, 7.0, 2.0, 3.0]
  ]> : tensor<2x8xf32>
  %b = arith.constant dense<[
    [1.0, -2.0, 3.0], [4.0, 5.0, -6.0], [7.0, -8.0, 9.0], [-1.0, 2.0, 2.0],
    [3.0, 1.0, -4.0], [2.0, 6.0, 5.0], [0.0, 1.0, 3.0], [4.0, -2.0, 8.0]
  ]> : tensor<8x3xf32>
  %c = arith.constant dense<[[1.0, 2.0, 3.0], [-1.0, -2.0, -3.0]]> : tensor<2x3xf32>
  %expected = linalg.matmul ins(%a, %b : tensor<2x8xf32>, tensor<8x3xf32>)
                            outs(%c : tensor<2x3xf32>) -> tensor<2x3xf32>
  %s = tasd.decompose %a : !tasd.series<2x8xf32, 2:4+1:4, along = [1]>
  %got = tasd.contract [#mk, #kn, #mn]
    ins(%s, %b : !tasd.series<2x8xf32, 2:4+1:4, along = [1]>, tensor<8x3xf32>)
    outs(%c : tensor<2x3xf32>)
  %0 = tensor.collapse_shape %expected [[0, 1]] : tensor<2x3xf32> into tensor<6xf32>
  %1 = tensor.collapse_shape %got [[0, 1]] : tensor<2x3xf32> into tensor<6xf32>
  %2 = tensor.cast %0 : tensor<6xf32> to tensor<?xf32>
  %3 = tensor.cast %1 : tensor<6xf32> to tensor<?xf32>
  %count = call @count_differences(%2, %3) : (tensor<?xf32>, tensor<?xf32>) -> i32
  return %count : i32
}

// Blocks along the rows of the right operand, three bits for each index.
func.func private @blocked_columns() -> i32 {
  %a = arith.constant dense<[
    [1.0, -2.0, 3.0, 4.0, 5.0, -6.0, 7.0, -8.0, 9.0, -1.0, 2.0, 2.0, 3.0, 1.0, -4.0, 2.0],
    [6.0, 5.0, 0.0, 1.0, 3.0, 4.0, -2.0, 8.0, 1.0, 7.0, -3.0, 2.0, 9.0, 5.0, 4.0, -1.0]
  ]> : tensor<2x16xf32>
  %b = arith.constant dense<[
    [0.0, 3.0], [0.0, 0.0], [1.0, 0.0], [0.0, 0.0], [-2.0, 0.0], [0.0, 0.0], [0.0, 0.0], [3.0, 5.0],
    [4.0, 0.0], [5.0, 0.0], [0.0, 0.0], [0.0, 0.0], [0.0, 0.0], [-6.0, 0.0], [0.0, 0.0], [0.0, 7.0]
  ]> : tensor<16x2xf32>
  %c = arith.constant dense<1.0> : tensor<2x2xf32>
  %expected = linalg.matmul ins(%a, %b : tensor<2x16xf32>, tensor<16x2xf32>)
                            outs(%c : tensor<2x2xf32>) -> tensor<2x2xf32>
  %s = tasd.decompose %b : !tasd.series<16x2xf32, 3:8, along = [0]>
  %got = tasd.contract [#mk, #kn, #mn]
    ins(%a, %s : tensor<2x16xf32>, !tasd.series<16x2xf32, 3:8, along = [0]>)
    outs(%c : tensor<2x2xf32>)
  %0 = tensor.collapse_shape %expected [[0, 1]] : tensor<2x2xf32> into tensor<4xf32>
  %1 = tensor.collapse_shape %got [[0, 1]] : tensor<2x2xf32> into tensor<4xf32>
  %2 = tensor.cast %0 : tensor<4xf32> to tensor<?xf32>
  %3 = tensor.cast %1 : tensor<4xf32> to tensor<?xf32>
  %count = call @count_differences(%2, %3) : (tensor<?xf32>, tensor<?xf32>) -> i32
  return %count : i32
}

// A filter blocked along its channels; its window comes after them.
func.func private @convolution() -> i32 {
  %x = arith.constant dense<[[
    [1.0, -2.0, 3.0, 4.0], [5.0, -6.0, 7.0, -8.0], [9.0, -1.0, 2.0, 2.0], [3.0, 1.0, -4.0, 2.0],
    [6.0, 5.0, 0.0, 1.0], [3.0, 4.0, -2.0, 8.0], [1.0, 7.0, -3.0, 2.0], [9.0, 5.0, 4.0, -1.0]
  ]]> : tensor<1x8x4xf32>
  %w = arith.constant dense<[
    [[0.0, 1.0], [2.0, 0.0], [0.0, 0.0], [0.0, 0.0], [0.0, 0.0], [0.0, -3.0], [0.0, 0.0], [4.0, 0.0]],
    [[0.0, 0.0], [0.0, 0.0], [0.0, 5.0], [-6.0, 0.0], [7.0, 0.0], [0.0, 0.0], [0.0, 8.0], [0.0, 0.0]]
  ]> : tensor<2x8x2xf32>
  %c = arith.constant dense<1.0> : tensor<1x2x3xf32>
  %expected = linalg.conv_1d_ncw_fcw
    ins(%x, %w : tensor<1x8x4xf32>, tensor<2x8x2xf32>)
    outs(%c : tensor<1x2x3xf32>) -> tensor<1x2x3xf32>
  %s = tasd.decompose %w : !tasd.series<2x8x2xf32, 1:4, along = [1]>
  %got = tasd.contract [affine_map<(n, f, w, c, kw) -> (n, c, w + kw)>,
                        affine_map<(n, f, w, c, kw) -> (f, c, kw)>,
                        affine_map<(n, f, w, c, kw) -> (n, f, w)>]
    ins(%x, %s : tensor<1x8x4xf32>, !tasd.series<2x8x2xf32, 1:4, along = [1]>)
    outs(%c : tensor<1x2x3xf32>)
  %0 = tensor.collapse_shape %expected [[0, 1, 2]] : tensor<1x2x3xf32> into tensor<6xf32>
  %1 = tensor.collapse_shape %got [[0, 1, 2]] : tensor<1x2x3xf32> into tensor<6xf32>
  %2 = tensor.cast %0 : tensor<6xf32> to tensor<?xf32>
  %3 = tensor.cast %1 : tensor<6xf32> to tensor<?xf32>
  %count = call @count_differences(%2, %3) : (tensor<?xf32>, tensor<?xf32>) -> i32
  return %count : i32
}

// What is counted can be seen: two tensors that differ in one place.
func.func private @control() -> i32 {
  %0 = arith.constant dense<[1.0, 2.0, 3.0]> : tensor<3xf32>
  %1 = arith.constant dense<[1.0, 2.0, 4.0]> : tensor<3xf32>
  %2 = tensor.cast %0 : tensor<3xf32> to tensor<?xf32>
  %3 = tensor.cast %1 : tensor<3xf32> to tensor<?xf32>
  %count = call @count_differences(%2, %3) : (tensor<?xf32>, tensor<?xf32>) -> i32
  return %count : i32
}

// CHECK: {{^}}1000{{$}}
func.func @main() -> i32 {
  %0 = call @two_terms() : () -> i32
  %1 = call @blocked_columns() : () -> i32
  %2 = call @convolution() : () -> i32
  %3 = call @control() : () -> i32
  %thousand = arith.constant 1000 : i32
  %4 = arith.muli %3, %thousand : i32
  %5 = arith.addi %0, %1 : i32
  %6 = arith.addi %5, %2 : i32
  %7 = arith.addi %6, %4 : i32
  return %7 : i32
}
