//===- TTCProgramOps.td - Programs and their launch --------*- tablegen -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A program (program), what it declares (argument, ring, token), its loops
// (loop), and how the host runs it (launch).
//
//===----------------------------------------------------------------------===//

#ifndef TASD_DIALECT_TTC_IR_TTCPROGRAMOPS
#define TASD_DIALECT_TTC_IR_TTCPROGRAMOPS

include "tasd/Dialect/TTC/IR/TTCOpBase.td"

//===----------------------------------------------------------------------===//
// Programs and what they declare
//===----------------------------------------------------------------------===//

def TTC_ProgramOp : TTC_Op<"program", [
    Symbol, IsolatedFromAbove, SingleBlock, NoTerminator, NoRegionArguments]> {
  let summary = "define a program of the accelerator";
  let description = [{
    The symbol is the name of the layer. The program runs on the machine of that
    name whose hash, over what programs depend on, is the one given; its sums
    have the type given.

    Declarations stand first, then instructions. The tensors of a launch come in
    the order in which the arguments are declared.

    Constraints:
    - (C1) the type of the sums is f32, si32 or si8;
    - (C2) the body holds declarations, then instructions and loops, all of this
      dialect;
    - (C3) arguments and rings have names that differ, each among its kind.

    Example:
    <!-- from test/Dialect/TTC/IR/roundtrip.mlir:program -->
    ```mlir
    ttc.program @fc for "ttc-vegeta-m8" hash 0x0123456789abcdef sums si32 {
      %a = ttc.argument "a" : !ttc.packed<1x64x256xsi8, 2:4+1:8>
      %b = ttc.argument "b" axes <batch [], rows [32 on 1], columns [256 on 0]>
          : !ttc.tensor<256x32xsi8>
      %z = ttc.argument "z" axes <batch [], rows [64 on 0], columns [32 on 1]>
          : !ttc.tensor<64x32xsi32>
      %ring_a = ttc.ring "smem_a" at 1 slots 2 : !ttc.ring<a, 64x128>
      %ring_b = ttc.ring "smem_b" at 1 slots 2 : !ttc.ring<b, 16x128>
      %ring_z = ttc.ring "rf_z" at 2 slots 3 : !ttc.ring<z, 64x16>
      %stored = ttc.token
      ttc.loop %k to 2 {
        ttc.load %ring_a from %a[0, 0, %k * 128]
            : !ttc.ring<a, 64x128>, !ttc.packed<1x64x256xsi8, 2:4+1:8>
        %tile_a = ttc.acquire %ring_a : !ttc.ring<a, 64x128>
        ttc.loop %n to 2 {
          ttc.load %ring_b from %b[0, %n * 16, %k * 128]
              : !ttc.ring<b, 16x128>, !ttc.tensor<256x32xsi8>
          ttc.wait %stored revisiting(%k) by %ring_z : !ttc.ring<z, 64x16>
          ttc.load %ring_z from %z[0, 0, %n * 16] revisiting(%k)
              : !ttc.ring<z, 64x16>, !ttc.tensor<64x32xsi32>
          %tile_b = ttc.acquire %ring_b : !ttc.ring<b, 16x128>
          %acc = ttc.begin %ring_z revisiting(%k) : !ttc.ring<z, 64x16>
          ttc.mma term 0 as <2:4> of %tile_a[0, 0] with %tile_b[0, 0] into %acc[0, 0]
              covers [64, 16, 128]
              nest <k 2 at 2, m 4 at 2, n 16 at 3, m 16 at 2 spatial_y, k 64 at 2 spatial_x>
              : !ttc.tile<a, 64x128>, !ttc.tile<b, 16x128>, !ttc.accumulators<64x16>
          ttc.mma term 1 as <1:8> of %tile_a[0, 0] with %tile_b[0, 0] into %acc[0, 0]
              covers [64, 16, 128]
              nest <m 4 at 2, n 16 at 3, m 16 at 2 spatial_y, k 128 at 2 spatial_x>
              : !ttc.tile<a, 64x128>, !ttc.tile<b, 16x128>, !ttc.accumulators<64x16>
          ttc.end %acc : !ttc.accumulators<64x16>
          ttc.release %tile_b : !ttc.tile<b, 16x128>
          ttc.store %ring_z to %z[0, 0, %n * 16]
              : !ttc.ring<z, 64x16>, !ttc.tensor<64x32xsi32>
          ttc.signal %stored
        }
        ttc.release %tile_a : !ttc.tile<a, 64x128>
      }
    }
    ```
  }];
  let arguments = (ins
    SymbolNameAttr:$sym_name, StrAttr:$machine, I64Attr:$machine_hash,
    TypeAttrOf<AnyTypeOf<[F32, SI32, SI8]>>:$sum_type); // program_c1
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = [{
    $sym_name `for` $machine `hash` custom<Hash>($machine_hash) `sums` $sum_type
    attr-dict-with-keyword $body
  }];
  let skipDefaultBuilders = 1;
  let builders = [
    OpBuilder<(ins "::llvm::StringRef":$name, "::llvm::StringRef":$machine,
                   "uint64_t":$machineHash, "::mlir::Type":$sumType)>
  ];
  let extraClassDeclaration = [{
    /// The types of the tensors of a launch, in order.
    ::llvm::SmallVector<::mlir::RankedTensorType> getHostTypes();
  }];
  let hasRegionVerifier = 1; // program_c2, program_c3
}

