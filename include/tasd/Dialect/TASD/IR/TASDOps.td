//===- TASDOps.td - The ops of the tasd dialect ------------*- tablegen -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Series are made (decompose, assemble), taken apart (compose, term, slice,
// disassemble) and contracted. `pack` is decomposition at run time, on buffers.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_DIALECT_TASD_IR_TASDOPS
#define TASD_DIALECT_TASD_IR_TASDOPS

include "mlir/Interfaces/DestinationStyleOpInterface.td"
include "mlir/Interfaces/InferTypeOpInterface.td"
include "mlir/Interfaces/SideEffectInterfaces.td"
include "mlir/Interfaces/TilingInterface.td"
include "mlir/IR/OpAsmInterface.td"
include "tasd/Dialect/TASD/IR/TASDAttributes.td"
include "tasd/Dialect/TASD/IR/TASDDialect.td"
include "tasd/Dialect/TASD/IR/TASDTypes.td"

class TASD_Op<string mnemonic, list<Trait> traits = []>
    : Op<TASD_Dialect, mnemonic, traits>;

//===----------------------------------------------------------------------===//
// Dense to series and back
//===----------------------------------------------------------------------===//

def TASD_DecomposeOp : TASD_Op<"decompose", [
    Pure,
    TypesMatchWith<"input is the dense tensor of the series", // decompose_c1
                   "result", "input",
                   "::llvm::cast<SeriesType>($_self).getTensorType()">]> {
  let summary = "decompose a dense tensor into a series";
  let description = [{
    Writes the tensor as the sum of one term for each pattern of the result's
    series, in the order written: term i keeps, in each block, the elements of
    largest magnitude among those no earlier term kept. What no term keeps is
    dropped. Equal magnitudes: the lower index wins. NaN ranks above infinity,
    infinity above all finite values. -0.0 counts as zero and becomes +0.0.

    `unsigned` says that integers are unsigned, which their magnitude depends on.
    `selection` is the series that says what is kept, where it has parameters,
    which the result's type does not hold.

    Constraints:
    - (C1) the input is the dense tensor of the result's shape and element type;
    - (C2) `unsigned` needs an integer element type;
    - (C3) what `selection` stores is the series of the result.

    Example:
    <!-- from test/Dialect/TASD/IR/roundtrip.mlir:decompose -->
    ```mlir
    %s = tasd.decompose %a : !tasd.series<256x512xf16, 2:4+1:8, along = [1]>
    ```
  }];
  let arguments = (ins AnyRankedTensor:$input, UnitAttr:$is_unsigned,
    OptionalAttr<TASD_SeriesAttr>:$selection);
  let results = (outs TASD_SeriesType:$result);
  let assemblyFormat = [{
    $input (`unsigned` $is_unsigned^)? (`selection` $selection^)? attr-dict
    `:` qualified(type($result))
  }];
  let extraClassDeclaration = [{
    /// The series that says what is kept.
    SeriesAttr getSelectedSeries() {
      return getSelection().value_or(getResult().getType().getSeries());
    }
  }];
  // Older versions of the dialect have no `selection`.
  let useCustomPropertiesEncoding = 1;
  let hasVerifier = 1; // decompose_c2, decompose_c3
}

def TASD_ComposeOp : TASD_Op<"compose", [
    Pure,
    TypesMatchWith<"result is the dense tensor of the series", // compose_c1
                   "series", "result",
                   "::llvm::cast<SeriesType>($_self).getTensorType()">]> {
  let summary = "compose a series into a dense tensor";
  let description = [{
    The sum of the terms. Terms have disjoint support, so no addition takes
    place: every element comes from one term, bit for bit, or is +0.

    Constraints:
    - (C1) the result is the dense tensor of the series' shape and element type.

    Example:
    <!-- from test/Dialect/TASD/IR/roundtrip.mlir:compose -->
    ```mlir
    %a = tasd.compose %s : !tasd.series<256x512xf16, 2:4+1:8, along = [1]>
    ```
  }];
  let arguments = (ins TASD_SeriesType:$series);
  let results = (outs AnyRankedTensor:$result);
  let assemblyFormat = "$series attr-dict `:` qualified(type($series))";
  let hasFolder = 1;
}

//===----------------------------------------------------------------------===//
// Parts of a series
//===----------------------------------------------------------------------===//

