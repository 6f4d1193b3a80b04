// RUN: tasd-opt %s | tasd-opt | FileCheck %s
// RUN: tasd-opt %s --emit-bytecode | tasd-opt | FileCheck %s

// Patterns of tiles, as attributes and in the text of series.

// CHECK-LABEL: @granularity
// CHECK-SAME: #tasd.tile_wise<granularity = 128>
func.func private @granularity() attributes {p = #tasd.tile_wise<granularity = 128>}

// CHECK-LABEL: @thresholds
// CHECK-SAME: #tasd.tile_wise<granularity = 1, columns = 5.000000e-01 : f64, rows = 1.000000e-05 : f64>
func.func private @thresholds() attributes {
  p = #tasd.tile_wise<granularity = 1, columns = 0.5, rows = 1.0e-05>}

// CHECK-LABEL: @consecutive
// CHECK-SAME: #tasd.tile_wise<granularity = 2147483647, consecutive = true, rows = 2.500000e-01 : f64>
func.func private @consecutive() attributes {
  p = #tasd.tile_wise<granularity = 2147483647, consecutive = true, rows = 0.25>}

// CHECK-LABEL: @rms
// CHECK-SAME: #tasd.tile_wise<granularity = 128, columns = 5.000000e-01 : f64, rms = true>
func.func private @rms() attributes {
  p = #tasd.tile_wise<granularity = 128, columns = 0.5, rms = true>}

// CHECK-LABEL: @inner
// CHECK-SAME: #tasd.tile_wise<granularity = 128, inner = #tasd.nm<2:4>>
func.func private @inner() attributes {
  p = #tasd.tile_wise<granularity = 128, inner = #tasd.nm<2:4>>}

// Numbers are the shortest that read back the same.
// CHECK-LABEL: @series
// CHECK-SAME: #tasd.series<tw(128, columns = 0.5, rows = 0.25)+csr(above = 0.1)>
func.func private @series() attributes {
  s = #tasd.series<tw( 128,columns=0.50, rows = 0.25 ) + csr(above = 1.0e-1)>}

// CHECK-LABEL: @series_small
// CHECK-SAME: #tasd.series<tw(1, columns = 1e-5, rows = 2.5e-300)>
func.func private @series_small() attributes {
  s = #tasd.series<tw(1, columns = 1e-05, rows = 2.5e-300)>}

// CHECK-LABEL: @series_large
// CHECK-SAME: #tasd.series<tw(1, columns = 1e21, rows = 1e300)>
func.func private @series_large() attributes {
  s = #tasd.series<tw(1, columns = 1e21, rows = 1.0e+300)>}

// CHECK-LABEL: @series_inner
// CHECK-SAME: #tasd.series<tw(128, rows = 0.5)*2:4+1:8>
func.func private @series_inner() attributes {
  s = #tasd.series<tw(128, rows = 0.5) * 2:4 + 1:8>}

// CHECK-LABEL: @series_consecutive
// CHECK-SAME: #tasd.series<tw1(64, rows = 0.5)>
func.func private @series_consecutive() attributes {
  s = #tasd.series<tw1(64, rows = 0.5)>}

// CHECK-LABEL: @series_rms
// CHECK-SAME: #tasd.series<tw(64, rows = 0.5, score = rms)*2:4>
func.func private @series_rms() attributes {
  s = #tasd.series<tw(64, score=rms, rows = 0.5)*2:4>}

// CHECK-LABEL: @plan
// CHECK-SAME: #tasd.plan<dense, tw(128, columns = 0.5)*2:4+csr along [1] at compile_time>
func.func private @plan() attributes {
  p = #tasd.plan<dense, tw(128, columns = 0.5)*2:4+csr along [1] at compile_time>}

// CHECK-LABEL: @type
// CHECK-SAME: !tasd.series<8x16xf32, tw(128)*2:4+bsr(32x32), along = [1]>
func.func private @type(!tasd.series<8x16xf32, tw(128)*2:4+bsr(32x32), along = [1]>)
