//===- TASDTypes.td - The series type ----------------------*- tablegen -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The types of the dialect.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_DIALECT_TASD_IR_TASDTYPES
#define TASD_DIALECT_TASD_IR_TASDTYPES

include "mlir/IR/AttrTypeBase.td"
include "mlir/IR/BuiltinTypeInterfaces.td"
include "tasd/Dialect/TASD/IR/TASDDialect.td"

def TASD_SeriesType : TypeDef<TASD_Dialect, "Series",
    [DeclareTypeInterfaceMethods<ShapedTypeInterface>]> {
  let mnemonic = "series";
  let summary = "a tensor stored as a sum of structured-sparse terms";
  let description = [{
    Logically the dense tensor of this shape and element type, stored as the sum
    of one term for each pattern. Blocks run along the named dimensions,
    flattened in that order; all other dimensions are separate rows.

    Constraints:
    - (C1) `along` names at least one dimension of the shape, each once;
    - (C2) the extents along blocked dimensions are static;
    - (C3) the element type is f64, f32, f16, bf16, f8E4M3FN, i32 or i8;
    - (C4) the static extents, zeros aside, have a product of at most 2^48;
    - (C5) the patterns say what is stored alone: none has parameters of its
      selection.

    Example: `!tasd.series<256x512xf16, 2:4+1:8, along = [1]>`
  }];
  let parameters = (ins
    ArrayRefParameter<"int64_t">:$shape,
    "::mlir::Type":$elementType,
    "::mlir::tasd::SeriesAttr":$series,
    ArrayRefParameter<"int64_t">:$along);
  let hasCustomAssemblyFormat = 1;
  let genVerifyDecl = 1; // series_type_c1 to series_type_c5
  let extraClassDeclaration = [{
    using ::mlir::ShapedType::Trait<SeriesType>::clone;

    /// The series of that series attribute over a dense tensor type.
    static SeriesType get(::mlir::RankedTensorType tensorType,
                          ::mlir::tasd::SeriesAttr series,
                          ::llvm::ArrayRef<int64_t> along);

    /// The dense tensor this is, logically.
    ::mlir::RankedTensorType getTensorType() const;

    /// The shape with the blocked dimensions, for the Sparsity library.
    ::tasd::sparsity::BlockedShape getBlockedShape() const;

    /// The types of the packed form: the components of the first term, then of
    /// the second, and so on. Extents that depend on what is stored are dynamic.
    ::llvm::SmallVector<::mlir::RankedTensorType> getComponentTypes() const;

    /// The number of components of each term.
    ::llvm::SmallVector<int64_t> getNumComponents() const;

    /// The type of term `index`.
    SeriesType getTermType(int64_t index) const;

    /// This type with another shape.
    SeriesType withShape(::llvm::ArrayRef<int64_t> shape) const;

    bool isBlocked(int64_t dimension) const;
  }];
}

#endif // TASD_DIALECT_TASD_IR_TASDTYPES
