// RUN: not tasd-opt %s --tasd-pack=target=tpu 2>&1 | FileCheck %s

// CHECK: error: option target: expected plain or cpu-256 or cpu-512 or cpu-avx2 or cpu-avx512 but got 'tpu'
module {}
