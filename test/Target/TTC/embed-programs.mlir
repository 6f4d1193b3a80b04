// RUN: tasd-opt %s --ttc-embed-programs --split-input-file | FileCheck %s

// Programs become constants, launches become calls.

// CHECK-LABEL: module
// CHECK-NOT: ttc.
// CHECK: func.func private @tasd_runtime_launch(index)
// CHECK: memref.global "private" constant @"tasd_program_features/fc" : memref<[[SIZE:.*]]xi8> = dense<
ttc.program @"features/fc" for "tc" hash 0x1 sums si32 {
  %x = ttc.argument "x" axes <batch [], rows [8 on 0], columns [16 on 1]> : !ttc.tensor<8x16xsi8>
  %z = ttc.argument "z" axes <batch [], rows [8 on 0], columns [16 on 1]> : !ttc.tensor<8x16xsi32>
}

// Nobody launches it: no constant is needed.
ttc.program @unused for "tc" hash 0x1 sums si32 {
}

// The record holds the version, the program, the layer's name, and each tensor
// with its rank, address, sizes and strides.
// CHECK-LABEL: @record
// CHECK-SAME: (%[[X:.*]]: memref<8x16xi8, strided<[?, 1], offset: ?>>, %[[Z:.*]]: memref<?x16xi32>)
func.func @record(%x: memref<8x16xi8, strided<[?, 1], offset: ?>>, %z: memref<?x16xi32>) {
  // CHECK: %[[RECORD:.*]] = memref.alloca() : memref<18xi64>
  // CHECK: %[[GLOBAL:.*]] = memref.get_global @"tasd_program_features/fc" : memref<[[SIZE]]xi8>
  // CHECK: memref.extract_aligned_pointer_as_index %[[GLOBAL]]
  // CHECK: memref.get_global @"tasd_layer_features/fc" : memref<11xi8>
  // CHECK: memref.extract_strided_metadata %[[X]]
  // CHECK: memref.extract_strided_metadata %[[Z]]
  // CHECK-COUNT-18: memref.store {{.*}}, %[[RECORD]]
  // CHECK: %[[ADDRESS:.*]] = memref.extract_aligned_pointer_as_index %[[RECORD]]
  // CHECK-NEXT: call @tasd_runtime_launch(%[[ADDRESS]]) : (index) -> ()
  ttc.launch @"features/fc" ins(%x : memref<8x16xi8, strided<[?, 1], offset: ?>>)
      outs(%z : memref<?x16xi32>)
  return
}

// Two launches share the program's constant.
// CHECK-LABEL: @twice
func.func @twice(%x: memref<8x16xi8>, %z: memref<8x16xi32>) {
  // CHECK: memref.get_global @"tasd_program_features/fc"
  // CHECK: memref.get_global @"tasd_layer_features/fc"
  // CHECK: call @tasd_runtime_launch
  // CHECK: memref.get_global @"tasd_program_features/fc"
  // CHECK: memref.get_global @tasd_layer_fc2 : memref<3xi8>
  // CHECK: call @tasd_runtime_launch
  ttc.launch @"features/fc" ins(%x : memref<8x16xi8>) outs(%z : memref<8x16xi32>)
  ttc.launch @"features/fc" for "fc2" ins(%x : memref<8x16xi8>) outs(%z : memref<8x16xi32>)
  return
}

// -----

ttc.program @packed for "tc" hash 0x1 sums si32 {
  %a = ttc.argument "a" : !ttc.packed<1x8x16xsi8, 2:4>
}

// Components of packed terms become matrices.
// CHECK-LABEL: @components
func.func @components(%v: memref<2x4x8xi8>, %m: memref<2x2x2x2xi8>) {
  // CHECK: memref.collapse_shape %{{.*}} {{\[\[}}0, 1], [2]] : memref<2x4x8xi8> into memref<8x8xi8>
  // CHECK: memref.collapse_shape %{{.*}} {{\[\[}}0, 1, 2], [3]] : memref<2x2x2x2xi8> into memref<8x2xi8>
  ttc.launch @packed ins(%v : memref<2x4x8xi8>) outs(%m : memref<2x2x2x2xi8>)
  return
}

// -----

ttc.program @vector for "tc" hash 0x1 sums si32 {
  %a = ttc.argument "a" : !ttc.packed<1x1x16xsi8, 2:4>
}

// CHECK-LABEL: @one_row
func.func @one_row(%v: memref<8xi8>, %m: memref<1x2xi8>) {
  // CHECK: memref.expand_shape %{{.*}} {{\[\[}}0, 1]] output_shape [1, 8] : memref<8xi8> into memref<1x8xi8>
  ttc.launch @vector ins(%v : memref<8xi8>) outs(%m : memref<1x2xi8>)
  return
}
