//===- TTCInstructions.td - What units execute -------------*- tablegen -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The instructions of the load channels (load), of the array (begin, decompose,
// mma, end) and of the store channel (store), and those of several units
// (acquire, release, signal, wait).
//
//===----------------------------------------------------------------------===//

#ifndef TASD_DIALECT_TTC_IR_TTCINSTRUCTIONS
#define TASD_DIALECT_TTC_IR_TTCINSTRUCTIONS

include "tasd/Dialect/TTC/IR/TTCOpBase.td"

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
    the buffers by, an argument; B is a tile of B or an argument. With a pattern,
    A is read as that term of a series; without, it is dense.

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
    (`term` $term `as` $pattern^ `of`)?
    $a `` custom<Place>($a_counters, $a_place)
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

#endif // TASD_DIALECT_TTC_IR_TTCINSTRUCTIONS
