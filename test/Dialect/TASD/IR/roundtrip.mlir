// RUN: tasd-opt %s | tasd-opt | FileCheck %s
// RUN: tasd-opt %s --mlir-print-op-generic | tasd-opt | FileCheck %s
// RUN: tasd-opt %s --emit-bytecode | tasd-opt | FileCheck %s

// Every op but tasd.contract, as the examples of the documentation show them.

// CHECK-LABEL: @decompose
func.func @decompose(%a: tensor<256x512xf16>, %b: tensor<?x16xi8>) {
  // CHECK: tasd.decompose %{{.*}} : !tasd.series<256x512xf16, 2:4+1:8, along = [1]>
  // docs: decompose
  %s = tasd.decompose %a : !tasd.series<256x512xf16, 2:4+1:8, along = [1]>
  // docs: end
  // CHECK: tasd.decompose %{{.*}} unsigned : !tasd.series<?x16xi8, 2:4, along = [1]>
  %t = tasd.decompose %b unsigned : !tasd.series<?x16xi8, 2:4, along = [1]>
  // CHECK: tasd.decompose %{{.*}} selection <tw(128, rows = 0.1)> : !tasd.series<256x512xf16, tw(128), along = [1]>
  %u = tasd.decompose %a selection <tw(128, rows = 0.1)> : !tasd.series<256x512xf16, tw(128), along = [1]>
  return
}

// CHECK-LABEL: @parts
func.func @parts(%s: !tasd.series<256x512xf16, 2:4+1:8, along = [1]>, %i: index) {
  // CHECK: tasd.compose %{{.*}} : !tasd.series<256x512xf16, 2:4+1:8, along = [1]>
  // docs: compose
  %a = tasd.compose %s : !tasd.series<256x512xf16, 2:4+1:8, along = [1]>
  // docs: end
  // CHECK: tasd.term %{{.*}}[1] : !tasd.series<256x512xf16, 2:4+1:8, along = [1]>
  // docs: term
  %t = tasd.term %s[1] : !tasd.series<256x512xf16, 2:4+1:8, along = [1]>
  // docs: end
  // CHECK: tasd.slice %{{.*}} [%{{.*}}, 8] [16, 504] : !tasd.series<256x512xf16, 2:4+1:8, along = [1]>
  // docs: slice
  %p = tasd.slice %s [%i, 8] [16, 504]
      : !tasd.series<256x512xf16, 2:4+1:8, along = [1]>
  // docs: end
  // CHECK: tasd.slice %{{.*}} [0, %{{.*}}] [%{{.*}}, 8] : !tasd.series<256x512xf16, 2:4+1:8, along = [1]>
  %q = tasd.slice %s[0, %i] [%i, 8] : !tasd.series<256x512xf16, 2:4+1:8, along = [1]>
  return
}

// CHECK-LABEL: @packed
func.func @packed(%v: tensor<256x256xf16>, %m: tensor<256x64xi8>) {
  // CHECK: tasd.assemble %{{.*}}, %{{.*}} : !tasd.series<256x512xf16, 2:4, along = [1]>
  // docs: assemble
  %s = tasd.assemble %v, %m
      : !tasd.series<256x512xf16, 2:4, along = [1]>
  // docs: end
  // CHECK: %{{.*}}:2 = tasd.disassemble %{{.*}} : !tasd.series<256x512xf16, 2:4, along = [1]>
  // docs: disassemble
  %values, %metadata = tasd.disassemble %s
      : !tasd.series<256x512xf16, 2:4, along = [1]>
  // docs: end
  return
}

