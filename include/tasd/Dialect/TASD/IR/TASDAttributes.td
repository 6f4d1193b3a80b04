//===- TASDAttributes.td - Patterns, series, plans, profiles -*- tablegen -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The attributes of the dialect.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_DIALECT_TASD_IR_TASDATTRIBUTES
#define TASD_DIALECT_TASD_IR_TASDATTRIBUTES

include "mlir/IR/AttrTypeBase.td"
include "tasd/Dialect/TASD/IR/TASDDialect.td"
include "tasd/Dialect/TASD/IR/TASDInterfaces.td"

class TASD_Attr<string name, string attrMnemonic, list<Trait> traits = []>
    : AttrDef<TASD_Dialect, name, traits> {
  let mnemonic = attrMnemonic;
}

def TASD_NMAttr : TASD_Attr<"NM", "nm",
    [DeclareAttrInterfaceMethods<TASD_PatternAttrInterface>]> {
  let summary = "the N:M pattern";
  let description = [{
    At most N non-zeros, those of largest magnitude, in each block of M
    consecutive elements.

    Constraints:
    - (C1) 1 <= N <= M <= 64.

    Example: `#tasd.nm<2:4>`
  }];
  let parameters = (ins "int64_t":$n, "int64_t":$m);
  let assemblyFormat = "`<` $n `` `:` `` $m `>`";
  let genVerifyDecl = 1; // nm_c1
}

def TASD_TileWiseAttr : TASD_Attr<"TileWise", "tile_wise",
    [DeclareAttrInterfaceMethods<TASD_PatternAttrInterface>]> {
  let summary = "the pattern of compacted tiles";
  let description = [{
    Rows of the tensor whose norm exceeds `columns` are cut into tiles of
    `granularity`; each tile keeps the columns whose norm in it exceeds `rows`.
    What a tile keeps is dense, or obeys the inner pattern. The words are those
    for weights whose columns are the outputs. With `consecutive`, tiles are of
    as many rows as they come, and drop none. With `rms` root mean squares stand
    in the place of norms. In series it is written
    `tw(128, columns = 0.5, rows = 0.25, score = rms)*2:4`, and `tw1` where
    consecutive.

    Constraints:
    - (C1) 1 <= granularity <= 2^31 - 1;
    - (C2) thresholds are positive, finite and of type f64;
    - (C3) consecutive tiles have no threshold for columns;
    - (C4) the inner pattern has blocks, and a packed form of fixed size.

    Example: `#tasd.tile_wise<granularity = 128, columns = 0.5, inner = #tasd.nm<2:4>>`
  }];
  let parameters = (ins
    "int64_t":$granularity,
    DefaultValuedParameter<"bool", "false">:$consecutive,
    OptionalParameter<"::mlir::FloatAttr", "null for 0">:$columns,
    OptionalParameter<"::mlir::FloatAttr", "null for 0">:$rows,
    DefaultValuedParameter<"bool", "false">:$rms,
    OptionalParameter<"::mlir::tasd::PatternAttrInterface">:$inner);
  let assemblyFormat = "`<` struct(params) `>`";
  let genVerifyDecl = 1; // tile_wise_c1 to tile_wise_c4
}

def TASD_BlockSparseAttr : TASD_Attr<"BlockSparse", "block_sparse",
    [DeclareAttrInterfaceMethods<TASD_PatternAttrInterface>]> {
  let summary = "the pattern of kept blocks, and of kept elements";
  let description = [{
    Blocks of `rows` times `columns` elements of the tensor, kept where the root
    of their mean square exceeds `above`. In series it is written
    `bsr(32x32, above = 0.1)`, and `csr(above = 0.1)` for blocks of one element.

    Constraints:
    - (C1) 1 <= rows, columns <= 65536;
    - (C2) the threshold is positive, finite and of type f64.

    Example: `#tasd.block_sparse<rows = 32, columns = 32, above = 0.1>`
  }];
  let parameters = (ins
    "int64_t":$rows, "int64_t":$columns,
    OptionalParameter<"::mlir::FloatAttr", "null for 0">:$above);
  let assemblyFormat = "`<` struct(params) `>`";
  let genVerifyDecl = 1; // block_sparse_c1, block_sparse_c2
}

