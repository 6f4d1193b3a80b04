// RUN: tasd-opt %s -tasd-plan="strategy=tile-wise sparsity=0.75 granularity=2" -tasd-print-plan -o /dev/null --remarks-filter=tasd --remark-format=emitRemark 2>&1 | FileCheck %s --check-prefix=TILES
// RUN: tasd-opt %s -tasd-plan="strategy=tile-wise sparsity=0.75 granularity=2 layers=fc2" -tasd-print-plan -o /dev/null | FileCheck %s --check-prefix=ONE
// RUN: tasd-opt %s -tasd-plan="strategy=tile-wise sparsity=0.6 granularity=2 delta=0.1" -tasd-print-plan -o /dev/null | FileCheck %s --check-prefix=OVERLAY
// RUN: tasd-opt %s -tasd-plan="strategy=tile-wise sparsity=0.75 granularity=2 inner=2:4" -tasd-print-plan -o /dev/null | FileCheck %s --check-prefix=INNER
// RUN: tasd-opt %s -tasd-plan="strategy=tile-wise-columns sparsity=0.5 granularity=2" -tasd-print-plan -o /dev/null | FileCheck %s --check-prefix=COLUMNS
// RUN: tasd-opt %s -tasd-plan="strategy=element-wise sparsity=0.5" -tasd-print-plan -o /dev/null | FileCheck %s --check-prefix=ELEMENTS
// RUN: tasd-opt %s -tasd-plan="strategy=block-wise sparsity=0.5 granularity=2" -tasd-print-plan -o /dev/null | FileCheck %s --check-prefix=BLOCKS
// RUN: tasd-opt %s -tasd-plan="strategy=vector-wise sparsity=0.75 granularity=4" -tasd-print-plan -o /dev/null | FileCheck %s --check-prefix=VECTORS
// RUN: tasd-opt %s -tasd-plan="strategy=element-wise sparsity=0.5 max-dropped-magnitude=0.1" -tasd-print-plan -o /dev/null | FileCheck %s --check-prefix=BOUND

// One series for all layers, by thresholds between the scores of both; each
// layer is as sparse as its weights are small. Outputs of fc1 score 0.5, 1, 1.5
// and 2.25, of fc2 2.14 and 2.78: half of them are left out.

// TILES: [Passed] tasd-plan {{.*}}layer=fc1, plan="#tasd.plan<dense, tw(2, columns = 1.8180004681646913, rows = 1.5) along [0] at compile_time>", sparsity=9.375000e-01
// TILES: [Passed] tasd-plan {{.*}}layer=fc2, plan="#tasd.plan<dense, tw(2, columns = 1.8180004681646913, rows = 1.5) along [0] at compile_time>", sparsity=2.500000e-01
// TILES: [Missed] tasd-plan {{.*}}layer=scores, reason="it has no constant input"
// TILES: [Passed] tasd-plan {{.*}}achieved_sparsity=7.083333e-01, series="tw(2, columns = 1.8180004681646913, rows = 1.5)", sparsity=7.500000e-01, strategy=tile-wise
// TILES: layer op shape zeros series kept magnitude dropped non-zeros sparsity MACs left
// TILES: fc1 matmul 4x4 6.25 % tw(2, columns = 1.8180004681646913, rows = 1.5) 21.62 % 14 93.75 % 6.25 %
// TILES: fc2 matmul 4x2 12.50 % tw(2, columns = 1.8180004681646913, rows = 1.5) 96.97 % 1 25.00 % 75.00 %
// TILES: scores matmul - - - - - 100.00 %

// ONE: fc1 matmul 4x4 6.25 % - - - - 100.00 %
// ONE: fc2 matmul 4x2 12.50 % tw(2, columns = 2.4{{[0-9]+}}, rows = 3) 42.42 % 5 75.00 % 25.00 %

// OVERLAY: fc1 {{.*}} tw(2, columns = 1.6662425118780988, rows = 1.1659420974638368)+csr(above = 3) 32.43 % 13 87.50 % 12.50 %

// Of 2:4, tiles leave out only half.
// INNER: fc1 {{.*}} tw(2, columns = 1.2322330470336311, rows = 0.8136569650739617)*2:4 48.65 % 11 75.00 % 25.00 %
// INNER: fc2 {{.*}} 78.79 % 3 50.00 % 50.00 %

// COLUMNS: fc1 {{.*}} tw1(2, rows = 1.540569415042095) 59.46 % 9 62.50 % 37.50 %
// ELEMENTS: fc1 {{.*}} csr(above = 2) 64.86 % 9 62.50 % 37.50 %
// ELEMENTS: fc2 {{.*}} csr(above = 2) 93.94 % 2 37.50 % 62.50 %
// BLOCKS: fc1 {{.*}} bsr(2x2, above = 3.7353463684974) 40.54 % 11 75.00 % 25.00 %
// BLOCKS: fc2 {{.*}} 100.00 % 0 12.50 % 100.00 %

// What N:M leaves out needs no column of its own.
// VECTORS: dropped non-zeros MACs left
// VECTORS: fc1 matmul 4x4 6.25 % 1:4 37.84 % 11 25.00 %

// BOUND: fc1 matmul 4x4 6.25 % - - - - 100.00 %
// BOUND: fc2 matmul 4x2 12.50 % csr(above = 2)
func.func @main(%a: tensor<4x4xf32>, %c: tensor<4x4xf32>, %d: tensor<4x2xf32>) -> (tensor<4x4xf32>, tensor<4x2xf32>, tensor<4x4xf32>) {
  %v = arith.constant dense<[[1.0, 2.0, 3.0, 8.0], [1.0, -2.0, 3.0, 1.0], [1.0, 2.0, -3.0, 4.0], [1.0, 2.0, 3.0, 0.0]]> : tensor<4x4xf32>
  %w = arith.constant dense<[[6.0, 7.0], [0.0, -1.0], [-6.0, 7.0], [1.0, 5.0]]> : tensor<4x2xf32>
  %0 = linalg.matmul ins(%a, %v : tensor<4x4xf32>, tensor<4x4xf32>) outs(%c : tensor<4x4xf32>) -> tensor<4x4xf32> loc("fc1")
  %1 = linalg.matmul ins(%a, %w : tensor<4x4xf32>, tensor<4x2xf32>) outs(%d : tensor<4x2xf32>) -> tensor<4x2xf32> loc("fc2")
  %2 = linalg.matmul ins(%a, %a : tensor<4x4xf32>, tensor<4x4xf32>) outs(%c : tensor<4x4xf32>) -> tensor<4x4xf32> loc("scores")
  return %0, %1, %2 : tensor<4x4xf32>, tensor<4x2xf32>, tensor<4x4xf32>
}
