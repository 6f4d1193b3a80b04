// RUN: tasd-opt %s -tasd-pack | FileCheck %s

// Functions with the same weights share the packed data; resources that are
// called alike are told apart.

// CHECK-LABEL: @first
// CHECK: arith.constant dense_resource<[[VALUES:.*]]> : tensor<2x2xf32>
// CHECK: arith.constant dense_resource<[[METADATA:.*]]> : tensor<2x1xi8>
func.func @first() -> tensor<2x4xf32> {
  %w = arith.constant dense_resource<w> : tensor<2x4xf32>
  %s = tasd.decompose %w : !tasd.series<2x4xf32, 2:4, along = [1]> loc("layer")
  %x = tasd.compose %s : !tasd.series<2x4xf32, 2:4, along = [1]>
  return %x : tensor<2x4xf32>
}

// CHECK-LABEL: @second
// CHECK: arith.constant dense_resource<[[VALUES]]> : tensor<2x2xf32>
// CHECK: arith.constant dense_resource<[[METADATA]]> : tensor<2x1xi8>
func.func @second() -> tensor<2x4xf32> {
  %w = arith.constant dense_resource<w> : tensor<2x4xf32>
  %s = tasd.decompose %w : !tasd.series<2x4xf32, 2:4, along = [1]> loc("layer")
  %x = tasd.compose %s : !tasd.series<2x4xf32, 2:4, along = [1]>
  return %x : tensor<2x4xf32>
}

// CHECK-LABEL: @same_name
// CHECK-NOT: dense_resource<[[VALUES]]>
// CHECK: dense_resource<layer_term0_values{{.*}}> : tensor<1x2xf32>
func.func @same_name() -> (tensor<1x4xf32>, tensor<2x2xf32>) {
  %w = arith.constant dense_resource<v> : tensor<1x4xf32>
  %s = tasd.decompose %w : !tasd.series<1x4xf32, 2:4, along = [1]> loc("layer")
  %x = tasd.compose %s : !tasd.series<1x4xf32, 2:4, along = [1]>
  %o = arith.constant dense_resource<layer_term0_values> : tensor<2x2xf32>
  return %x, %o : tensor<1x4xf32>, tensor<2x2xf32>
}

// CHECK: dialect_resources
// CHECK-COUNT-5: {{^ +[a-z0-9_]+: "0x}}
// CHECK-NOT: "0x
{-# dialect_resources: { builtin: {
  w: "0x100000000000803F0000004000004040000080400000A0400000C0400000E04000000041",
  v: "0x100000000000803F000000400000404000008040",
  layer_term0_values: "0x100000000000803F000000400000404000008040"
} } #-}
