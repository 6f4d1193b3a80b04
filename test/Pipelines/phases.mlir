// RUN: tasd-opt %s --tasd-plan=series=2:4+1:4 -o %t.planned
// RUN: FileCheck %s --check-prefix=PLANNED --input-file=%t.planned
// RUN: tasd-opt %t.planned --convert-linalg-to-tasd -o %t.converted
// RUN: FileCheck %s --check-prefix=CONVERTED --input-file=%t.converted
// RUN: tasd-opt %t.converted --tasd-pack --canonicalize -o %t.packed
// RUN: FileCheck %s --check-prefix=PACKED --input-file=%t.packed
// RUN: tasd-opt %t.packed --tasd-distribute --canonicalize -o %t.distributed
// RUN: FileCheck %s --check-prefix=DISTRIBUTED --input-file=%t.distributed
// RUN: tasd-opt %t.distributed --convert-tasd-to-vector --canonicalize \
// RUN:   | FileCheck %s --check-prefix=LOWERED

// One layer at every phase; docs/Dialects/RationaleTASD.md shows what is printed.

// docs: layer
func.func @layer(%x: tensor<8x8xf32>, %init: tensor<2x8xf32>) -> tensor<2x8xf32> {
  %w = arith.constant dense<[
    [1.0, 0.0, 0.0, -4.0, 3.0, 2.0, 0.0, 0.5],
    [0.0, 5.0, 6.0,  0.0, 0.0, 0.0, 7.0, 0.0]
  ]> : tensor<2x8xf32>
  %y = linalg.matmul ins(%w, %x : tensor<2x8xf32>, tensor<8x8xf32>)
      outs(%init : tensor<2x8xf32>) -> tensor<2x8xf32> loc("layer")
  return %y : tensor<2x8xf32>
}
// docs: end

// PLANNED: tasd.plan_count = 1
// PLANNED: linalg.matmul {tasd.plan = #tasd.plan<2:4+1:4 along [1] at compile_time, dense>}

// CONVERTED: %[[S:.*]] = tasd.decompose %{{.*}} : <2x8xf32, 2:4+1:4, along = [1]>
// CONVERTED: tasd.contract {{.*}} ins(%[[S]], %{{.*}}
// CONVERTED-NOT: linalg.matmul

// PACKED-NOT: tasd.decompose
// PACKED: %[[S:.*]] = tasd.assemble %{{.*}}, %{{.*}}, %{{.*}}, %{{.*}} : <2x8xf32, 2:4+1:4, along = [1]>
// PACKED: tasd.contract {{.*}} ins(%[[S]], %{{.*}}
// PACKED: term0_metadata: "0x400000004C89"

// DISTRIBUTED: %[[A:.*]] = tasd.contract {{.*}} outs(%arg1
// DISTRIBUTED: %[[B:.*]] = tasd.contract {{.*}} outs(%[[A]]
// DISTRIBUTED: return %[[B]]

// LOWERED-NOT: tasd.
// LOWERED-COUNT-2: vector.fma