def TTC_ArgumentOp : TTC_Declaration<"argument"> {
  let summary = "declare a tensor that comes with the launch";
  let description = [{
    Rows and columns are M and K of A, N and K of B, M and N of Z; the batch
    counts products. Of a dense tensor the axes say how these coordinates become
    indices; packed terms have them in the type. The density is the share of
    elements that is expected not to be zero, which a machine that stores no
    zeros moves; 1 is not written.

    An argument has a place among its program's, so that it stays even where it
    is not used.

    Constraints:
    - (C1) a dense tensor has axes, packed terms have none;
    - (C2) axes name dimensions of the tensor, and the largest index on each is
      inside it;
    - (C3) the density is in [0, 1], and 1 for packed terms.

    Example:
    <!-- from test/Dialect/TTC/IR/roundtrip.mlir:argument -->
    ```mlir
    %image = ttc.argument "image"
        axes <batch [], rows [7 on 0 by 2, 7 on 1 by 2],
              columns [3 on 0, 3 on 1, 8 on 2]>
        density 0.5 : !ttc.tensor<15x15x8xf16>
    %filter = ttc.argument "filter" : !ttc.packed<1x16x72xf16, 2:4+1:8>
    ```
  }];
  let arguments = (ins
    StrAttr:$name, OptionalAttr<TTC_AxesAttr>:$axes,
    DefaultValuedAttr<F64Attr, "1.0">:$density);
  let results = (outs TTC_AnyArgument:$result);
  let assemblyFormat = [{
    $name (`axes` $axes^)? (`density` $density^)? attr-dict
    `:` qualified(type($result))
  }];
  let extraClassDeclaration = [{
    /// The types of the tensors of a launch that this stands for.
    ::llvm::SmallVector<::mlir::RankedTensorType> getHostTypes();
  }];
  let hasVerifier = 1; // argument_c1, argument_c2, argument_c3
}

def TTC_RingOp : TTC_Declaration<"ring", [
    MemoryEffects<[MemAlloc<TTC_MachineState>]>]> {
  let summary = "declare a queue of tiles";
  let description = [{
    A ring of `slots` tiles in a level of the machine. Its load channel, or for
    the accumulators the array, fills the slots in turn; who consumes them
    acquires and releases them in turn.

    Constraints:
    - (C1) there is at least one slot, and the level is not negative.

    Example:
    <!-- from test/Dialect/TTC/IR/roundtrip.mlir:ring -->
    ```mlir
    %l2_a = ttc.ring "l2_a" at 1 slots 2 : !ttc.ring<a, 16x72>
    %smem_a = ttc.ring "smem_a" at 2 slots 2 : !ttc.ring<a, 16x24>
    ```
  }];
  let arguments = (ins
    StrAttr:$name,
    ConfinedAttr<I64Attr, [IntNonNegative]>:$level, // ring_c1
    ConfinedAttr<I64Attr, [IntPositive]>:$slots); // ring_c1
  let results = (outs TTC_RingType:$result);
  let assemblyFormat = [{
    $name `at` $level `slots` $slots attr-dict `:` qualified(type($result))
  }];
}

def TTC_TokenOp : TTC_Declaration<"token", [
    MemoryEffects<[MemAlloc<TTC_MachineState>]>]> {
  let summary = "declare a counter of signals";
  let description = [{
    The counter is 0 when the program starts.

    Example:
    <!-- from test/Dialect/TTC/IR/roundtrip.mlir:token -->
    ```mlir
    %ready = ttc.token
    ```
  }];
  let results = (outs TTC_TokenType:$result);
  let assemblyFormat = "attr-dict";
}

//===----------------------------------------------------------------------===//
// Loops
//===----------------------------------------------------------------------===//

