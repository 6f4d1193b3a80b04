// RUN: tasd-opt %s | tasd-opt | FileCheck %s
// RUN: tasd-opt %s --emit-bytecode | tasd-opt | FileCheck %s

// Patterns of blocks and of elements, as attributes and in the text of series.

// CHECK-LABEL: @blocks
// CHECK-SAME: #tasd.block_sparse<rows = 32, columns = 16>
func.func private @blocks() attributes {p = #tasd.block_sparse<rows = 32, columns = 16>}

// CHECK-LABEL: @threshold
// CHECK-SAME: #tasd.block_sparse<rows = 1, columns = 65536, above = 1.000000e-01>
func.func private @threshold() attributes {
  p = #tasd.block_sparse<rows = 1, columns = 65536, above = 0.1>}

// CHECK-LABEL: @series
// CHECK-SAME: #tasd.series<bsr(32x16)+bsr(4x4, above = 1e-05)+csr(above = 0.1)+csr>
func.func private @series() attributes {
  s = #tasd.series<bsr( 32x16 )+bsr(4x4,above=1e-05)+csr(above = 0.1)+csr>}
