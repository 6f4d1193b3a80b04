// A series that brings no mapping is run by one that gains over dense, where the
// mapping of the least energy-delay product takes more cycles than dense.
//
// RUN: tasd-opt %s --tasd-print-cost="machine=ttc-vegeta-m8 json=1" -o %t.mlir \
// RUN:   | %python -c "import json, sys; layer, = json.load(sys.stdin)['layers']; \
// RUN:       print(layer['cycles'] <= layer['dense_cycles'], \
// RUN:             layer['edp_pj_cycles'] < layer['dense_edp_pj_cycles'])" \
// RUN:   | FileCheck %s
// CHECK: True True

func.func @conv2(%x: tensor<20x10x10x32xf32>) -> tensor<20x8x8x64xf32> {
  %w = arith.constant dense<1.0> : tensor<3x3x32x64xf32>
  %zero = arith.constant 0.0 : f32
  %empty = tensor.empty() : tensor<20x8x8x64xf32>
  %z = linalg.fill ins(%zero : f32) outs(%empty : tensor<20x8x8x64xf32>) -> tensor<20x8x8x64xf32>
  %r = linalg.conv_2d_nhwc_hwcf {tasd.plan = #tasd.plan<dense, 2:8 along [0, 1, 2] at compile_time>}
    ins(%x, %w : tensor<20x10x10x32xf32>, tensor<3x3x32x64xf32>)
    outs(%z : tensor<20x8x8x64xf32>) -> tensor<20x8x8x64xf32>
  return %r : tensor<20x8x8x64xf32>
}
