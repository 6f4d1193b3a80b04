// RUN: tasd-opt %s --tasd-pack=target=cpu-avx2 --convert-tasd-to-vector --canonicalize --cse -split-input-file | FileCheck %s

// An image whose channels lie side by side is turned around once, not for each
// of the windows that read a pixel; then windows are copied along their rows.

#image = affine_map<(n, h, w, f, y, x, c) -> (n, h + y, w + x, c)>
#filter = affine_map<(n, h, w, f, y, x, c) -> (y, x, c, f)>
#result = affine_map<(n, h, w, f, y, x, c) -> (n, h, w, f)>

// CHECK-LABEL: @windows
// CHECK-SAME: %[[IMAGE:.*]]: tensor<1x10x10x8xf32>
// CHECK: tensor.empty() : tensor<1x10x8x10xf32>
// CHECK-COUNT-8: vector.transfer_read %[[IMAGE]]
// CHECK-COUNT-24: vector.shuffle
// CHECK-COUNT-8: vector.transfer_write {{.*}} tensor<1x10x8x10xf32>
// CHECK: vector.transfer_read {{.*}} tensor<1x6x8x10xf32>, vector<8xf32>
// CHECK-NEXT: vector.transfer_write
// CHECK: vector.fma
func.func @windows(%a: tensor<1x10x10x8xf32>, %c: tensor<1x8x8x4xf32>) -> tensor<1x8x8x4xf32> {
  %w = arith.constant dense<1.0> : tensor<3x3x8x4xf32>
  %s = tasd.decompose %w : !tasd.series<3x3x8x4xf32, 2:4, along = [0, 1, 2]>
  %r = tasd.contract [#image, #filter, #result]
      ins(%a, %s : tensor<1x10x10x8xf32>, !tasd.series<3x3x8x4xf32, 2:4, along = [0, 1, 2]>)
      outs(%c : tensor<1x8x8x4xf32>)
  return %r : tensor<1x8x8x4xf32>
}

// -----

#image = affine_map<(n, h, w, f, y, x, c) -> (n, h + y, w + x, c)>
#filter = affine_map<(n, h, w, f, y, x, c) -> (y, x, c, f)>
#result = affine_map<(n, h, w, f, y, x, c) -> (n, h, w, f)>

// Windows of one pixel are turned around where they are gathered.
// CHECK-LABEL: @pixels
// CHECK-NOT: tensor.empty() : tensor<1x8x8x10xf32>
// CHECK: vector.fma
func.func @pixels(%a: tensor<1x8x10x8xf32>, %c: tensor<1x8x10x4xf32>) -> tensor<1x8x10x4xf32> {
  %w = arith.constant dense<1.0> : tensor<1x1x8x4xf32>
  %s = tasd.decompose %w : !tasd.series<1x1x8x4xf32, 2:4, along = [0, 1, 2]>
  %r = tasd.contract [#image, #filter, #result]
      ins(%a, %s : tensor<1x8x10x8xf32>, !tasd.series<1x1x8x4xf32, 2:4, along = [0, 1, 2]>)
      outs(%c : tensor<1x8x10x4xf32>)
  return %r : tensor<1x8x10x4xf32>
}