def TASD_TermOp : TASD_Op<"term", [
    Pure, DeclareOpInterfaceMethods<InferTypeOpInterface>]> {
  let summary = "take one term of a series";
  let description = [{
    Term `index` of the series, as a series of that one pattern.

    Constraints:
    - (C1) 0 <= index < number of terms.

    Example:
    <!-- from test/Dialect/TASD/IR/roundtrip.mlir:term -->
    ```mlir
    %t = tasd.term %s[1] : !tasd.series<256x512xf16, 2:4+1:8, along = [1]>
    ```
  }];
  let arguments = (ins TASD_SeriesType:$series, I64Attr:$index); // term_c1
  let results = (outs TASD_SeriesType:$result);
  let assemblyFormat = "$series `[` $index `]` attr-dict `:` qualified(type($series))";
  let hasFolder = 1;
  let hasCanonicalizer = 1;
}

def TASD_SliceOp : TASD_Op<"slice", [
    Pure, AttrSizedOperandSegments,
    DeclareOpInterfaceMethods<InferTypeOpInterface>]> {
  let summary = "take a rectangular part of a series";
  let description = [{
    The part that starts at `offsets` and has the extents `sizes`, one of each
    for every dimension. Blocks stay whole: only the outermost dimension of
    `along` can be cut, and only between blocks.

    Constraints:
    - (C1) one offset and one size for each dimension, one operand for each that
      is dynamic;
    - (C2) static offsets and sizes are not negative and lie inside the series;
    - (C3) sizes along blocked dimensions are static;
    - (C4) blocked dimensions but the outermost are taken whole;
    - (C5) along the outermost blocked dimension, offset and size, times the
      extents of the other blocked dimensions, are multiples of the series'
      block size, or the slice reaches the end; a dynamic offset must be such a
      multiple too, which only its producer knows;
    - (C6) a series with a pattern without a block size is not cut along
      blocked dimensions.

    Example:
    <!-- from test/Dialect/TASD/IR/roundtrip.mlir:slice -->
    ```mlir
    %p = tasd.slice %s [%i, 8] [16, 504]
        : !tasd.series<256x512xf16, 2:4+1:8, along = [1]>
    ```
  }];
  let arguments = (ins
    TASD_SeriesType:$series,
    Variadic<Index>:$offsets, Variadic<Index>:$sizes,
    DenseI64ArrayAttr:$static_offsets, DenseI64ArrayAttr:$static_sizes);
  let results = (outs TASD_SeriesType:$result);
  let assemblyFormat = [{
    $series custom<DynamicIndexList>($offsets, $static_offsets)
    custom<DynamicIndexList>($sizes, $static_sizes) attr-dict `:` qualified(type($series))
  }];
  let builders = [
    OpBuilder<(ins "::mlir::Value":$series,
      "::llvm::ArrayRef<::mlir::OpFoldResult>":$offsets,
      "::llvm::ArrayRef<::mlir::OpFoldResult>":$sizes)>
  ];
  let extraClassDeclaration = [{
    ::llvm::SmallVector<::mlir::OpFoldResult> getMixedOffsets();
    ::llvm::SmallVector<::mlir::OpFoldResult> getMixedSizes();
    SeriesType getSourceType() {
      return ::llvm::cast<SeriesType>(getSeries().getType());
    }
  }];
  let hasFolder = 1;
  let hasCanonicalizer = 1;
  let hasVerifier = 1; // slice_c1, slice_c2, slice_c4, slice_c5, slice_c6
}

//===----------------------------------------------------------------------===//
// The packed form
//===----------------------------------------------------------------------===//

def TASD_AssembleOp : TASD_Op<"assemble", [
    Pure,
    RangedTypesMatchWith<"components are those of the series", // assemble_c1
      "result", "components",
      "::llvm::cast<SeriesType>($_self).getComponentTypes()">]> {
  let summary = "make a series of its packed components";
  let description = [{
    The series whose packed form the operands are: the components of the first
    term, then those of the second, and so on. An N:M term has two: its values
    (other dimensions in order, blocks times N) and its metadata (other
    dimensions in order, bytes). What they hold is trusted: indices that repeat
    within a block are no packed form, and back ends may read them differently.

    Constraints:
    - (C1) the operands' types are the component types of the series;
    - (C2) a series whose packed form has sizes that depend on what is stored has
      a static shape.

    Example:
    <!-- from test/Dialect/TASD/IR/roundtrip.mlir:assemble -->
    ```mlir
    %s = tasd.assemble %v, %m
        : !tasd.series<256x512xf16, 2:4, along = [1]>
    ```
  }];
  let arguments = (ins Variadic<AnyRankedTensor>:$components);
  let results = (outs TASD_SeriesType:$result);
  let assemblyFormat = "$components attr-dict `:` qualified(type($result))";
  let hasFolder = 1;
  let hasVerifier = 1; // assemble_c2
  let extraClassDeclaration = [{
    /// The components of term `index`.
    ::mlir::OperandRange getTermComponents(int64_t index);
    /// All components before casts to their types, which may leave extents
    /// open.
    ::llvm::SmallVector<::mlir::Value> getSizedComponents();
  }];
}