// CHECK-LABEL: @laid_out
func.func @laid_out(%records: tensor<?xi8>, %begins: tensor<513xi32>) {
  // CHECK: tasd.assemble_as #tasd.row_records<rows = 2, depth = 128, stride = 48> of %{{.*}}, %{{.*}} : tensor<?xi8>, tensor<513xi32> -> !tasd.series<256x512xf32, 2:4, along = [1]>
  // docs: assemble_as
  %s = tasd.assemble_as #tasd.row_records<rows = 2, depth = 128, stride = 48>
      of %records, %begins : tensor<?xi8>, tensor<513xi32>
      -> !tasd.series<256x512xf32, 2:4, along = [1]>
  // docs: end
  // CHECK: tasd.assemble_as #tasd.row_records<batches = 4, rows = 2, depth = 128, stride = 48> of
  %t = tasd.assemble_as #tasd.row_records<batches = 4, rows = 2, depth = 128, stride = 48>
      of %records, %begins : tensor<?xi8>, tensor<513xi32>
      -> !tasd.series<4x64x512xf32, 2:4, along = [2]>
  return
}

// CHECK-LABEL: @lanes
func.func @lanes(%values: tensor<?xf32>, %places: tensor<?xi32>, %columns: tensor<?xi32>, %begins: tensor<33xi32>) {
  // CHECK: tasd.assemble_as #tasd.lane_rows<lanes = 8> of %{{.*}}, %{{.*}}, %{{.*}}, %{{.*}} : tensor<?xf32>, tensor<?xi32>, tensor<?xi32>, tensor<33xi32> -> !tasd.series<256x512xf32, 2:4, along = [1]>
  %s = tasd.assemble_as #tasd.lane_rows<lanes = 8>
      of %values, %places, %columns, %begins
      : tensor<?xf32>, tensor<?xi32>, tensor<?xi32>, tensor<33xi32>
      -> !tasd.series<256x512xf32, 2:4, along = [1]>
  return
}

// CHECK-LABEL: @pack
func.func @pack(%a: tensor<?x512xf16>, %v: tensor<?x256xf16>, %m: tensor<?x64xi8>,
                %b: memref<8x4xi8>, %w: memref<8x2xi8>, %n: memref<8x1xi8>) {
  // CHECK: %{{.*}}:2 = tasd.pack <2:4> along [1] ins(%{{.*}} : tensor<?x512xf16>) outs(%{{.*}}, %{{.*}} : tensor<?x256xf16>, tensor<?x64xi8>) -> tensor<?x256xf16>, tensor<?x64xi8>
  // docs: pack
  %p:2 = tasd.pack <2:4> along [1] ins(%a : tensor<?x512xf16>)
      outs(%v, %m : tensor<?x256xf16>, tensor<?x64xi8>)
      -> tensor<?x256xf16>, tensor<?x64xi8>
  // docs: end
  // CHECK: tasd.pack <2:4> along [1] unsigned ins(%{{.*}} : memref<8x4xi8>) outs(%{{.*}}, %{{.*}} : memref<8x2xi8>, memref<8x1xi8>)
  tasd.pack <2:4> along [1] unsigned ins(%b : memref<8x4xi8>)
      outs(%w, %n : memref<8x2xi8>, memref<8x1xi8>)
  return
}

// CHECK-LABEL: @record
func.func @record(%x: tensor<?x64xf32>, %y: memref<?x2x8xi8, strided<[?, 1, 2]>>) {
  // CHECK: tasd.record %{{.*}} as input 0 of "conv1" along [1] block_sizes [4, 8] series [#tasd.series<2:4>, #tasd.series<2:4+1:8>] : tensor<?x64xf32>
  // docs: record
  tasd.record %x as input 0 of "conv1" along [1] block_sizes [4, 8]
      series [#tasd.series<2:4>, #tasd.series<2:4+1:8>] : tensor<?x64xf32>
  // docs: end
  // CHECK: tasd.record %{{.*}} as input 1 of "scores" along [2, 1] unsigned full_second_moments : memref<?x2x8xi8, strided<[?, 1, 2]>>
  tasd.record %y as input 1 of "scores" along [2, 1] unsigned
      full_second_moments : memref<?x2x8xi8, strided<[?, 1, 2]>>
  return
}
