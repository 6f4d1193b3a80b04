//===- TTCAttributes.td - Axes of tensors and nests of loops -*- tablegen -*-=//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The attributes of the dialect.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_DIALECT_TTC_IR_TTCATTRIBUTES
#define TASD_DIALECT_TTC_IR_TTCATTRIBUTES

include "mlir/IR/AttrTypeBase.td"
include "tasd/Dialect/TTC/IR/TTCDialect.td"

class TTC_Attr<string name, string attrMnemonic>
    : AttrDef<TTC_Dialect, name> {
  let mnemonic = attrMnemonic;
  let hasCustomAssemblyFormat = 1;
  let genVerifyDecl = 1;
}

def TTC_DigitAttr : TTC_Attr<"Digit", "digit"> {
  let summary = "a digit of a coordinate";
  let description = [{
    A step of the digit moves the index of a dimension of the tensor by `scale`,
    which is 1 unless it is written.

    Constraints:
    - (C1) the extent is positive, the scale and the dimension are not negative.

    Example: `#ttc.digit<28 on 1 by 2>`
  }];
  let parameters = (ins
    "int64_t":$extent, "int64_t":$dimension, "int64_t":$scale);
  let extraClassDeclaration = [{
    /// Parses the digit inside other assembly, without the angle brackets.
    static ::mlir::FailureOr<DigitAttr> parseBare(::mlir::AsmParser &parser);
    void printBare(::mlir::AsmPrinter &printer) const;
  }];
}

def TTC_AxesAttr : TTC_Attr<"Axes", "axes"> {
  let summary = "how coordinates become indices of a tensor";
  let description = [{
    The digits of the batch, row and column coordinate, the most significant
    first, in a mixed radix. The index of a dimension of the tensor is the sum
    of the digits on it, each times its scale. Without digits the only
    coordinate is 0.

    This one form says every transposition, batch and group, and convolutions
    of any rank, stride and dilation: the K of B has the digits of the window
    and of the channels, N those of the output's positions.

    Rows or columns may be gathered, as those that a tile-wise pattern keeps: a
    coordinate is then the position of a list, and what stands there is what
    digits are taken of.

    Constraints:
    - (C1) an axis has at most 2^48 coordinates;
    - (C2) what is gathered ascends, from 0 on, and is below the product of the
      digits' extents.

    Examples:
    `#ttc.axes<batch [], rows [28 on 0 by 2, 28 on 1 by 2], columns [3 on 0, 3 on 1, 64 on 2]>`,
    `#ttc.axes<batch [], rows [32 on 1], columns [256 on 0] at [0, 3, 7, 200]>`
  }];
  let parameters = (ins
    ArrayRefParameter<"::mlir::ttc::DigitAttr">:$batch,
    ArrayRefParameter<"::mlir::ttc::DigitAttr">:$rows,
    ArrayRefParameter<"::mlir::ttc::DigitAttr">:$columns,
    OptionalParameter<"::mlir::DenseI64ArrayAttr", "null for all rows">:$gatheredRows,
    OptionalParameter<"::mlir::DenseI64ArrayAttr", "null for all columns">:$gatheredColumns);
}

def TTC_MicroLoopAttr : TTC_Attr<"MicroLoop", "micro_loop"> {
  let summary = "a loop that the array runs by itself";
  let description = [{
    Which dimension it runs along, its bound, the level of the machine inside
    which it runs, and whether it runs in time, which is not written, or across
    the units.

    Constraints:
    - (C1) the bound is positive, the level is not negative.

    Example: `#ttc.micro_loop<k 2 at 3 spatial_x>`
  }];
  let parameters = (ins
    EnumParameter<TTC_Dimension>:$dimension, "int64_t":$bound, "int64_t":$level,
    EnumParameter<TTC_MicroLoopKind>:$kind);
  let extraClassDeclaration = [{
    /// Parses the loop inside other assembly, without the angle brackets.
    static ::mlir::FailureOr<MicroLoopAttr>
    parseBare(::mlir::AsmParser &parser);
    void printBare(::mlir::AsmPrinter &printer) const;
  }];
}

def TTC_NestAttr : TTC_Attr<"Nest", "nest"> {
  let summary = "the nest of loops of one multiplication";
  let description = [{
    The outermost loop first. Bounds along K count places of the dense operand:
    across lanes, as many as the kept elements of the term fill.

    Constraints:
    - (C1) the bounds along each dimension have a product of at most 2^48.

    Example: `#ttc.nest<n 4 at 2, k 8 at 2, m 16 at 3 spatial_y>`
  }];
  let parameters = (ins ArrayRefParameter<"::mlir::ttc::MicroLoopAttr">:$loops);
  let extraClassDeclaration = [{
    /// The product of the bounds along a dimension.
    int64_t getExtent(::mlir::ttc::Dimension dimension) const;
  }];
}

#endif // TASD_DIALECT_TTC_IR_TTCATTRIBUTES
