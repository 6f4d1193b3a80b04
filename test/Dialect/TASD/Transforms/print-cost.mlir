// RUN: tasd-opt %s -tasd-print-cost="machine=stc dynamic-extent=32" -o /dev/null | FileCheck %s
// RUN: tasd-opt %s -tasd-print-cost="machine=stc dynamic-extent=32 file=%t.txt" -o /dev/null
// RUN: FileCheck %s --input-file %t.txt
// RUN: tasd-opt %s -tasd-print-cost="machine=stc json" -o /dev/null | %python -m json.tool | FileCheck %s --check-prefix=JSON
// RUN: tasd-opt %s -tasd-print-cost="machine=stc baseline=tc objective=latency energy-profile=horowitz-45nm" -o /dev/null | FileCheck %s --check-prefix=OPTIONS
// RUN: tasd-opt %s -tasd-annotate-cost="machine=stc" -tasd-print-cost="machine=stc file=%t.txt" --mlir-pass-statistics -o /dev/null 2>&1 | FileCheck %s --check-prefix=STATISTICS

// A row for every layer, by the mapping of its plan where there is one; layers that
// no machine computes below.

// CHECK: stc beside dense on stc; mappings for edp, energies of aladdin-45nm, dynamic extents of 32
// CHECK: layer op series cycles dense cycles energy uJ dense uJ EDP left bound by
// CHECK: mapped matmul 2:4 73,728 {{[0-9,]+}} 173.425 {{[0-9.]+}} {{[0-9.]+}} % MAC
// CHECK: dynamic matmul - [[CYCLES:[0-9,]+]] [[CYCLES]] [[ENERGY:[0-9.]+]] [[ENERGY]] 100.00 %
// CHECK: total
// CHECK: not computed by a machine, and in no total: main/generic#0, 64 MACs: its body is not a sum of products

// OPTIONS: stc beside dense on tc; mappings for latency, energies of horowitz-45nm, dynamic extents of 1
// OPTIONS: mapped matmul 2:4 73,728

// STATISTICS: tasd-annotate-cost
// STATISTICS-NEXT: (S) 1 layers-annotated
// STATISTICS-NEXT: (S) 0 layers-left-out
// STATISTICS: tasd-print-cost
// STATISTICS-NEXT: (S) 2 layers{{ }}
// STATISTICS-NEXT: (S) 1 layers-left-out

// JSON:      "baseline": "stc",
// JSON:      "dynamic_extent": 1,
// JSON:      "energy_profile": "aladdin-45nm",
// JSON:      "binding_level": "MAC",
// JSON:      "cycles": 73728,
// JSON:      "dense_binding_level":
// JSON:      "dense_mapping": [
// JSON:      "dense_operand_a":
// JSON:      "edp_pj_cycles":
// JSON:      "energy_pj": 17342
// JSON:      "macs": 150994944,
// JSON-NEXT: "mapping": [
// JSON-NEXT:   "DRAM: for N in [0:8)",
// JSON:      "name": "mapped",
// JSON-NEXT: "op": "matmul",
// JSON-NEXT: "operand_a": 1,
// JSON-NEXT: "outermost_words":
// JSON-NEXT: "series": "2:4"
// JSON:      "series": null
// JSON:      "name": "main/generic#0",
// JSON-NEXT: "obstacle": "its body is
// JSON:      "machine": "stc",
// JSON:      "objective": "edp"
#same = affine_map<(m, n, k) -> (m, k)>
#rhs = affine_map<(m, n, k) -> (k, n)>
#out = affine_map<(m, n, k) -> (m, n)>
func.func @main(%a: tensor<1024x1152xi8>, %x: tensor<?x8xf32>, %y: tensor<8x2xf32>, %z: tensor<?x2xf32>, %p: tensor<4x4xf32>) -> (tensor<1024x128xi8>, tensor<?x2xf32>, tensor<4x4xf32>) {
  %w = arith.constant dense<0> : tensor<1152x128xi8>
  %c = arith.constant dense<0> : tensor<1024x128xi8>
  %0 = linalg.matmul {tasd.plan = #tasd.plan<dense, 2:4 along [0] at compile_time, mapping = <"stc", a = 1, ["DRAM: for N in [0:8)", "SMEM: for M in [0:2) / for M in [0:4) (Spatial-Y)", "RF: for K in [0:36) / for M in [0:16) (Spatial-Y) / for K in [0:32) (Spatial-X)", "LRF: for N in [0:128)"]>>} ins(%a, %w : tensor<1024x1152xi8>, tensor<1152x128xi8>) outs(%c : tensor<1024x128xi8>) -> tensor<1024x128xi8> loc("mapped")
  %1 = linalg.matmul ins(%x, %y : tensor<?x8xf32>, tensor<8x2xf32>) outs(%z : tensor<?x2xf32>) -> tensor<?x2xf32> loc("dynamic")
  %2 = linalg.generic {indexing_maps = [#same, #rhs, #out], iterator_types = ["parallel", "parallel", "reduction"]} ins(%p, %p : tensor<4x4xf32>, tensor<4x4xf32>) outs(%p : tensor<4x4xf32>) {
  ^bb0(%l: f32, %r: f32, %s: f32):
    %n = arith.negf %l : f32
    %m = arith.mulf %n, %r : f32
    %t = arith.addf %s, %m : f32
    linalg.yield %t : f32
  } -> tensor<4x4xf32>
  return %0, %1, %2 : tensor<1024x128xi8>, tensor<?x2xf32>, tensor<4x4xf32>
}
