// RUN: tasd-opt %s | tasd-opt | FileCheck %s

// Ops of the transform dialect survive printing and parsing.

// CHECK-LABEL: transform.sequence
transform.sequence failures(propagate) {
^bb0(%module: !transform.any_op):
  // CHECK: transform.tasd.match_layers "enc*.{k,v}" in %{{.*}} : (!transform.any_op) -> !transform.any_op
  // docs: match-layers
  %layers = transform.tasd.match_layers "enc*.{k,v}" in %module
      : (!transform.any_op) -> !transform.any_op
  // docs: end

  // CHECK: transform.tasd.plan %{{.*}} series [2:4] : (!transform.any_op) -> !transform.any_op
  %weights = transform.tasd.plan %layers series [2:4] side weights
      : (!transform.any_op) -> !transform.any_op

  // CHECK: transform.tasd.plan %{{.*}} series [2:4, 2:4+1:8] max_dropped_magnitude 5.000000e-02 side both machine "ttc-vegeta-m8" objective "latency" : (!transform.any_op) -> !transform.any_op
  // docs: plan
  %planned = transform.tasd.plan %layers series [2:4, 2:4+1:8]
      max_dropped_magnitude 0.05 side both
      machine "ttc-vegeta-m8" objective "latency"
      : (!transform.any_op) -> !transform.any_op
  // docs: end

  // CHECK: transform.tasd.convert %{{.*}} : (!transform.any_op) -> !transform.op<"tasd.contract">
  // docs: convert
  %contract = transform.tasd.convert %planned
      : (!transform.any_op) -> !transform.op<"tasd.contract">
  // docs: end

  // CHECK: transform.tasd.distribute %{{.*}} : (!transform.op<"tasd.contract">) -> !transform.any_op
  // docs: distribute
  %products = transform.tasd.distribute %contract
      : (!transform.op<"tasd.contract">) -> !transform.any_op
  // docs: end

  // CHECK: transform.tasd.pack %{{.*}} : (!transform.any_op) -> !transform.any_op
  // docs: pack
  %decompose = transform.structured.match ops{["tasd.decompose"]} in %module
      : (!transform.any_op) -> !transform.any_op
  %series = transform.tasd.pack %decompose
      : (!transform.any_op) -> !transform.any_op
  // docs: end

  %first, %second = transform.split_handle %products
      : (!transform.any_op) -> (!transform.any_op, !transform.any_op)

  // CHECK: transform.tasd.lower_to_linalg %{{.*}} : (!transform.any_op) -> !transform.any_op
  // docs: lower-to-linalg
  %generic = transform.tasd.lower_to_linalg %first
      : (!transform.any_op) -> !transform.any_op
  // docs: end

  // CHECK: transform.tasd.lower_to_vector %{{.*}} {hide_splats, threads = 2 : i64, vector_bits = 512 : i64} : !transform.any_op
  // docs: lower-to-vector
  transform.tasd.lower_to_vector %second
      {hide_splats, threads = 2 : i64, vector_bits = 512 : i64} : !transform.any_op
  // docs: end

  // What is the default is not printed.
  // CHECK: transform.tasd.lower_to_vector %{{.*}} : !transform.any_op
  %third = transform.structured.match ops{["tasd.contract"]} in %module
      : (!transform.any_op) -> !transform.any_op
  transform.tasd.lower_to_vector %third {cache_kib = 256 : i64, threads = 1 : i64, vector_bits = 256 : i64}
      : !transform.any_op
}