def TASD_LayoutAttr : Attr<
    CPred<"::llvm::isa<::mlir::tasd::LayoutAttrInterface>($_self)">, "layout"> {
  let storageType = "::mlir::tasd::LayoutAttrInterface";
  let returnType = "::mlir::tasd::LayoutAttrInterface";
  let convertFromStorage = "$_self";
}

def TASD_AssembleAsOp : TASD_Op<"assemble_as", [Pure]> {
  let summary = "make a series of its components in a layout";
  let description = [{
    The series that is stored in the operands, laid out for the kernels of one
    target. What they hold is trusted where they are not constants.
    `tasd-pack` makes it of `tasd.assemble`, and the other way.

    Constraints:
    - (C1) the operands' types are those of the layout's components for the shape
      of the series;
    - (C2) the series has a static shape, which the layout can store.

    Example:
    <!-- from test/Dialect/TASD/IR/roundtrip.mlir:assemble_as -->
    ```mlir
    %s = tasd.assemble_as #tasd.row_records<rows = 2, depth = 128, stride = 48>
        of %records, %begins : tensor<?xi8>, tensor<513xi32>
        -> !tasd.series<256x512xf32, 2:4, along = [1]>
    ```
  }];
  let arguments = (ins
    TASD_LayoutAttr:$layout, Variadic<AnyRankedTensor>:$components);
  let results = (outs TASD_SeriesType:$result);
  let assemblyFormat = [{
    $layout `of` $components attr-dict
    `:` type($components) `->` qualified(type($result))
  }];
  let hasVerifier = 1; // assemble_as_c1, assemble_as_c2
  let extraClassDeclaration = [{
    /// The types of the components of a series of type `type`.
    static ::llvm::SmallVector<::mlir::RankedTensorType>
    getComponentTypes(LayoutAttrInterface layout, SeriesType type);
    /// The components before casts to their types, which leave extents open.
    ::llvm::SmallVector<::mlir::Value> getSizedComponents();
  }];
}

def TASD_DisassembleOp : TASD_Op<"disassemble", [
    Pure,
    RangedTypesMatchWith<"components are those of the series", // disassemble_c1
      "series", "components",
      "::llvm::cast<SeriesType>($_self).getComponentTypes()">]> {
  let summary = "take a series apart into its packed components";
  let description = [{
    The packed form of the series, in the order of `tasd.assemble`.

    Constraints:
    - (C1) the results' types are the component types of the series.

    Example:
    <!-- from test/Dialect/TASD/IR/roundtrip.mlir:disassemble -->
    ```mlir
    %values, %metadata = tasd.disassemble %s
        : !tasd.series<256x512xf16, 2:4, along = [1]>
    ```
  }];
  let arguments = (ins TASD_SeriesType:$series);
  let results = (outs Variadic<AnyRankedTensor>:$components);
  let assemblyFormat = "$series attr-dict `:` qualified(type($series))";
  let hasFolder = 1;
}

def TASD_RankedTensorOrMemRef : AnyTypeOf<[AnyRankedTensor, AnyMemRef]>;

