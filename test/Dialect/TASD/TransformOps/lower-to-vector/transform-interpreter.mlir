// RUN: tasd-opt %s --tasd-pack=target=cpu-avx2 --transform-interpreter | FileCheck %s

// A script asks for what the pass has options for.

#lhs = affine_map<(m, n, k) -> (m, k)>
#rhs = affine_map<(m, n, k) -> (k, n)>
#out = affine_map<(m, n, k) -> (m, n)>

module attributes {transform.with_named_sequence} {
  // CHECK-LABEL: @layer
  // CHECK: scf.forall (%{{.*}}) = (0) to (96) step (48)
  // CHECK:   llvm.inline_asm
  func.func @layer(%x: tensor<64x96xf32>, %c: tensor<64x96xf32>) -> tensor<64x96xf32> {
    %w = arith.constant dense<1.0> : tensor<64x64xf32>
    %s = tasd.decompose %w : !tasd.series<64x64xf32, 2:4, along = [1]>
    %r = tasd.contract [#lhs, #rhs, #out]
        ins(%s, %x : !tasd.series<64x64xf32, 2:4, along = [1]>, tensor<64x96xf32>)
        outs(%c : tensor<64x96xf32>)
    return %r : tensor<64x96xf32>
  }

  transform.named_sequence @__transform_main(%module: !transform.any_op) {
    %contract = transform.structured.match ops{["tasd.contract"]} in %module
        : (!transform.any_op) -> !transform.any_op
    transform.tasd.lower_to_vector %contract {hide_splats, threads = 2 : i64} : !transform.any_op
    transform.yield
  }
}