def TASD_RowRecordsAttr : TASD_Attr<"RowRecords", "row_records",
    [DeclareAttrInterfaceMethods<TASD_LayoutAttrInterface>]> {
  let summary = "the layout of groups of rows as lists of records";
  let description = [{
    For kernels that multiply `rows` rows of the series at a time by a panel of
    the other operand: `depth` successive columns of the series, each at a
    distance of `stride` elements from the next. The rows are cut into `batches`
    ranges, each multiplied by an operand of its own. The components are the
    records, as bytes, and the number of the first record of each list.

    Constraints:
    - (C1) all parameters are positive, and depth * stride <= 65536.

    Example: `#tasd.row_records<rows = 2, depth = 128, stride = 48>`
  }];
  let parameters = (ins
    DefaultValuedParameter<"int64_t", "1">:$batches,
    "int64_t":$rows, "int64_t":$depth, "int64_t":$stride);
  let assemblyFormat = "`<` struct(params) `>`";
  let genVerifyDecl = 1; // row_records_c1
}

def TASD_LaneRowsAttr : TASD_Attr<"LaneRows", "lane_rows",
    [DeclareAttrInterfaceMethods<TASD_LayoutAttrInterface>]> {
  let summary = "the layout of rows side by side in the lanes";
  let description = [{
    For kernels that multiply by a single vector: `lanes` rows of the series go
    together, one in each lane of a register. The components are the values, the
    places of their columns within blocks of `lanes` columns (four bits each),
    the first columns of these blocks, and the first slot of each group of rows.

    Constraints:
    - (C1) lanes are an even number of at most 16.

    Example: `#tasd.lane_rows<lanes = 8>`
  }];
  let parameters = (ins "int64_t":$lanes);
  let assemblyFormat = "`<` struct(params) `>`";
  let genVerifyDecl = 1; // lane_rows_c1
}

def TASD_SeriesAttr : TASD_Attr<"Series", "series"> {
  let summary = "an ordered list of patterns";
  let description = [{
    Patterns in the order in which they are applied: each term keeps what it may
    of what the terms before it left. Nothing reorders or merges them. Patterns
    may have parameters of their selection, as a threshold; what is stored does
    not depend on these, and types hold the patterns without them.

    Constraints:
    - (C1) between one and 254 patterns.

    Example: `#tasd.series<2:4+1:8>`
  }];
  let parameters = (ins
    ArrayRefParameter<"::mlir::tasd::PatternAttrInterface">:$patterns);
  let hasCustomAssemblyFormat = 1;
  let genVerifyDecl = 1; // series_c1
  let extraClassDeclaration = [{
    /// Parses the text of a series, as in "2:4+1:8". Errors go to `emitError`.
    static ::mlir::FailureOr<SeriesAttr>
    parseText(::mlir::MLIRContext *context, ::llvm::StringRef text,
              ::llvm::function_ref<::mlir::InFlightDiagnostic()> emitError);

    /// Parses a series inside other assembly, without the angle brackets.
    static ::mlir::FailureOr<SeriesAttr> parseBare(::mlir::AsmParser &parser);

    /// The attribute of a series whose families are registered.
    static SeriesAttr get(::mlir::MLIRContext *context,
                          const ::tasd::sparsity::Series &series);

    /// The text, as in "2:4+1:8".
    std::string getText() const;

    /// The dialect-free series.
    ::tasd::sparsity::Series getSeries() const;

    /// The series that consists of pattern `index` alone.
    SeriesAttr getTerm(int64_t index) const;

    /// What types hold once this series has been selected: the patterns
    /// without the parameters of their selection.
    SeriesAttr getStored() const;

    /// This series where it says more of the selection than its stored form
    /// does, else null.
    SeriesAttr getSelection() const;

    /// Whether the shape of a tensor alone gives the sizes of the packed form.
    bool hasFixedSize() const { return findRunTimeObstacle().empty(); }

    /// Why nothing can be decomposed by this series at run time; empty if all
    /// can.
    std::string findRunTimeObstacle() const;

    size_t size() const { return getPatterns().size(); }
  }];
}

def TASD_OperandPlanAttr : TASD_Attr<"OperandPlan", "operand_plan"> {
  let summary = "the series of one operand";
  let description = [{
    Along which dimensions of the operand blocks run (flattened in that order),
    and whether the operand is decomposed when compiled (a constant) or when run.

    Constraints:
    - (C1) `along` names at least one dimension, each once, none negative.

    Example: `#tasd.operand_plan<2:4+1:8 along [0, 1, 2] at compile_time>`
  }];
  let parameters = (ins
    "::mlir::tasd::SeriesAttr":$series,
    ArrayRefParameter<"int64_t">:$along,
    EnumParameter<TASD_DecomposeTime>:$time);
  let hasCustomAssemblyFormat = 1;
  let genVerifyDecl = 1; // operand_plan_c1
  let extraClassDeclaration = [{
    /// Parses the plan of an operand, without the angle brackets.
    static ::mlir::FailureOr<OperandPlanAttr>
    parseBare(::mlir::AsmParser &parser);
    void printBare(::mlir::AsmPrinter &printer) const;
  }];
}

