//===- TTCOps.td - The ops of the ttc dialect --------------*- tablegen -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A program (program), what it declares (argument, ring, token), its loops
// (loop), the instructions of the load channels (load), of the array (begin,
// decompose, mma, end) and of the store channel (store), those of several units
// (acquire, release, signal, wait), and how the host runs it (launch).
//
//===----------------------------------------------------------------------===//

#ifndef TASD_DIALECT_TTC_IR_TTCOPS
#define TASD_DIALECT_TTC_IR_TTCOPS

include "mlir/IR/OpAsmInterface.td"
include "mlir/IR/RegionKindInterface.td"
include "mlir/IR/SymbolInterfaces.td"
include "mlir/Interfaces/DestinationStyleOpInterface.td"
include "mlir/Interfaces/InferTypeOpInterface.td"
include "mlir/Interfaces/SideEffectInterfaces.td"
include "tasd/Dialect/TASD/IR/TASDAttributes.td"
include "tasd/Dialect/TTC/IR/TTCAttributes.td"
include "tasd/Dialect/TTC/IR/TTCDialect.td"
include "tasd/Dialect/TTC/IR/TTCTypes.td"

class TTC_Op<string mnemonic, list<Trait> traits = []>
    : Op<TTC_Dialect, mnemonic, traits>;

/// The state of the machine: its rings, channels, array and counters.
def TTC_MachineState : Resource<"::mlir::ttc::MachineState">;

/// Suggests the names of results in assembly.
def TTC_NamesResults
    : DeclareOpInterfaceMethods<OpAsmOpInterface, ["getAsmResultNames"]>;

/// What a program declares before its instructions.
class TTC_Declaration<string mnemonic, list<Trait> traits = []>
    : TTC_Op<mnemonic, !listconcat(traits, [
        HasParent<"ProgramOp">, TTC_NamesResults])>;

/// What a unit executes. The order of a unit's instructions is its meaning, so
/// all of them read and write the one state, and none is speculatable.
class TTC_Instruction<string mnemonic, list<Trait> traits = []>
    : TTC_Op<mnemonic, !listconcat(traits, [
        ParentOneOf<["ProgramOp", "LoopOp"]>,
        MemoryEffects<[MemRead<TTC_MachineState>,
                       MemWrite<TTC_MachineState>]>])>;

