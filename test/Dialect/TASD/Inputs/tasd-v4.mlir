// Every attribute, type and op of version 4 of the dialect's bytecode. Never
// changed: tasd-v4.mlirbc was written from it.

#a = affine_map<(m, n, k) -> (m, k)>
#b = affine_map<(m, n, k) -> (k, n)>
#c = affine_map<(m, n, k) -> (m, n)>

module attributes {tasd.plan_count = 1 : i64} {
  func.func private @attributes() attributes {
    block_sparse = #tasd.block_sparse<rows = 32, columns = 16, above = 0.1>,
    mapping = #tasd.mapping<"stc", a = 1, ["DRAM: for N in [0:8)", "SMEM keep b:"]>,
    nm = #tasd.nm<2:4>,
    operand_profile = #tasd.operand_profile<along [0, 1], elements = 8, non_zeros = 5, magnitude = 0.1, squared_norm = 3.0, pseudo_density = 0.5 at 0.99>,
    operand_plan = #tasd.operand_plan<2:4+1:8 along [0, 1] at compile_time>,
    plan = #tasd.plan<dense, 2:4 along [0] at run_time>,
    plan_mapped = #tasd.plan<dense, dense, mapping = <"tc", a = 0, ["DRAM:", "SMEM: for M in [0:4) (Spatial-Y)"]>>,
    profile = #tasd.profile<none, <along [1], elements = 8, non_zeros = 5, magnitude = 4.0, squared_norm = 3.0, pseudo_density = 0.5 at 0.99, histograms = [[1, 1, 2, 0, 0]], second_moments = [0.1, 0.0], series = [<2:4 drops non_zeros = 1, magnitude = 0.5, squared_norm = 0.25>]>>,
    series = #tasd.series<2:4+1:8>,
    series_of_tiles = #tasd.series<tw(128, columns = 1e-05, rows = 0.1)*2:4+csr(above = 1e21)+bsr(4x4)>,
    series_profile = #tasd.series_profile<2:4+1:8 drops non_zeros = 0, magnitude = 0.0, squared_norm = 0.0>,
    tile_wise = #tasd.tile_wise<granularity = 128, columns = 0.1, inner = #tasd.nm<2:4>>
  }
  func.func @planned(%a: tensor<8x16xf32>, %b: tensor<16x4xf32>, %c: tensor<8x4xf32>) -> tensor<8x4xf32> {
    %0 = linalg.matmul {tasd.plan = #tasd.plan<2:4 along [1] at run_time, dense>} ins(%a, %b : tensor<8x16xf32>, tensor<16x4xf32>) outs(%c : tensor<8x4xf32>) -> tensor<8x4xf32>
    return %0 : tensor<8x4xf32>
  }
  func.func @profiled(%a: tensor<8x2xf32>, %b: tensor<2x4xf32>, %c: tensor<8x4xf32>) -> tensor<8x4xf32> {
    tasd.record %a as input 0 of "fc" along [1] block_sizes [4, 8] series [#tasd.series<2:4>] full_second_moments : tensor<8x2xf32>
    %0 = linalg.matmul {tasd.profile = #tasd.profile<<along [1], elements = 16, non_zeros = 3, magnitude = 4.0, squared_norm = 5.0, pseudo_density = 0.75 at 0.99, second_moments = [0.5, 2.0]>, none>} ins(%a, %b : tensor<8x2xf32>, tensor<2x4xf32>) outs(%c : tensor<8x4xf32>) -> tensor<8x4xf32>
    return %0 : tensor<8x4xf32>
  }
  func.func @ops(%a: tensor<8x16xi8>, %b: tensor<16x4xi8>, %c: tensor<8x4xi32>, %i: index, %z: i32) -> (tensor<8x16xi8>, tensor<8x4xi32>) {
    %0 = tasd.decompose %a unsigned : !tasd.series<8x16xi8, 2:4+1:8, along = [1]>
    %1 = tasd.term %0[1] : !tasd.series<8x16xi8, 2:4+1:8, along = [1]>
    %2 = tasd.slice %1 [%i, 8] [2, 8] : !tasd.series<8x16xi8, 1:8, along = [1]>
    %3:2 = tasd.disassemble %2 : !tasd.series<2x8xi8, 1:8, along = [1]>
    %4 = tasd.assemble %3#0, %3#1 : !tasd.series<2x8xi8, 1:8, along = [1]>
    %5 = tasd.compose %0 : !tasd.series<8x16xi8, 2:4+1:8, along = [1]>
    %6 = tasd.contract [#a, #b, #c] unsigned_lhs unsigned_rhs ins(%0, %b : !tasd.series<8x16xi8, 2:4+1:8, along = [1]>, tensor<16x4xi8>) outs(%c : tensor<8x4xi32>) zero_point %z {tasd.cost = {cycles = 8 : i64}, tasd.mapping = #tasd.mapping<"stc", a = 0, ["DRAM:"]>}
    return %5, %6 : tensor<8x16xi8>, tensor<8x4xi32>
  }
  func.func @open_size(%a: tensor<8x16xf32>) -> tensor<8x16xf32> {
    %0 = tasd.decompose %a selection <tw(4, rows = 0.1)> : !tasd.series<8x16xf32, tw(4), along = [1]>
    %1:4 = tasd.disassemble %0 : !tasd.series<8x16xf32, tw(4), along = [1]>
    %2 = tasd.assemble %1#0, %1#1, %1#2, %1#3 : !tasd.series<8x16xf32, tw(4), along = [1]>
    %3 = tasd.compose %2 : !tasd.series<8x16xf32, tw(4), along = [1]>
    return %3 : tensor<8x16xf32>
  }
  func.func @pack(%a: tensor<?x512xf16>, %v: tensor<?x256xf16>, %m: tensor<?x64xi8>, %b: memref<8x4xi8>, %w: memref<8x2xi8>, %n: memref<8x1xi8>) {
    tasd.record %b as input 1 of "scores" along [1] unsigned : memref<8x4xi8>
    %0:2 = tasd.pack <2:4> along [1] ins(%a : tensor<?x512xf16>) outs(%v, %m : tensor<?x256xf16>, tensor<?x64xi8>) -> tensor<?x256xf16>, tensor<?x64xi8>
    tasd.pack <2:4> along [1] unsigned ins(%b : memref<8x4xi8>) outs(%w, %n : memref<8x2xi8>, memref<8x1xi8>)
    return
  }
}
