// Every attribute, type and op of version 2 of the dialect's bytecode. Never
// changed: tasd-v2.mlirbc was written from it.

#a = affine_map<(m, n, k) -> (m, k)>
#b = affine_map<(m, n, k) -> (k, n)>
#c = affine_map<(m, n, k) -> (m, n)>

module attributes {tasd.plan_count = 1 : i64} {
  func.func private @attributes() attributes {
    mapping = #tasd.mapping<"stc", a = 1, ["DRAM: for N in [0:8)", "SMEM keep b:"]>,
    nm = #tasd.nm<2:4>,
    operand_plan = #tasd.operand_plan<2:4+1:8 along [0, 1] at compile_time>,
    plan = #tasd.plan<dense, 2:4 along [0] at run_time>,
    plan_mapped = #tasd.plan<dense, dense, mapping = <"tc", a = 0, ["DRAM:", "SMEM: for M in [0:4) (Spatial-Y)"]>>,
    series = #tasd.series<2:4+1:8>
  }
  func.func @planned(%a: tensor<8x16xf32>, %b: tensor<16x4xf32>, %c: tensor<8x4xf32>) -> tensor<8x4xf32> {
    %0 = linalg.matmul {tasd.plan = #tasd.plan<2:4 along [1] at run_time, dense>} ins(%a, %b : tensor<8x16xf32>, tensor<16x4xf32>) outs(%c : tensor<8x4xf32>) -> tensor<8x4xf32>
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
  func.func @pack(%a: tensor<?x512xf16>, %v: tensor<?x256xf16>, %m: tensor<?x64xi8>, %b: memref<8x4xi8>, %w: memref<8x2xi8>, %n: memref<8x1xi8>) {
    %0:2 = tasd.pack <2:4> along [1] ins(%a : tensor<?x512xf16>) outs(%v, %m : tensor<?x256xf16>, tensor<?x64xi8>) -> tensor<?x256xf16>, tensor<?x64xi8>
    tasd.pack <2:4> along [1] unsigned ins(%b : memref<8x4xi8>) outs(%w, %n : memref<8x2xi8>, memref<8x1xi8>)
    return
  }
}