def TASD_MappingAttr : TASD_Attr<"Mapping", "mapping"> {
  let summary = "how a layer runs on a machine";
  let description = [{
    The name of the machine, which input of the layer is its operand A (the one
    whose terms it knows), and the nest of loops, a line for each level of the
    machine, as in a mapping file. What a line says is for the cost model to read.

    Constraints:
    - (C1) the machine has a name;
    - (C2) operand A is input 0 or 1;
    - (C3) there is a line for a level at least, and none is empty or has a line
      break.

    Example: `#tasd.mapping<"sa-128", a = 1, ["DRAM: for M in [0:2)", "SMEM:"]>`
  }];
  let parameters = (ins
    "::mlir::StringAttr":$machine,
    "int64_t":$a,
    ArrayRefParameter<"::mlir::StringAttr">:$levels);
  let assemblyFormat =
      "`<` $machine `,` `a` `=` $a `,` `[` $levels `]` `>`";
  let genVerifyDecl = 1; // mapping_c1 to mapping_c3
  let extraClassDeclaration = [{
    /// The lines of a text, without empty ones.
    static ::mlir::FailureOr<MappingAttr>
    parseText(::mlir::StringAttr machine, int64_t a, ::llvm::StringRef text,
              ::llvm::function_ref<::mlir::InFlightDiagnostic()> emitError);

    /// The lines, each with a line break.
    std::string getText() const;
  }];
}

def TASD_PlanAttr : TASD_Attr<"Plan", "plan"> {
  let summary = "the decision for one op";
  let description = [{
    One entry for each input of a contraction or convolution, in the order of
    its operands: the plan of the operand, or `dense` for one that stays as it
    is; and the mapping, when a machine was given. Set as the discardable
    attribute `tasd.plan`, by hand or by `tasd-plan`. A plan without a series
    says how a layer left dense is mapped.

    Constraints, the first four of which are checked on the op that carries the
    plan:
    - (C1) the op is a linalg op on tensors;
    - (C2) there is one entry for each input of the op;
    - (C3) `along` names dimensions of the operand whose extents are static, as
      those of a series have to be;
    - (C4) the operand's element type is one that series can have;
    - (C5) where one of the first two inputs has a series, it is operand A of the
      mapping.

    Examples: `#tasd.plan<dense, 2:4+1:8 along [0, 1, 2] at compile_time>`,
    `#tasd.plan<dense, dense, mapping = <"sa-128", a = 1, ["DRAM:", "SMEM:"]>>`
  }];
  let parameters = (ins
    ArrayRefParameter<"::mlir::tasd::OperandPlanAttr", "null where dense">:$inputs,
    OptionalParameter<"::mlir::tasd::MappingAttr", "null without a machine">:$mapping);
  let hasCustomAssemblyFormat = 1;
  let genVerifyDecl = 1; // plan_c5
  let extraClassDeclaration = [{
    /// The same plan with a mapping.
    PlanAttr withMapping(MappingAttr mapping) const;

    /// Whether no input has a series.
    bool isDense() const;
  }];
}

def TASD_SeriesProfileAttr : TASD_Attr<"SeriesProfile", "series_profile"> {
  let summary = "what a series drops of an operand";
  let description = [{
    How many non-zeros, and the sums of |a| and a^2 over them.

    Constraints:
    - (C1) none is negative, and sums are finite.

    Example: `#tasd.series_profile<2:4 drops non_zeros = 12, magnitude = 0.5,
    squared_norm = 0.25>`
  }];
  let parameters = (ins
    "::mlir::tasd::SeriesAttr":$series,
    "int64_t":$numNonZeros,
    APFloatParameter<"sum of |a|">:$magnitude,
    APFloatParameter<"sum of a^2">:$squaredNorm);
  let hasCustomAssemblyFormat = 1;
  let genVerifyDecl = 1; // series_profile_c1
}