def TASD_PackOp : TASD_Op<"pack", [
    DestinationStyleOpInterface,
    DeclareOpInterfaceMethods<ConditionallySpeculatable>,
    DeclareOpInterfaceMethods<MemoryEffectsOpInterface>]> {
  let summary = "decompose a dense tensor into packed components";
  let description = [{
    `tasd.decompose` followed by `tasd.disassemble`, in destination-passing
    style: the packed components are written into `outputs`. On tensors the
    results are the outputs' new values; on buffers there are none. Patterns may
    have parameters of their selection, as those of `selection` of
    `tasd.decompose`.

    Constraints:
    - (C1) the input has the shape of a series with this pattern and `along`;
    - (C2) the outputs have the component types of that series;
    - (C3) all operands are tensors, with a result of each output's type, or all
      are buffers, without results;
    - (C4) `unsigned` needs an integer element type;
    - (C5) the shape of the input alone gives the sizes of the packed form.

    Example:
    <!-- from test/Dialect/TASD/IR/roundtrip.mlir:pack -->
    ```mlir
    %p:2 = tasd.pack <2:4> along [1] ins(%a : tensor<?x512xf16>)
        outs(%v, %m : tensor<?x256xf16>, tensor<?x64xi8>)
        -> tensor<?x256xf16>, tensor<?x64xi8>
    ```
  }];
  let arguments = (ins
    TASD_SeriesAttr:$series, DenseI64ArrayAttr:$along, UnitAttr:$is_unsigned,
    TASD_RankedTensorOrMemRef:$input,
    Variadic<TASD_RankedTensorOrMemRef>:$outputs);
  let results = (outs Variadic<AnyRankedTensor>:$results);
  let assemblyFormat = [{
    $series `along` $along (`unsigned` $is_unsigned^)?
    `ins` `(` $input `:` type($input) `)`
    `outs` `(` $outputs `:` type($outputs) `)`
    attr-dict (`->` type($results)^)?
  }];
  let extraClassDeclaration = [{
    ::mlir::MutableOperandRange getDpsInitsMutable() {
      return getOutputsMutable();
    }
    /// The type of the series that is packed.
    SeriesType getSeriesType();
  }];
  let hasVerifier = 1; // pack_c1 to pack_c5
}

//===----------------------------------------------------------------------===//
// Profiles
//===----------------------------------------------------------------------===//

def TASD_SeriesListAttr
    : TypedArrayAttrBase<TASD_SeriesAttr, "a list of series">;

def TASD_RecordOp : TASD_Op<"record", [
    DeclareOpInterfaceMethods<MemoryEffectsOpInterface>]> {
  let summary = "add a tensor to the profile of an operand";
  let description = [{
    Each time it runs, adds what the tensor holds to the profile of input `input`
    of the layer of this name, if the program that hosts the code collects one.
    `along` are the dimensions that blocks run along. Beside what every profile
    has, counts the non-zeros of blocks of the sizes given, measures what each
    of the series given drops and, with `full_second_moments`, the products of all
    pairs of columns. The tensor is only read.

    Constraints:
    - (C1) `along` names distinct dimensions, whose extents are static;
    - (C2) the element type is one that series can have;
    - (C3) `unsigned` needs an integer element type;
    - (C4) block sizes are from 1 to 65536, and there is each size and each series
      once;
    - (C5) the layer has a name, and the input's number is not negative.

    Example:
    <!-- from test/Dialect/TASD/IR/roundtrip.mlir:record -->
    ```mlir
    tasd.record %x as input 0 of "conv1" along [1] block_sizes [4, 8]
        series [#tasd.series<2:4>, #tasd.series<2:4+1:8>] : tensor<?x64xf32>
    ```
  }];
  let arguments = (ins
    TASD_RankedTensorOrMemRef:$tensor,
    I64Attr:$input_index, StrAttr:$layer,
    DenseI64ArrayAttr:$along, UnitAttr:$is_unsigned,
    OptionalAttr<DenseI64ArrayAttr>:$block_sizes,
    OptionalAttr<TASD_SeriesListAttr>:$series,
    UnitAttr:$full_second_moments);
  let assemblyFormat = [{
    $tensor `as` `input` $input_index `of` $layer `along` $along
    (`unsigned` $is_unsigned^)? (`block_sizes` $block_sizes^)?
    (`series` $series^)? (`full_second_moments` $full_second_moments^)?
    attr-dict `:` type($tensor)
  }];
  let extraClassDeclaration = [{
    /// What is measured beside what every profile has.
    ::tasd::sparsity::ProfileRequest getRequest();
  }];
  let hasVerifier = 1; // record_c1 to record_c5
}

//===----------------------------------------------------------------------===//
// Contraction
//===----------------------------------------------------------------------===//