/// A tile or ring of one operand.
class TTC_Of<Type type, string operand>
    : ConfinedType<type, [CPred<
        "::llvm::cast<" # type.cppType # ">($_self).getOperand() == "
        "::mlir::ttc::Operand::" # operand>],
        type.summary # " of " # operand, type.cppType>;

def TTC_AnyArgument
    : AnyTypeOf<[TTC_TensorArgumentType, TTC_PackedArgumentType]>;

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
// Load channels
//===----------------------------------------------------------------------===//

def TTC_LoadOp : TTC_Instruction<"load", [AttrSizedOperandSegments]> {
  let summary = "fill the next slot of a ring";
  let description = [{
    The ring's load channel waits for a free slot, and copies a tile of the
    ring's extents into it: of an argument, at a batch, row and column; or of a
    tile of another ring that the channel has acquired, at a row and column.
    Coordinates past the argument's are zeros.

    With `revisiting`, the tile is of partial sums: it is loaded where one of
    the counters named is not 0.

    Constraints:
    - (C1) the place is a sum of enclosing loops' counters, each times a
      positive constant, for each coordinate of the source: three of an
      argument, two of a tile;
    - (C2) a tile that is the source is acquired by this ring's channel, and the
      place inside it;
    - (C3) a tile that is the source is of the ring's operand, and packed terms
      go to a ring of A;
    - (C4) `revisiting` names counters of enclosing loops, and only a ring of Z
      has it.

    Example:
    <!-- from test/Dialect/TTC/IR/roundtrip.mlir:load -->
    ```mlir
    ttc.load %smem_a from %l2_tile[0, %k * 24]
        : !ttc.ring<a, 16x24>, !ttc.tile<a, 16x72>
    ```
  }];
  let arguments = (ins
    TTC_RingType:$ring,
    AnyTypeOf<[TTC_TensorArgumentType, TTC_PackedArgumentType,
               TTC_TileType]>:$source,
    Variadic<Index>:$counters, AffineMapAttr:$place,
    Variadic<Index>:$revisits);
  let assemblyFormat = [{
    $ring `from` $source `` custom<Place>($counters, $place)
    (`revisiting` `(` $revisits^ `)`)? attr-dict
    `:` qualified(type($ring)) `,` qualified(type($source))
  }];
  let builders = [
    OpBuilder<(ins "::mlir::Value":$ring, "::mlir::Value":$source,
                   "const ::mlir::ttc::Place &":$place,
                   CArg<"::mlir::ValueRange", "{}">:$revisits)>
  ];
  let hasVerifier = 1; // load_c1, load_c2, load_c3, load_c4
}

//===----------------------------------------------------------------------===//
// Tiles
//===----------------------------------------------------------------------===//

def TTC_AcquireOp : TTC_Instruction<"acquire", [
    InferTypeOpAdaptor, TTC_NamesResults]> {
  let summary = "wait for the oldest tile of a ring";
  let description = [{
    The unit waits until the ring's oldest slot is full, and may then read it.
    The unit is the array, or with `by` the load channel of another ring.

    Constraints:
    - (C1) the tile is released exactly once, in the same block;
    - (C2) the tile is not used after its release;
    - (C3) the ring is not acquired again before that.

    Example:
    <!-- from test/Dialect/TTC/IR/roundtrip.mlir:acquire -->
    ```mlir
    %tile = ttc.acquire %smem_a : !ttc.ring<a, 16x24>
    ```
  }];
  let arguments = (ins TTC_RingType:$ring, Optional<TTC_RingType>:$reader);
  let results = (outs TTC_TileType:$tile);
  let assemblyFormat = [{
    $ring (`by` $reader^)? attr-dict
    `:` qualified(type($ring)) (`,` qualified(type($reader))^)?
  }];
  let hasVerifier = 1; // acquire_c1, acquire_c2, acquire_c3
}

def TTC_ReleaseOp : TTC_Instruction<"release"> {
  let summary = "give the slot of a tile back to its ring";
  let description = [{
    The unit that acquired the tile gives its slot back.

    Example:
    <!-- from test/Dialect/TTC/IR/roundtrip.mlir:release -->
    ```mlir
    ttc.release %tile : !ttc.tile<a, 16x24>
    ```
  }];
  let arguments = (ins TTC_TileType:$tile);
  let assemblyFormat = "$tile attr-dict `:` qualified(type($tile))";
}

//===----------------------------------------------------------------------===//
// The array
//===----------------------------------------------------------------------===//

def TTC_BeginOp : TTC_Instruction<"begin", [
    InferTypeOpAdaptor, TTC_NamesResults]> {
  let summary = "take the next slot of accumulators";
  let description = [{
    The array waits for a free slot. The sums start from zero, or from the tile
    that the ring's load channel brought: where one of the counters named by
    `revisiting` is not 0; with `accumulating` everywhere.

    Constraints:
    - (C1) the accumulators are passed on by exactly one `ttc.end`, in the same
      block;
    - (C2) they are not used after that;
    - (C3) `revisiting` names counters of enclosing loops;
    - (C4) the ring is of Z;
    - (C5) the ring is not begun again before the end.

    Example:
    <!-- from test/Dialect/TTC/IR/roundtrip.mlir:begin -->
    ```mlir
    %sums = ttc.begin %rf_z revisiting(%k) : !ttc.ring<z, 64x16>
    ```
  }];
  let arguments = (ins
    TTC_Of<TTC_RingType, "Z">:$ring, // begin_c4
    Variadic<Index>:$revisits, UnitAttr:$accumulates);
  let results = (outs TTC_AccumulatorsType:$accumulators);
  let assemblyFormat = [{
    $ring (`accumulating` $accumulates^)? (`revisiting` `(` $revisits^ `)`)?
    attr-dict `:` qualified(type($ring))
  }];
  let hasVerifier = 1; // begin_c1, begin_c2, begin_c3, begin_c5
}

def TTC_EndOp : TTC_Instruction<"end"> {
  let summary = "pass accumulators on to the store channel";
  let description = [{
    The sums are complete, as far as this visit goes.

    Example:
    <!-- from test/Dialect/TTC/IR/roundtrip.mlir:last -->
    ```mlir
    ttc.end %acc : !ttc.accumulators<16x49>
    ```
  }];
  let arguments = (ins TTC_AccumulatorsType:$accumulators);
  let assemblyFormat = [{
    $accumulators attr-dict `:` qualified(type($accumulators))
  }];
}

def TTC_DecomposeOp : TTC_Instruction<"decompose", [TTC_NamesResults]> {
  let summary = "extract the terms of a dense tile of A";
  let description = [{
    The TASD units extract all terms of the series from the dense elements of A
    at a place in a tile or in an argument, as many as the result has, for the
    multiplications that follow.

    Constraints:
    - (C1) the place is as that of `ttc.load`, and inside a tile;
    - (C2) the terms are used before the next `ttc.decompose`;
    - (C3) the operand is a tile of A or a dense argument.

    Example:
    <!-- from test/Dialect/TTC/IR/roundtrip.mlir:decompose -->
    ```mlir
    %terms = ttc.decompose <2:4+1:8> %tile[0, 0]
        : !ttc.tile<a, 16x24> -> !ttc.terms<16x24>
    ```
  }];
  let arguments = (ins
    TASD_SeriesAttr:$series,
    AnyTypeOf<[TTC_Of<TTC_TileType, "A">,
               TTC_TensorArgumentType]>:$a, // decompose_c3
    Variadic<Index>:$counters, AffineMapAttr:$place);
  let results = (outs TTC_TermsType:$terms);
  let assemblyFormat = [{
    $series $a `` custom<Place>($counters, $place) attr-dict
    `:` qualified(type($a)) `->` qualified(type($terms))
  }];
  let builders = [
    OpBuilder<(ins "::mlir::ttc::TermsType":$terms,
                   "::mlir::tasd::SeriesAttr":$series, "::mlir::Value":$a,
                   "const ::mlir::ttc::Place &":$place)>
  ];
  let hasVerifier = 1; // decompose_c1, decompose_c2
}

def TTC_MmaOp : TTC_Instruction<"mma", [AttrSizedOperandSegments]> {
  let summary = "multiply a term of A with B and add to accumulators";
  let description = [{
    `acc[m, n] += a[m, k] * (b[n, k] - zero_point)` for all m, n, k below the
    extents that `covers` names, each operand from its place on. The array runs
    the loops of the nest by itself.

    A is a tile of A, terms out of the TASD units, or, where a mapping passes
    the buffers by, an argument; B is a tile of B or an argument. With a pattern, A
    is read as that term of a series; without, it is dense.

    Constraints:
    - (C1) places are as that of `ttc.load`, with two coordinates in tiles,
      terms and accumulators;
    - (C2) what is covered lies inside tiles, terms and accumulators;
    - (C3) extents that are covered are positive, and the nest's bounds along
      each dimension have products of at least these;
    - (C4) there is one pattern, or none: packed arguments and terms have one;
    - (C5) the term is not negative, and 0 without a pattern;
    - (C6) tiles are of A and of B;
    - (C7) terms out of the TASD units are used whole, from [0, 0] on.

    Example:
    <!-- from test/Dialect/TTC/IR/roundtrip.mlir:mma -->
    ```mlir
    ttc.mma term 1 as <1:8> of %terms[0, 0] with %image[0, 0, %k * 24]
        into %acc[0, 0] covers [16, 49, 24]
        nest <n 49 at 3, m 16 at 3 spatial_y, k 24 at 4 spatial_x>
        : !ttc.terms<16x24>, !ttc.tensor<15x15x8xf16>, !ttc.accumulators<16x49>
    ```
  }];
  let arguments = (ins
    OptionalAttr<TASD_SeriesAttr>:$pattern,
    DefaultValuedAttr<ConfinedAttr<I64Attr, [IntNonNegative]>, "0">:$term,
    AnyTypeOf<[TTC_Of<TTC_TileType, "A">, TTC_TermsType,
               TTC_TensorArgumentType,
               TTC_PackedArgumentType]>:$a, // mma_c6
    Variadic<Index>:$a_counters, AffineMapAttr:$a_place,
    AnyTypeOf<[TTC_Of<TTC_TileType, "B">,
               TTC_TensorArgumentType]>:$b, // mma_c6
    Variadic<Index>:$b_counters, AffineMapAttr:$b_place,
    TTC_AccumulatorsType:$accumulators,
    Variadic<Index>:$z_counters, AffineMapAttr:$z_place,
    DenseI64ArrayAttr:$covers, TTC_NestAttr:$nest,
    DefaultValuedAttr<I64Attr, "0">:$zero_point);
  let assemblyFormat = [{
    (`term` $term `as` $pattern^ `of`)? $a `` custom<Place>($a_counters, $a_place)
    `with` $b `` custom<Place>($b_counters, $b_place)
    `into` $accumulators `` custom<Place>($z_counters, $z_place)
    `covers` $covers `nest` $nest (`zero_point` $zero_point^)? attr-dict
    `:` qualified(type($a)) `,` qualified(type($b)) `,`
    qualified(type($accumulators))
  }];
  let builders = [
    OpBuilder<(ins "::mlir::tasd::SeriesAttr":$pattern, "int64_t":$term,
                   "::mlir::Value":$a, "const ::mlir::ttc::Place &":$aPlace,
                   "::mlir::Value":$b, "const ::mlir::ttc::Place &":$bPlace,
                   "::mlir::Value":$accumulators,
                   "const ::mlir::ttc::Place &":$zPlace,
                   "::llvm::ArrayRef<int64_t>":$covers,
                   "::mlir::ttc::NestAttr":$nest,
                   CArg<"int64_t", "0">:$zeroPoint)>
  ];
  let hasVerifier = 1; // mma_c1 to mma_c5, mma_c7
}

//===----------------------------------------------------------------------===//
// The store channel, and tokens
//===----------------------------------------------------------------------===//

def TTC_StoreOp : TTC_Instruction<"store"> {
  let summary = "write the oldest finished accumulators to an argument";
  let description = [{
    The store channel waits for accumulators that were passed on, writes them at
    a batch, row and column, and frees their slot. What lies past the argument's
    extents is dropped.

    Constraints:
    - (C1) the place is as that of `ttc.load`, with three coordinates;
    - (C2) the ring is of Z.

    Example:
    <!-- from test/Dialect/TTC/IR/roundtrip.mlir:store -->
    ```mlir
    ttc.store %rf_z to %out[0, 0, 0] : !ttc.ring<z, 16x49>, !ttc.tensor<7x7x16xf32>
    ```
  }];
  let arguments = (ins
    TTC_Of<TTC_RingType, "Z">:$ring, // store_c2
    TTC_TensorArgumentType:$destination,
    Variadic<Index>:$counters, AffineMapAttr:$place);
  let assemblyFormat = [{
    $ring `to` $destination `` custom<Place>($counters, $place) attr-dict
    `:` qualified(type($ring)) `,` qualified(type($destination))
  }];
  let builders = [
    OpBuilder<(ins "::mlir::Value":$ring, "::mlir::Value":$destination,
                   "const ::mlir::ttc::Place &":$place)>
  ];
  let hasVerifier = 1; // store_c1
}

def TTC_SignalOp : TTC_Instruction<"signal"> {
  let summary = "count a token up";
  let description = [{
    Once all that the unit was told before is done. The unit is the store
    channel, or with `by` a ring's load channel.

    Example:
    <!-- from test/Dialect/TTC/IR/roundtrip.mlir:signal -->
    ```mlir
    ttc.signal %ready by %l2_a : !ttc.ring<a, 16x72>
    ```
  }];
  let arguments = (ins TTC_TokenType:$token, Optional<TTC_RingType>:$unit);
  let assemblyFormat = [{
    $token (`by` $unit^ `:` qualified(type($unit)))? attr-dict
  }];
}

def TTC_WaitOp : TTC_Instruction<"wait", [AttrSizedOperandSegments]> {
  let summary = "wait for a token, and count it down";
  let description = [{
    The unit, the store channel or with `by` a ring's load channel, waits until
    the counter is not 0. With `revisiting` it does so only where one of the
    counters named is not 0.

    Constraints:
    - (C1) `revisiting` names counters of enclosing loops.

    Example:
    <!-- from test/Dialect/TTC/IR/roundtrip.mlir:wait -->
    ```mlir
    ttc.wait %stored revisiting(%k) by %rf_z : !ttc.ring<z, 64x16>
    ```
  }];
  let arguments = (ins
    TTC_TokenType:$token, Optional<TTC_RingType>:$unit,
    Variadic<Index>:$revisits);
  let assemblyFormat = [{
    $token (`revisiting` `(` $revisits^ `)`)?
    (`by` $unit^ `:` qualified(type($unit)))? attr-dict
  }];
  let hasVerifier = 1; // wait_c1
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
    that this launch is, where it is not the program's.

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
  }];
  let hasVerifier = 1; // launch_c3
}

#endif // TASD_DIALECT_TTC_IR_TTCOPS
