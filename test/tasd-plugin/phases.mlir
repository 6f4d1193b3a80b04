// UNSUPPORTED: sanitizers
// RUN: %mlir_opt %load_tasd %s --pass-pipeline='builtin.module(tasd-plan{series=1:4,2:4 max-dropped-magnitude=0})' | FileCheck %s --check-prefix=PLANNED
// RUN: %mlir_opt %load_tasd %s --pass-pipeline='builtin.module(tasd-plan{series=2:4},convert-linalg-to-tasd)' | FileCheck %s --check-prefix=CONVERTED
// RUN: %mlir_opt %load_tasd %s --pass-pipeline='builtin.module(tasd-plan{series=2:4},convert-linalg-to-tasd,tasd-pack,canonicalize)' | FileCheck %s --check-prefix=PACKED
// RUN: %mlir_opt %load_tasd %s --pass-pipeline='builtin.module(tasd-plan{series=2:4},tasd-lower-to-cpu{vector-bits=512})' | FileCheck %s --check-prefix=LOWERED
// RUN: %mlir_opt %load_tasd %s --pass-pipeline='builtin.module(tasd-plan{series=2:4 side=activations},tasd-lower-to-reference)' | FileCheck %s --check-prefix=RUN-TIME

// A stock mlir-opt that loads the plugin takes a layer from linalg to LLVM, with
// its own passes between ours.

func.func @layer(%x: tensor<8x8xf32>, %init: tensor<2x8xf32>) -> tensor<2x8xf32> {
  %w = arith.constant dense<[
    [1.0, 0.0, 0.0, -4.0, 3.0, 2.0, 0.0, 0.0],
    [0.0, 5.0, 6.0,  0.0, 0.0, 0.0, 7.0, 0.0]
  ]> : tensor<2x8xf32>
  %y = linalg.matmul ins(%w, %x : tensor<2x8xf32>, tensor<8x8xf32>)
      outs(%init : tensor<2x8xf32>) -> tensor<2x8xf32> loc("layer")
  return %y : tensor<2x8xf32>
}

// PLANNED: tasd.plan_count = 1
// PLANNED: linalg.matmul {tasd.plan = #tasd.plan<2:4 along [1] at compile_time, dense>}

// CONVERTED: %[[S:.*]] = tasd.decompose %{{.*}} : !tasd.series<2x8xf32, 2:4, along = [1]>
// CONVERTED: tasd.contract {{.*}} ins(%[[S]], %{{.*}}

// PACKED-NOT: tasd.decompose
// PACKED: tasd.assemble %{{.*}}, %{{.*}} : !tasd.series<2x8xf32, 2:4, along = [1]>
// PACKED: term0_metadata

// LOWERED-NOT: tasd.
// LOWERED: llvm.func @layer
// LOWERED: llvm.intr.fmuladd{{.*}} : (vector<

// RUN-TIME: llvm.call @tasd_runtime_pack