def TASD_ContractOp : TASD_Op<"contract", [
    Pure, DestinationStyleOpInterface,
    AllTypesMatch<["init", "result"]>,
    DeclareOpInterfaceMethods<TilingInterface, [
      "getLoopIteratorTypes", "getIterationDomain", "getTiledImplementation",
      "getResultTilePosition"]>]> {
  let summary = "contract a series with a tensor or another series";
  let description = [{
    For every point of the loops that the indexing maps span,

    `result[map2(loops)] += lhs[map0(loops)] * rhs[map1(loops)]`,

    starting from `init`. Matrix products, batches and convolutions are told
    apart by their maps alone: a dimension of a convolved input is indexed by a
    sum of loops, `stride * output + dilation * window`. Loops that do not index
    the result are summed over.

    Inputs are cast to the element type of `init` before they are multiplied;
    integers are sign-extended, or zero-extended where the input is named in
    `unsigned_lhs` or `unsigned_rhs`. `zero_point` is subtracted from the input
    that is not a series.

    Constraints:
    - (C1) one input at least is a series;
    - (C2) there are three indexing maps, for lhs, rhs and init, over the same
      loops, without symbols, each with as many results as its operand's rank;
    - (C3) the map of `init` is a projected permutation;
    - (C4) a result of an input's map is a sum of distinct loops, each times a
      positive constant;
    - (C5) every loop stands alone in some map, where the extent is static or
      the operand dense; the extents it has there agree, and no index leaves its
      operand;
    - (C6) a blocked dimension is indexed by one loop alone, one that is summed
      over and that no other dimension of the series uses;
    - (C7) every loop that is summed over indexes both inputs;
    - (C8) inputs have the element type of `init` or a narrower one, or are
      integers where it is a float; `unsigned_*` and `zero_point` need integer
      inputs;
    - (C9) `zero_point` needs exactly one series.

    Example:
    <!-- from test/Dialect/TASD/IR/contract/roundtrip.mlir:contract -->
    ```mlir
    #a = affine_map<(m, n, k) -> (m, k)>
    #b = affine_map<(m, n, k) -> (k, n)>
    #c = affine_map<(m, n, k) -> (m, n)>
    func.func @matmul(%s: !tasd.series<8x16xf32, 2:4, along = [1]>,
                      %b: tensor<16x4xf32>, %c: tensor<8x4xf32>) -> tensor<8x4xf32> {
      %r = tasd.contract [#a, #b, #c]
          ins(%s, %b : !tasd.series<8x16xf32, 2:4, along = [1]>, tensor<16x4xf32>)
          outs(%c : tensor<8x4xf32>)
      return %r : tensor<8x4xf32>
    }
    ```
  }];
  let arguments = (ins
    AffineMapArrayAttr:$indexing_maps,
    UnitAttr:$unsigned_lhs, UnitAttr:$unsigned_rhs,
    AnyTypeOf<[TASD_SeriesType, AnyRankedTensor]>:$lhs,
    AnyTypeOf<[TASD_SeriesType, AnyRankedTensor]>:$rhs,
    AnyRankedTensor:$init,
    Optional<I32>:$zero_point);
  let results = (outs AnyRankedTensor:$result);
  let assemblyFormat = [{
    $indexing_maps (`unsigned_lhs` $unsigned_lhs^)?
    (`unsigned_rhs` $unsigned_rhs^)?
    `ins` `(` $lhs `,` $rhs `:` type($lhs) `,` type($rhs) `)`
    `outs` `(` $init `:` type($init) `)` (`zero_point` $zero_point^)? attr-dict
  }];
  let extraClassDeclaration = [{
    ::mlir::MutableOperandRange getDpsInitsMutable() {
      return getInitMutable();
    }
    /// The maps, types and casts of this op.
    ::mlir::tasd::Contraction getContraction();
    ::mlir::AffineMap getMap(unsigned operand) {
      return ::llvm::cast<::mlir::AffineMapAttr>(getIndexingMaps()[operand])
          .getValue();
    }
    /// Tiles of loop `loop` begin at multiples of this: 1 for loops that no
    /// series is blocked along, 0 for those that must stay whole.
    int64_t getTileMultiple(unsigned loop);
    /// Whether a series is blocked along the dimension that `loop` indexes.
    bool isBlocked(unsigned loop);
    /// Removes what holds for a whole layer and not for this part of it: its
    /// mapping and its cost.
    void removeMappingAndCost();
  }];
  let hasVerifier = 1; // contract_c1 to contract_c9
}

#endif // TASD_DIALECT_TASD_IR_TASDOPS