def TASD_OperandProfileAttr : TASD_Attr<"OperandProfile", "operand_profile"> {
  let summary = "statistics of one operand, measured on data";
  let description = [{
    Along which dimensions of the operand blocks run, as its series would be
    blocked; the number of elements and of non-zeros, and the sums of |a| and
    a^2, over all data; the share of elements that holds the given share of the
    magnitude. Then, where they were measured: for each block size M how many
    blocks have 0, 1, ..., M non-zeros; the mean of a^2 over each column, an index
    into the blocked dimensions, flattened; and what series drop.

    Constraints:
    - (C1) `along` names at least one dimension, each once, none negative;
    - (C2) there are elements, and not more non-zeros;
    - (C3) sums and means are finite and not negative;
    - (C4) shares are from 0 to 1;
    - (C5) a histogram has a count for 0, 1, ..., M non-zeros, 1 <= M <= 65536,
      none negative; there is one for each M at most;
    - (C6) each series stands once, and drops at most the non-zeros that there
      are.

    Example:
    <!-- from test/Dialect/TASD/IR/attributes/roundtrip.mlir:operand-profile -->
    ```mlir
    #tasd.operand_profile<along [3], elements = 64, non_zeros = 20,
        magnitude = 0.1, squared_norm = 0.30000000000000004,
        pseudo_density = 0.25 at 0.99,
        histograms = [[4, 8, 2, 2, 0], [1, 3, 3, 1, 0, 0, 0, 0, 0]],
        second_moments = [0.5, 0.0],
        series = [<2:4 drops non_zeros = 2, magnitude = 0.125, squared_norm = 0.015625>]>
    ```
  }];
  let parameters = (ins
    ArrayRefParameter<"int64_t">:$along,
    "int64_t":$numElements,
    "int64_t":$numNonZeros,
    APFloatParameter<"sum of |a|">:$magnitude,
    APFloatParameter<"sum of a^2">:$squaredNorm,
    APFloatParameter<"share of elements">:$pseudoDensityValue,
    APFloatParameter<"share of magnitude that it is for">:$shareValue,
    ArrayRefParameter<"::mlir::DenseI64ArrayAttr", "counts of blocks">:$histograms,
    OptionalParameter<"::mlir::DenseF64ArrayAttr", "null where not measured">:$columnMoments,
    ArrayRefParameter<"::mlir::tasd::SeriesProfileAttr">:$series);
  let hasCustomAssemblyFormat = 1;
  let genVerifyDecl = 1; // operand_profile_c1 to operand_profile_c6
  let extraClassDeclaration = [{
    /// What was measured, with the pseudo-density for a share of magnitude.
    static OperandProfileAttr
    get(::mlir::MLIRContext *context, ::llvm::ArrayRef<int64_t> along,
        const ::tasd::sparsity::OperandProfile &profile, double share);

    /// The share of non-zeros.
    double getDensity() const { return getMetrics().getDensity(); }
    /// The smallest share of elements that holds the share getShare() of the
    /// magnitude.
    double getPseudoDensity() const;
    double getShare() const;
    /// Counts and sums over all elements.
    ::tasd::sparsity::TensorMetrics getMetrics() const;
    /// The histogram of blocks of this size; none where it was not measured.
    ::std::optional<::tasd::sparsity::BlockHistogram>
    getHistogram(int64_t blockSize) const;
    /// The mean of a^2 over each column; empty where it was not measured.
    ::llvm::ArrayRef<double> getSecondMoments() const;
    /// What a series keeps and drops; none where it was not measured.
    ::std::optional<::tasd::sparsity::SeriesMetrics>
    getSeriesMetrics(SeriesAttr series) const;
  }];
}

def TASD_ProfileAttr : TASD_Attr<"Profile", "profile"> {
  let summary = "statistics of the inputs of one op";
  let description = [{
    One entry for each input of a contraction or convolution, in the order of its
    operands: its statistics, or `none` where they were not measured, as of
    weights. Set as the discardable attribute `tasd.profile` by `tasd-profile`.

    Constraints, checked on the op that carries the profile:
    - (C1) the op is a linalg op on tensors;
    - (C2) there is one entry for each input of the op;
    - (C3) `along` names dimensions of the operand, a ranked tensor, whose extents
      are static;
    - (C4) the operand's element type is one that series can have;
    - (C5) there are as many second moments as columns, where there are any.

    Example:
    <!-- from test/Dialect/TASD/IR/attributes/roundtrip.mlir:profile -->
    ```mlir
    %r = linalg.matmul {tasd.profile = #tasd.profile<
          <along [1], elements = 4, non_zeros = 3, magnitude = 4.0, squared_norm = 5.0,
           pseudo_density = 0.75 at 0.99, second_moments = [0.5, 2.0]>,
          none>}
        ins(%a, %b : tensor<?x2xf32>, tensor<2x4xf32>)
        outs(%c : tensor<?x4xf32>) -> tensor<?x4xf32>
    ```
  }];
  let parameters = (ins
    ArrayRefParameter<"::mlir::tasd::OperandProfileAttr", "null where not measured">:$inputs);
  let hasCustomAssemblyFormat = 1;
}

#endif // TASD_DIALECT_TASD_IR_TASDATTRIBUTES
