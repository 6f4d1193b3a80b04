// DEFINE: %{planned} = tasd-opt %s --tasd-plan=series=2:4+1:4
// DEFINE: %{converted} = %{planned} --convert-linalg-to-tasd
// DEFINE: %{packed} = %{converted} --tasd-pack --canonicalize
// DEFINE: %{distributed} = %{packed} --tasd-distribute --canonicalize
// DEFINE: %{lowered} = %{distributed} --convert-tasd-to-vector --canonicalize

// RUN: %{planned} | FileCheck %s --check-prefix=PLANNED
// RUN: %{converted} | FileCheck %s --check-prefix=CONVERTED
// RUN: %{packed} | FileCheck %s --check-prefix=PACKED
// RUN: %{distributed} | FileCheck %s --check-prefix=DISTRIBUTED
// RUN: %{lowered} | FileCheck %s --check-prefix=LOWERED

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

// CONVERTED: %[[S:.*]] = tasd.decompose %{{.*}} : !tasd.series<2x8xf32, 2:4+1:4, along = [1]>
// CONVERTED: tasd.contract {{.*}} ins(%[[S]], %{{.*}}
// CONVERTED-NOT: linalg.matmul

// PACKED-NOT: tasd.decompose
// PACKED: %[[S:.*]] = tasd.assemble %{{.*}}, %{{.*}}, %{{.*}}, %{{.*}} : !tasd.series<2x8xf32, 2:4+1:4, along = [1]>
// PACKED: tasd.contract {{.*}} ins(%[[S]], %{{.*}}
// PACKED: term0_metadata: "0x100000004C89"

// DISTRIBUTED: %[[A:.*]] = tasd.contract {{.*}} outs(%arg1
// DISTRIBUTED: %[[B:.*]] = tasd.contract {{.*}} outs(%[[A]]
// DISTRIBUTED: return %[[B]]

// LOWERED-NOT: tasd.
// LOWERED-COUNT-2: vector.fma
