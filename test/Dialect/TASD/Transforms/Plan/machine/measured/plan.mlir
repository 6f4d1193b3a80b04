// RUN: tasd-opt %s -tasd-plan="machine=%S/Inputs/measured.yaml series=2:4" -o %t.mlir --remarks-filter=tasd --remark-format=emitRemark 2> %t.txt
// RUN: FileCheck %s --input-file %t.mlir
// RUN: FileCheck %s --input-file %t.txt --check-prefix=REMARK
// RUN: tasd-opt %t.mlir -o /dev/null -tasd-print-cost="machine=%S/Inputs/measured.yaml" | FileCheck %s --check-prefix=COST
// RUN: tasd-opt %s -tasd-plan="machine=%S/Inputs/measured.yaml series=2:4+1:4 layers=large" -o /dev/null --remarks-filter=tasd --remark-format=emitRemark 2>&1 | FileCheck %s --check-prefix=SLOWER
// RUN: tasd-opt %s -tasd-plan="machine=%S/Inputs/measured.yaml series=tw(2,rows=1) layers=tiled" -o /dev/null --remarks-filter=tasd --remark-format=emitRemark 2>&1 | FileCheck %s --check-prefix=TILES
// RUN: tasd-opt %s -tasd-plan="machine=%S/Inputs/measured.yaml strategy=optimal max-error=2 objective=latency" -o %t.optimal.mlir --remarks-filter=tasd --remark-format=emitRemark 2>&1 | FileCheck %s --check-prefix=OPTIMAL
// RUN: tasd-opt %s -tasd-plan="machine=%S/Inputs/measured.yaml series=2:4 side=activations layers=large" -o /dev/null --remarks-filter=tasd --remark-format=emitRemark 2>&1 | FileCheck %s --check-prefix=RUN-TIME

// On a machine whose costs were measured, what would not be faster stays dense. It
// has no mappings.

// CHECK: linalg.matmul {tasd.plan = #tasd.plan<dense, 2:4 along [0] at compile_time>}
// CHECK-NOT: tasd.plan
// REMARK: [Passed] tasd-plan {{.*}}binding_level=packed, cycles=50152, dense_cycles=65536, {{.*}}layer=large, machine=measured, plan="#tasd.plan<dense, 2:4 along [0] at compile_time>"
// REMARK: [Missed] tasd-plan {{.*}}binding_level=dense, cycles=512, {{.*}}layer=small, {{.*}}reason="a series takes no fewer cycles than dense: 1384 cycles beside 512 cycles"
// REMARK: [Missed] tasd-plan {{.*}}layer=tiled, {{.*}}reason="a series takes no fewer cycles
// REMARK: [Missed] tasd-plan {{.*}}layer=quantized, {{.*}}reason="machine 'measured' has no measured kernel for dense operands of 'i8' and 'i8'"
// COST: measured beside dense on measured; mappings for latency, energies of none
// COST: matmul 2:4 50,152 65,536 0.000 0.000 - packed
// SLOWER: layer=large, {{.*}}reason="a series takes no fewer cycles than dense: 74728 cycles beside 65536 cycles

// Of four ks each of the two tiles of two outputs has kept one: 10 for the call, 128
// for its products, 64 for what is gathered and 128 for what is scattered.
// TILES: [Passed] tasd-plan {{.*}}binding_level=dense, cycles=660, dense_cycles=1024, {{.*}}layer=tiled, {{.*}}sparsity=7.500000e-01

// What drops most is the fastest.
// OPTIMAL: [Passed] tasd-plan {{.*}}layer=large, {{.*}}plan="#tasd.plan<dense, 1:4 along [0] at compile_time>"
// OPTIMAL: [Missed] tasd-plan {{.*}}layer=small
// OPTIMAL: objective=latency, strategy=optimal
// RUN-TIME: layer=large, {{.*}}reason="machine 'measured' has no measured cost of series that are packed at run time"
func.func @main(%a: tensor<32x32xf32>, %c: tensor<64x32xf32>, %x: tensor<64x32xf32>, %d: tensor<4x8xf32>, %y: tensor<4x16xf32>,
                %e: tensor<4x8xi32>, %z: tensor<4x16xi8>,
                %f: tensor<64x4xf32>, %t: tensor<64x4xf32>)
    -> (tensor<64x32xf32>, tensor<4x8xf32>, tensor<64x4xf32>, tensor<4x8xi32>) {
  %v = arith.constant dense<1.0> : tensor<32x32xf32>
  %w = arith.constant dense<1.0> : tensor<16x8xf32>
  %u = arith.constant dense<1> : tensor<16x8xi8>
  %0 = linalg.matmul ins(%x, %v : tensor<64x32xf32>, tensor<32x32xf32>) outs(%c : tensor<64x32xf32>) -> tensor<64x32xf32> loc("large")
  %1 = linalg.matmul ins(%y, %w : tensor<4x16xf32>, tensor<16x8xf32>) outs(%d : tensor<4x8xf32>) -> tensor<4x8xf32> loc("small")
  %s = arith.constant dense<[[9.0, 9.0, 9.0, 9.0], [1.0, 1.0, 1.0, 1.0], [1.0, 1.0, 1.0, 1.0], [1.0, 1.0, 1.0, 1.0]]> : tensor<4x4xf32>
  %3 = linalg.matmul ins(%t, %s : tensor<64x4xf32>, tensor<4x4xf32>) outs(%f : tensor<64x4xf32>) -> tensor<64x4xf32> loc("tiled")
  %2 = linalg.matmul ins(%z, %u : tensor<4x16xi8>, tensor<16x8xi8>) outs(%e : tensor<4x8xi32>) -> tensor<4x8xi32> loc("quantized")
  return %0, %1, %3, %2 : tensor<64x32xf32>, tensor<4x8xf32>, tensor<64x4xf32>, tensor<4x8xi32>
}
