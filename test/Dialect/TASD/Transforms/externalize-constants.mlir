// RUN: tasd-opt %s --tasd-externalize-constants=min-bytes=8 | FileCheck %s
// RUN: tasd-opt %s --tasd-externalize-constants=min-bytes=8 --mlir-pass-statistics \
// RUN:   -o /dev/null 2>&1 | FileCheck %s --check-prefix=COUNTS
// RUN: tasd-opt %s --tasd-externalize-constants | FileCheck %s --check-prefix=SMALL
// RUN: tasd-opt %s --tasd-externalize-constants=min-bytes=8 --emit-bytecode \
// RUN:   | tasd-opt | FileCheck %s

// Constants of a given size move to resources, named after their locations.

// COUNTS: (S) 2 resources

// CHECK-LABEL: func @named
// CHECK: arith.constant dense_resource<filter> : tensor<2xf32>
// SMALL-LABEL: func @named
// SMALL: arith.constant dense<[1.000000e+00, 2.000000e+00]>
func.func @named() -> tensor<2xf32> {
  %0 = arith.constant dense<[1.0, 2.0]> : tensor<2xf32> loc("filter")
  return %0 : tensor<2xf32>
}

// CHECK-LABEL: func @equal
// CHECK-DAG: arith.constant dense_resource<constant> : tensor<8xi8>
// CHECK-DAG: arith.constant dense_resource<constant> : tensor<8xi8>
func.func @equal() -> (tensor<8xi8>, tensor<8xi8>) {
  %0 = arith.constant dense<[0, 1, 2, 3, 4, 5, 6, 7]> : tensor<8xi8>
  %1 = arith.constant dense<[0, 1, 2, 3, 4, 5, 6, 7]> : tensor<8xi8>
  return %0, %1 : tensor<8xi8>, tensor<8xi8>
}

// CHECK-LABEL: func @kept
// CHECK-DAG: arith.constant dense<1.000000e+00> : tensor<4xf32>
// CHECK-DAG: arith.constant dense<[1, 2, 3]> : tensor<3xi16>
// CHECK-DAG: dense<{{.*}}> : tensor<128xi1>
func.func @kept() -> (tensor<4xf32>, tensor<3xi16>, tensor<128xi1>) {
  %splat = arith.constant dense<1.0> : tensor<4xf32>
  %small = arith.constant dense<[1, 2, 3]> : tensor<3xi16>
  %bits = arith.constant dense<"0x00010203040506070800000000000000"> : tensor<128xi1>
  return %splat, %small, %bits : tensor<4xf32>, tensor<3xi16>, tensor<128xi1>
}

// CHECK: filter: "0x100000000000803F00000040"
