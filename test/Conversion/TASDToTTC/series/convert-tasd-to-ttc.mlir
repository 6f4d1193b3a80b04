// RUN: tasd-opt %s --convert-linalg-to-tasd --tasd-pack \
// RUN:   --convert-tasd-to-ttc=machine=ttc-vegeta-m8 --tasd-verify-ttc \
// RUN:   | FileCheck %s
// RUN: tasd-opt %s --convert-linalg-to-tasd --tasd-pack --tasd-distribute \
// RUN:   --convert-tasd-to-ttc=machine=ttc-vegeta-m8 --tasd-verify-ttc \
// RUN:   | FileCheck %s --check-prefix=APART

// Series of two terms: whole in one program, or a program for each term.

// CHECK-LABEL: func.func @weights
// CHECK-NOT: tasd.
// CHECK: ttc.launch @weights_fc ins(%{{[^:]*}} : tensor<32x48xi8>, tensor<32x18xi8>, tensor<32x12xi8>, tensor<32x5xi8>, tensor<64x96xi8>)
// APART-LABEL: func.func @weights
// APART: %[[FIRST:.*]] = ttc.launch @weights_fc ins(%{{[^:]*}} : tensor<32x48xi8>, tensor<32x18xi8>, tensor<64x96xi8>)
// APART: ttc.launch @"weights_fc#1" ins(%{{[^:]*}} : tensor<32x12xi8>, tensor<32x5xi8>, tensor<64x96xi8>) outs(%[[FIRST]] :
func.func @weights(%x: tensor<64x96xi8>) -> tensor<64x32xi32> {
  %w = arith.constant dense<1> : tensor<96x32xi8>
  %c0 = arith.constant 0 : i32
  %e = tensor.empty() : tensor<64x32xi32>
  %z = linalg.fill ins(%c0 : i32) outs(%e : tensor<64x32xi32>) -> tensor<64x32xi32>
  %r = linalg.matmul {tasd.plan = #tasd.plan<dense, 4:8+1:8 along [0] at compile_time>}
      ins(%x, %w : tensor<64x96xi8>, tensor<96x32xi8>)
      outs(%z : tensor<64x32xi32>) -> tensor<64x32xi32> loc("weights_fc")
  return %r : tensor<64x32xi32>
}

// Terms of activations are extracted once for all multiplications that follow,
// by the accelerator: the host packs nothing.
// CHECK-LABEL: func.func @activations
// CHECK-NOT: tasd.
// CHECK: ttc.launch @activations_fc ins(%{{[^:]*}} : tensor<64x96xi8>, tensor<96x32xi8>)
// APART-LABEL: func.func @activations
// APART-NOT: tasd.
// APART: return
func.func @activations(%x: tensor<64x96xi8>, %z: tensor<64x32xi32>) -> tensor<64x32xi32> {
  %w = arith.constant dense<1> : tensor<96x32xi8>
  %r = linalg.matmul {tasd.plan = #tasd.plan<4:8+1:8 along [1] at run_time, dense>}
      ins(%x, %w : tensor<64x96xi8>, tensor<96x32xi8>)
      outs(%z : tensor<64x32xi32>) -> tensor<64x32xi32> loc("activations_fc")
  return %r : tensor<64x32xi32>
}

// CHECK-LABEL: ttc.program @weights_fc
// CHECK: %[[A:.*]] = ttc.argument "a" : !ttc.packed<1x32x96xsi8, 4:8+1:8>
// CHECK: %[[ACC:.*]] = ttc.begin
// CHECK: ttc.mma term 0 as <4:8> of %[[A:.*]][0, 0, 0] with %{{.*}} into %[[ACC]]
// CHECK-NEXT: ttc.mma term 1 as <1:8> of %[[A]][0, 0, 0] with %{{.*}} into %[[ACC]]

// CHECK-LABEL: ttc.program @activations_fc
// CHECK: ttc.begin %{{.*}} accumulating
// CHECK: %[[TERMS:.*]] = ttc.decompose <4:8+1:8> %
// CHECK-NEXT: ttc.mma term 0 as <4:8> of %[[TERMS]][0, 0] with
// CHECK-NEXT: ttc.mma term 1 as <1:8> of %[[TERMS]][0, 0] with

// APART-LABEL: ttc.program @weights_fc
// APART: ttc.argument "a" : !ttc.packed<1x32x96xsi8, 4:8>
// APART: ttc.begin %{{.*}} :
// APART: ttc.mma term 0 as <4:8> of
// APART-NOT: ttc.mma
// APART-LABEL: ttc.program @"weights_fc#1"
// APART: ttc.argument "a" : !ttc.packed<1x32x96xsi8, 1:8>
// APART: ttc.begin %{{.*}} accumulating
// APART: ttc.mma term 0 as <1:8> of

// APART-LABEL: ttc.program @"activations_fc#1"
// APART: ttc.decompose <4:8+1:8>
// APART-NEXT: ttc.mma term 1 as <1:8> of
