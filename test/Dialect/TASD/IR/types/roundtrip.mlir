// RUN: tasd-opt %s | tasd-opt | FileCheck %s
// RUN: tasd-opt %s --emit-bytecode | tasd-opt | FileCheck %s

// The series type with every element type, along any dimensions.

// CHECK-LABEL: @matrix
// CHECK-SAME: !tasd.series<256x512xf16, 2:4+1:8, along = [1]>
func.func private @matrix(!tasd.series<256x512xf16, 2:4+1:8, along = [1]>)

// CHECK-LABEL: @filter
// CHECK-SAME: !tasd.series<3x3x64x128xf32, 2:4, along = [0, 1, 2]>
func.func private @filter(!tasd.series<3x3x64x128xf32, 2:4, along = [0, 1, 2]>)

// CHECK-LABEL: @any_order
// CHECK-SAME: !tasd.series<128x64x3x3xf32, 2:4, along = [2, 3, 1]>
func.func private @any_order(!tasd.series<128x64x3x3xf32, 2:4, along = [2, 3, 1]>)

// CHECK-LABEL: @dynamic_rows
// CHECK-SAME: !tasd.series<?x?x16xf32, 2:4, along = [2]>
func.func private @dynamic_rows(!tasd.series<?x?x16xf32, 2:4, along = [2]>)

// CHECK-LABEL: @vector
// CHECK-SAME: !tasd.series<16xf32, 2:4, along = [0]>
func.func private @vector(!tasd.series<16xf32, 2:4, along = [0]>)

// CHECK-LABEL: @empty
// CHECK-SAME: !tasd.series<0x0xf32, 2:4, along = [1]>
func.func private @empty(!tasd.series<0x0xf32, 2:4, along = [1]>)

// CHECK-LABEL: @element_types
// CHECK-SAME: !tasd.series<4xf64, 2:4, along = [0]>
// CHECK-SAME: !tasd.series<4xf32, 2:4, along = [0]>
// CHECK-SAME: !tasd.series<4xf16, 2:4, along = [0]>
// CHECK-SAME: !tasd.series<4xbf16, 2:4, along = [0]>
// CHECK-SAME: !tasd.series<4xf8E4M3FN, 2:4, along = [0]>
// CHECK-SAME: !tasd.series<4xi32, 2:4, along = [0]>
// CHECK-SAME: !tasd.series<4xi8, 2:4, along = [0]>
func.func private @element_types(!tasd.series<4xf64, 2:4, along = [0]>,
    !tasd.series<4xf32, 2:4, along = [0]>, !tasd.series<4xf16, 2:4, along = [0]>,
    !tasd.series<4xbf16, 2:4, along = [0]>,
    !tasd.series<4xf8E4M3FN, 2:4, along = [0]>,
    !tasd.series<4xi32, 2:4, along = [0]>, !tasd.series<4xi8, 2:4, along = [0]>)
