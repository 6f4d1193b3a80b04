// RUN: tasd-opt %s -tasd-annotate-cost="machine=stc" --remarks-filter=tasd --remark-format=emitRemark -o %t.mlir 2> %t.txt
// RUN: FileCheck %s --input-file %t.mlir
// RUN: FileCheck %s --input-file %t.txt --check-prefix=REMARK
// RUN: tasd-opt %s -convert-linalg-to-tasd -tasd-annotate-cost="machine=stc" | FileCheck %s --check-prefix=CONTRACT
// RUN: tasd-opt %s -convert-linalg-to-tasd -tasd-pack -tasd-annotate-cost="machine=stc" | FileCheck %s --check-prefix=CONTRACT

// Every planned layer says what it costs, as planned and dense: by the mapping of
// its plan, before and after it is carried out.

#same = affine_map<(m, n, k) -> (m, k)>
#rhs = affine_map<(m, n, k) -> (k, n)>
#out = affine_map<(m, n, k) -> (m, n)>
func.func @main(%a: tensor<1024x1152xi8>, %p: tensor<4x4xf32>) -> (tensor<1024x128xi8>, tensor<4x4xf32>, tensor<4x4xf32>, tensor<4x4xf32>) {
  %w = arith.constant dense<0> : tensor<1152x128xi8>
  %c = arith.constant dense<0> : tensor<1024x128xi8>
  // CHECK: linalg.matmul {tasd.cost = {binding_level = "MAC", cycles = 73728 : i64, dense_binding_level = {{.*}}, dense_cycles = {{.*}} : i64, dense_edp_pj_cycles = {{.*}} : f64, dense_energy_pj = {{.*}} : f64, dense_outermost_words = {{.*}} : i64, edp_pj_cycles = {{.*}} : f64, energy_pj = {{.*}} : f64, machine = "stc", outermost_words = 1402880 : i64}, tasd.plan =
  // CONTRACT: tasd.contract {{.*}} {tasd.cost = {{{.*}}, cycles = 73728 : i64, {{.*}}, outermost_words = 1402880 : i64}, tasd.mapping =
  // REMARK: Function=main | {{.*}}, cycles=73728, {{.*}}dense_cycles={{.*}}, edp_pj_cycles=1.278624e+13, energy_pj=1.734245e+08, layer=mapped, machine=stc, outermost_words=1402880
  %0 = linalg.matmul {tasd.plan = #tasd.plan<dense, 2:4 along [0] at compile_time, mapping = <"stc", a = 1, ["DRAM: for N in [0:8)", "SMEM: for M in [0:2) / for M in [0:4) (Spatial-Y)", "RF: for K in [0:36) / for M in [0:16) (Spatial-Y) / for K in [0:32) (Spatial-X)", "LRF: for N in [0:128)"]>>} ins(%a, %w : tensor<1024x1152xi8>, tensor<1152x128xi8>) outs(%c : tensor<1024x128xi8>) -> tensor<1024x128xi8> loc("mapped")

  // A layer left dense, whose plan has a mapping for another machine.
  // CHECK: linalg.matmul {tasd.cost = {{{.*}}machine = "stc"{{.*}}}, tasd.plan = #tasd.plan<dense, dense, mapping = <"other"
  // CONTRACT: linalg.matmul {tasd.cost
  // REMARK: cycles=[[CYCLES:[0-9]+]], {{.*}}dense_cycles=[[CYCLES]], {{.*}}layer=dense
  %1 = linalg.matmul {tasd.plan = #tasd.plan<dense, dense, mapping = <"other", a = 1, ["DRAM:"]>>} ins(%p, %p : tensor<4x4xf32>, tensor<4x4xf32>) outs(%p : tensor<4x4xf32>) -> tensor<4x4xf32> loc("dense")

  // No plan, no cost.
  // CHECK: linalg.matmul ins
  // REMARK-NOT: layer=main/matmul
  %2 = linalg.matmul ins(%p, %p : tensor<4x4xf32>, tensor<4x4xf32>) outs(%p : tensor<4x4xf32>) -> tensor<4x4xf32>

  // CHECK-NOT: tasd.cost
  // REMARK: [Missed] tasd-annotate-cost | Category:tasd | Function=main | layer=host, reason="its body is not a sum of products of its two inputs, each cast at most once"
  %3 = linalg.generic {indexing_maps = [#same, #rhs, #out], iterator_types = ["parallel", "parallel", "reduction"]} ins(%p, %p : tensor<4x4xf32>, tensor<4x4xf32>) outs(%p : tensor<4x4xf32>) attrs = {tasd.plan = #tasd.plan<dense, dense>} {
  ^bb0(%l: f32, %r: f32, %s: f32):
    %n = arith.negf %l : f32
    %m = arith.mulf %n, %r : f32
    %t = arith.addf %s, %m : f32
    linalg.yield %t : f32
  } -> tensor<4x4xf32> loc("host")
  return %0, %1, %2, %3 : tensor<1024x128xi8>, tensor<4x4xf32>, tensor<4x4xf32>, tensor<4x4xf32>
}

// An init that is not known to be zero is loaded: 131072 words more.
// CHECK-LABEL: @sums
// CHECK: outermost_words = 1533952 : i64
// CONTRACT-LABEL: @sums
// CONTRACT: outermost_words = 1533952 : i64
func.func @sums(%a: tensor<1024x1152xi8>, %c: tensor<1024x128xi8>) -> tensor<1024x128xi8> {
  %w = arith.constant dense<0> : tensor<1152x128xi8>
  %r = linalg.matmul {tasd.plan = #tasd.plan<dense, 2:4 along [0] at compile_time, mapping = <"stc", a = 1, ["DRAM: for N in [0:8)", "SMEM: for M in [0:2) / for M in [0:4) (Spatial-Y)", "RF: for K in [0:36) / for M in [0:16) (Spatial-Y) / for K in [0:32) (Spatial-X)", "LRF: for N in [0:128)"]>>} ins(%a, %w : tensor<1024x1152xi8>, tensor<1152x128xi8>) outs(%c : tensor<1024x128xi8>) -> tensor<1024x128xi8> loc("sums")
  return %r : tensor<1024x128xi8>
}
