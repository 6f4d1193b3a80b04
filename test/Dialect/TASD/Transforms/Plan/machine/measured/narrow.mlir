// RUN: tasd-opt %s -tasd-plan="machine=%S/Inputs/narrow.yaml series=2:4 layers=vector" -o /dev/null --remarks-filter=tasd --remark-format=emitRemark 2>&1 | FileCheck %s
// RUN: tasd-opt %s -tasd-plan="machine=%S/Inputs/narrow.yaml series=tw(2,rows=1) layers=tiled" -o /dev/null --remarks-filter=tasd --remark-format=emitRemark 2>&1 | FileCheck %s --check-prefix=TILES

// On a machine whose costs were measured a dense layer costs what the kernel that is
// compiled takes, not what one would with its operands exchanged; and terms of more
// parts than were measured stay dense.

// CHECK: [Passed] tasd-plan {{.*}}binding_level=packed, cycles=1096, dense_cycles=1280, {{.*}}layer=vector
// TILES: [Missed] tasd-plan {{.*}}layer=tiled, {{.*}}reason="expected at most 1 parts on machine 'narrow' but got 2"
func.func @main(%x: tensor<16x1xf32>, %d: tensor<8x1xf32>, %t: tensor<64x4xf32>, %f: tensor<64x4xf32>) -> (tensor<8x1xf32>, tensor<64x4xf32>) {
  %w = arith.constant dense<1.0> : tensor<8x16xf32>
  %0 = linalg.matmul ins(%w, %x : tensor<8x16xf32>, tensor<16x1xf32>) outs(%d : tensor<8x1xf32>) -> tensor<8x1xf32> loc("vector")
  %s = arith.constant dense<[[9.0, 9.0, 9.0, 9.0], [1.0, 1.0, 1.0, 1.0], [1.0, 1.0, 1.0, 1.0], [1.0, 1.0, 1.0, 1.0]]> : tensor<4x4xf32>
  %1 = linalg.matmul ins(%t, %s : tensor<64x4xf32>, tensor<4x4xf32>) outs(%f : tensor<64x4xf32>) -> tensor<64x4xf32> loc("tiled")
  return %0, %1 : tensor<8x1xf32>, tensor<64x4xf32>
}
