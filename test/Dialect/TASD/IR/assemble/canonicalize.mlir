// RUN: tasd-opt %s -canonicalize | FileCheck %s

// Assembling what was taken apart gives the series back.

// CHECK-LABEL: @assemble_of_disassemble
// CHECK-SAME: %[[S:.*]]: !tasd.series
func.func @assemble_of_disassemble(%s: !tasd.series<8x16xf32, 2:4+1:8, along = [1]>)
    -> !tasd.series<8x16xf32, 2:4+1:8, along = [1]> {
  // CHECK-NEXT: return %[[S]]
  %c:4 = tasd.disassemble %s : !tasd.series<8x16xf32, 2:4+1:8, along = [1]>
  %t = tasd.assemble %c#0, %c#1, %c#2, %c#3 : !tasd.series<8x16xf32, 2:4+1:8, along = [1]>
  return %t : !tasd.series<8x16xf32, 2:4+1:8, along = [1]>
}

// CHECK-LABEL: @other_order
func.func @other_order(%s: !tasd.series<8x16xf32, 2:4+2:4, along = [1]>)
    -> !tasd.series<8x16xf32, 2:4+2:4, along = [1]> {
  // CHECK-NEXT: %[[C:.*]]:4 = tasd.disassemble
  // CHECK-NEXT: tasd.assemble %[[C]]#2, %[[C]]#3, %[[C]]#0, %[[C]]#1
  %c:4 = tasd.disassemble %s : !tasd.series<8x16xf32, 2:4+2:4, along = [1]>
  %t = tasd.assemble %c#2, %c#3, %c#0, %c#1 : !tasd.series<8x16xf32, 2:4+2:4, along = [1]>
  return %t : !tasd.series<8x16xf32, 2:4+2:4, along = [1]>
}

// The components of a term alone are a shorter series.
// CHECK-LABEL: @one_term_of_two
func.func @one_term_of_two(%s: !tasd.series<8x16xf32, 2:4+1:8, along = [1]>)
    -> !tasd.series<8x16xf32, 2:4, along = [1]> {
  // CHECK: tasd.disassemble
  // CHECK: tasd.assemble
  %c:4 = tasd.disassemble %s : !tasd.series<8x16xf32, 2:4+1:8, along = [1]>
  %t = tasd.assemble %c#0, %c#1 : !tasd.series<8x16xf32, 2:4, along = [1]>
  return %t : !tasd.series<8x16xf32, 2:4, along = [1]>
}
