// RUN: tasd-opt %s -convert-blas-to-runtime -split-input-file -verify-diagnostics

// Ops that name the function of the runtime but are not what it computes.

#mk = affine_map<(m, n, k) -> (m, k)>
#kn = affine_map<(m, n, k) -> (k, n)>
#mn = affine_map<(m, n, k) -> (m, n)>

func.func @tensors(%a: tensor<4x8xf32>, %b: tensor<8x6xf32>, %c: tensor<4x6xf32>) -> tensor<4x6xf32> {
  // expected-error@+1 {{'linalg.generic' op expected buffers: bufferize first}}
  %0 = linalg.generic {indexing_maps = [#mk, #kn, #mn], iterator_types = ["parallel", "parallel", "reduction"], library_call = "tasd_runtime_gemm"}
    ins(%a, %b : tensor<4x8xf32>, tensor<8x6xf32>) outs(%c : tensor<4x6xf32>) {
  ^bb0(%x: f32, %y: f32, %sum: f32):
    linalg.yield %sum : f32
  } -> tensor<4x6xf32>
  return %0 : tensor<4x6xf32>
}

// -----

func.func @no_product(%a: memref<4xf32>) {
  // expected-error@+1 {{'linalg.generic' op expected a product of two matrices}}
  linalg.generic {indexing_maps = [affine_map<(i) -> (i)>], iterator_types = ["parallel"], library_call = "tasd_runtime_gemm"} outs(%a : memref<4xf32>) {
  ^bb0(%x: f32):
    linalg.yield %x : f32
  }
  return
}

// -----

#mk = affine_map<(m, n, k) -> (m, k)>
#kn = affine_map<(m, n, k) -> (k, n)>
#mn = affine_map<(m, n, k) -> (m, n)>

func.func @integers(%a: memref<4x8xi32>, %b: memref<8x6xi32>, %c: memref<4x6xi32>) {
  // expected-error@+1 {{'linalg.generic' op expected f32 or f64 but got 'i32'}}
  linalg.generic {indexing_maps = [#mk, #kn, #mn], iterator_types = ["parallel", "parallel", "reduction"], library_call = "tasd_runtime_gemm"}
    ins(%a, %b : memref<4x8xi32>, memref<8x6xi32>) outs(%c : memref<4x6xi32>) {
  ^bb0(%x: i32, %y: i32, %sum: i32):
    linalg.yield %sum : i32
  }
  return
}
