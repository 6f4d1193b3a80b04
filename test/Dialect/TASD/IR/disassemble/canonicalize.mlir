// RUN: tasd-opt %s -canonicalize | FileCheck %s

// Taking apart what was assembled gives its components back.

// CHECK-LABEL: @disassemble_of_assemble
// CHECK-SAME: %[[V:.*]]: tensor<?x8xf32>, %[[M:.*]]: tensor<?x2xi8>
func.func @disassemble_of_assemble(%v: tensor<?x8xf32>, %m: tensor<?x2xi8>)
    -> (tensor<?x8xf32>, tensor<?x2xi8>) {
  // CHECK-NEXT: return %[[V]], %[[M]]
  %s = tasd.assemble %v, %m : !tasd.series<?x16xf32, 2:4, along = [1]>
  %c:2 = tasd.disassemble %s : !tasd.series<?x16xf32, 2:4, along = [1]>
  return %c#0, %c#1 : tensor<?x8xf32>, tensor<?x2xi8>
}