def TTC_LoopOp : TTC_Op<"loop", [
    ParentOneOf<["ProgramOp", "LoopOp"]>, SingleBlock, NoTerminator,
    RecursiveMemoryEffects]> {
  let summary = "repeat instructions with a counter";
  let description = [{
    The counter runs from 0 to the bound, which it does not reach. A loop takes
    no time. Every unit runs the loop by itself.

    Constraints:
    - (C1) the bound is positive;
    - (C2) the body has one argument, the counter, of type index.

    Example:
    <!-- from test/Dialect/TTC/IR/roundtrip.mlir:loop -->
    ```mlir
    ttc.loop %k to 2 {
      ttc.loop %n to 2 {
        ttc.wait %stored revisiting(%k) by %rf_z : !ttc.ring<z, 64x16>
        ttc.load %rf_z from %z[0, 0, %n * 16] revisiting(%k)
            : !ttc.ring<z, 64x16>, !ttc.tensor<64x32xsi32>
        %sums = ttc.begin %rf_z revisiting(%k) : !ttc.ring<z, 64x16>
        ttc.end %sums : !ttc.accumulators<64x16>
        ttc.store %rf_z to %z[0, 0, %n * 16]
            : !ttc.ring<z, 64x16>, !ttc.tensor<64x32xsi32>
        ttc.signal %stored
      }
    }
    ```
  }];
  let arguments = (ins ConfinedAttr<I64Attr, [IntPositive]>:$bound); // loop_c1
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = "custom<CountedBody>($bound, $body) attr-dict";
  let skipDefaultBuilders = 1;
  let builders = [OpBuilder<(ins "int64_t":$bound)>];
  let extraClassDeclaration = [{
    ::mlir::BlockArgument getCounter() { return getBody().getArgument(0); }
  }];
  let hasVerifier = 1; // loop_c2
}

//===----------------------------------------------------------------------===//
// The host's side
//===----------------------------------------------------------------------===//

def TTC_HostTensor : AnyTypeOf<[AnyRankedTensor, AnyMemRef]>;

def TTC_LaunchOp : TTC_Op<"launch", [
    AttrSizedOperandSegments, DestinationStyleOpInterface,
    DeclareOpInterfaceMethods<SymbolUserOpInterface>,
    DeclareOpInterfaceMethods<ConditionallySpeculatable>,
    DeclareOpInterfaceMethods<MemoryEffectsOpInterface>]> {
  let summary = "run a program on the accelerator";
  let description = [{
    Runs the program on the tensors, in the order of its arguments, and waits
    for its end. The program may read and writes the outputs. On tensors the
    results are the outputs' new values; on buffers there are none.

    Layers that are equal share a program. `for` gives the name of the layer
    that this launch is, where it is not the program's. Of a layer that
    takes several launches, as one of tiles, `ttc.part` numbers them from 0 on.

    Constraints:
    - (C1) the symbol names a program;
    - (C2) inputs and outputs together have the number, shapes and element types
      of the tensors of the program's arguments, save that they do not know the
      sign of integers, and that components of packed terms may have any rank;
    - (C3) all operands are tensors, with a result of each output's type, or all
      are buffers, without results.

    Example:
    <!-- from test/Dialect/TTC/IR/roundtrip.mlir:launch -->
    ```mlir
    %r = ttc.launch @fc for "features/fc2" ins(%v0, %m0, %v1, %m1, %b
          : tensor<64x128xi8>, tensor<64x32xi8>, tensor<8x8x32xi8>,
            tensor<8x8x12xi8>, tensor<256x32xi8>)
        outs(%z : tensor<?x32xi32>) -> tensor<?x32xi32>
    ```
  }];
  let arguments = (ins
    FlatSymbolRefAttr:$program, Variadic<TTC_HostTensor>:$inputs,
    Variadic<TTC_HostTensor>:$outputs, OptionalAttr<StrAttr>:$layer);
  let results = (outs Variadic<AnyRankedTensor>:$results);
  let assemblyFormat = [{
    $program (`for` $layer^)? (`ins` `(` $inputs^ `:` type($inputs) `)`)?
    `outs` `(` $outputs `:` type($outputs) `)` attr-dict
    (`->` type($results)^)?
  }];
  let extraClassDeclaration = [{
    ::mlir::MutableOperandRange getDpsInitsMutable() {
      return getOutputsMutable();
    }
    /// The name of the layer that this launch is.
    ::llvm::StringRef getLayerName() {
      return getLayer().value_or(getProgram());
    }
    /// Which launch of its layer it is; none for the only one.
    ::std::optional<int64_t> getPart();
    /// A name of its own: that of the layer for the only or first launch.
    ::std::string getLaunchName();
  }];
  let hasVerifier = 1; // launch_c3
}

#endif // TASD_DIALECT_TTC_IR_TTCPROGRAMOPS
