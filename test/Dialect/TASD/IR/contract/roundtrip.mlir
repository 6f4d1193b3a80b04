// RUN: tasd-opt %s | tasd-opt | FileCheck %s
// RUN: tasd-opt %s --mlir-print-op-generic | tasd-opt | FileCheck %s
// RUN: tasd-opt %s --emit-bytecode | tasd-opt | FileCheck %s

// tasd.contract in all its forms.

// docs: contract
#a = affine_map<(m, n, k) -> (m, k)>
#b = affine_map<(m, n, k) -> (k, n)>
#c = affine_map<(m, n, k) -> (m, n)>
// CHECK-LABEL: @matmul
func.func @matmul(%s: !tasd.series<8x16xf32, 2:4, along = [1]>,
                  %b: tensor<16x4xf32>, %c: tensor<8x4xf32>) -> tensor<8x4xf32> {
  // CHECK: tasd.contract [#{{.*}}, #{{.*}}, #{{.*}}] ins(%{{.*}}, %{{.*}} : !tasd.series<8x16xf32, 2:4, along = [1]>, tensor<16x4xf32>) outs(%{{.*}} : tensor<8x4xf32>)
  %r = tasd.contract [#a, #b, #c]
      ins(%s, %b : !tasd.series<8x16xf32, 2:4, along = [1]>, tensor<16x4xf32>)
      outs(%c : tensor<8x4xf32>)
  return %r : tensor<8x4xf32>
}
// docs: end

#input = affine_map<(y, f, h, c) -> (y * 2 + h * 3, c)>
#filter = affine_map<(y, f, h, c) -> (h, c, f)>
#output = affine_map<(y, f, h, c) -> (y, f)>

// CHECK-LABEL: @two_series
func.func @two_series(%s: !tasd.series<?x16xi8, 2:4, along = [1]>,
                      %t: !tasd.series<16x4xi8, 1:8, along = [0]>,
                      %c: tensor<?x4xi32>) -> tensor<?x4xi32> {
  // CHECK: tasd.contract [{{.*}}] unsigned_lhs unsigned_rhs ins
  %r = tasd.contract [#a, #b, #c] unsigned_lhs unsigned_rhs
      ins(%s, %t : !tasd.series<?x16xi8, 2:4, along = [1]>, !tasd.series<16x4xi8, 1:8, along = [0]>)
      outs(%c : tensor<?x4xi32>)
  return %r : tensor<?x4xi32>
}

// CHECK-LABEL: @zero_point
func.func @zero_point(%a: tensor<8x16xi8>, %t: !tasd.series<16x4xi8, 1:8, along = [0]>,
                      %c: tensor<8x4xi32>, %z: i32) -> tensor<8x4xi32> {
  // CHECK: outs(%{{.*}} : tensor<8x4xi32>) zero_point %{{.*}}
  %r = tasd.contract [#a, #b, #c]
      ins(%a, %t : tensor<8x16xi8>, !tasd.series<16x4xi8, 1:8, along = [0]>)
      outs(%c : tensor<8x4xi32>) zero_point %z
  return %r : tensor<8x4xi32>
}

// CHECK-LABEL: @convolution
func.func @convolution(%i: tensor<?x8xi8>, %s: !tasd.series<3x8x4xi8, 2:4, along = [0, 1]>,
                       %o: tensor<?x4xf32>) -> tensor<?x4xf32> {
  // CHECK: tasd.contract
  %r = tasd.contract [#input, #filter, #output]
      ins(%i, %s : tensor<?x8xi8>, !tasd.series<3x8x4xi8, 2:4, along = [0, 1]>)
      outs(%o : tensor<?x4xf32>)
  return %r : tensor<?x4xf32>
}
