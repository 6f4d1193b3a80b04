// RUN: tasd-opt %s -convert-tasd-to-runtime -canonicalize | FileCheck %s
// RUN: tasd-opt %s -convert-tasd-to-runtime --mlir-pass-statistics -o /dev/null 2>&1 | FileCheck %s --check-prefix=COUNTS

// A measurement becomes one call; its record stands on the stack.

// COUNTS: (S) 2 runtime-calls

// CHECK: func.func private @tasd_runtime_record(index)
// CHECK: memref.global "private" constant @"tasd_series_1:8" : memref<3xi8> = dense<[49, 58, 56]>
// CHECK: memref.global "private" constant @"tasd_series_2:4" : memref<3xi8>
// CHECK: memref.global "private" constant @tasd_layer_fc : memref<2xi8> = dense<[102, 99]>

// Version, element type, rank, blocked dimensions, address, extents, strides;
// layer, input; block sizes; series; whether products are measured.
// CHECK-LABEL: @strided
// CHECK-SAME: %[[X:.*]]: memref<?x16xi8, strided<[?, 1], offset: ?>>
func.func @strided(%x: memref<?x16xi8, strided<[?, 1], offset: ?>>) {
  // CHECK: %[[RECORD:.*]] = memref.alloca() : memref<22xi64>
  // CHECK: memref.extract_strided_metadata %[[X]]
  // CHECK: memref.get_global @tasd_layer_fc
  // CHECK: memref.get_global @"tasd_series_2:4"
  // CHECK: memref.get_global @"tasd_series_1:8"
  // CHECK-COUNT-22: memref.store %{{.*}}, %[[RECORD]]
  // CHECK: %[[WORDS:.*]] = memref.extract_aligned_pointer_as_index %[[RECORD]]
  // CHECK: call @tasd_runtime_record(%[[WORDS]])
  tasd.record %x as input 1 of "fc" along [1] unsigned block_sizes [4, 8] series [#tasd.series<2:4>, #tasd.series<1:8>] full_second_moments : memref<?x16xi8, strided<[?, 1], offset: ?>>
  return
}

// CHECK-LABEL: @plain
func.func @plain(%x: memref<4x16xf32>) {
  // CHECK: memref.alloca() : memref<16xi64>
  // CHECK: call @tasd_runtime_record
  tasd.record %x as input 0 of "fc" along [1] : memref<4x16xf32>
  return
}
