//===- TTCTypes.td - Arguments, rings and what is in them --*- tablegen -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The types of the dialect. They live inside programs.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_DIALECT_TTC_IR_TTCTYPES
#define TASD_DIALECT_TTC_IR_TTCTYPES

include "mlir/IR/AttrTypeBase.td"
include "tasd/Dialect/TTC/IR/TTCDialect.td"

class TTC_Type<string name, string typeMnemonic> : TypeDef<TTC_Dialect, name> {
  let mnemonic = typeMnemonic;
}

//===----------------------------------------------------------------------===//
// Tensors of the launch
//===----------------------------------------------------------------------===//

def TTC_TensorArgumentType : TTC_Type<"TensorArgument", "tensor"> {
  let summary = "a dense tensor that comes with the launch";
  let description = [{
    Its integers know their sign, which those of the host's tensors do not.

    Constraints:
    - (C1) the element type is f64, f32, f16, bf16, f8E4M3FN, si32, ui32, si8 or
      ui8;
    - (C2) no extent is negative or dynamic, and their product is at most 2^48.

    Example: `!ttc.tensor<1x58x58x64xsi8>`
  }];
  let parameters = (ins
    ArrayRefParameter<"int64_t">:$shape, "::mlir::Type":$elementType);
  let hasCustomAssemblyFormat = 1;
  let genVerifyDecl = 1; // tensor_c1, tensor_c2
  let extraClassDeclaration = [{
    /// The type of the tensor in host code.
    ::mlir::RankedTensorType getHostType() const;
  }];
}

def TTC_PackedArgumentType : TTC_Type<"PackedArgument", "packed"> {
  let summary = "the packed terms of a series that come with the launch";
  let description = [{
    The packed form of a dense operand of the shape batch x rows x columns,
    blocked along its columns. A launch gives two tensors a term: the values,
    and the metadata; whatever their ranks, their rows are all coordinates
    (batch, row) in order.

    Constraints:
    - (C1) there are three extents, none negative or dynamic, whose product is
      at most 2^48;
    - (C2) the element type is as that of `!ttc.tensor`;
    - (C3) the patterns say what is stored alone, in a packed form of fixed size.

    Example: `!ttc.packed<1x64x576xsi8, 2:4+1:8>`
  }];
  let parameters = (ins
    ArrayRefParameter<"int64_t">:$shape, "::mlir::Type":$elementType,
    "::mlir::tasd::SeriesAttr":$series);
  let hasCustomAssemblyFormat = 1;
  let genVerifyDecl = 1; // packed_c1 to packed_c3
  let extraClassDeclaration = [{
    /// The types of the components in host code, as matrices: those of the
    /// first term, then of the second, and so on.
    ::llvm::SmallVector<::mlir::RankedTensorType> getHostTypes() const;
  }];
}

//===----------------------------------------------------------------------===//
// Rings
//===----------------------------------------------------------------------===//

class TTC_TileLikeType<string name, string typeMnemonic>
    : TTC_Type<name, typeMnemonic> {
  let parameters = (ins
    EnumParameter<TTC_Operand>:$operand, "int64_t":$rows, "int64_t":$columns);
  let assemblyFormat = [{
    `<` $operand `,` custom<Extents>($rows, $columns) `>`
  }];
  let genVerifyDecl = 1;
}

def TTC_RingType : TTC_TileLikeType<"Ring", "ring"> {
  let summary = "a queue of tiles between two units";
  let description = [{
    The operand whose tiles it holds, and their extents: M and K of A, N and K
    of B, M and N of Z.

    Constraints:
    - (C1) extents are positive, and their product is at most 2^48.

    Example: `!ttc.ring<b, 64x128>`
  }];
}

def TTC_TileType : TTC_TileLikeType<"Tile", "tile"> {
  let summary = "a tile that a unit has acquired";
  let description = [{
    The oldest tile of a ring, from its `ttc.acquire` to its `ttc.release`.

    Constraints:
    - (C1) extents are positive, and their product is at most 2^48.

    Example: `!ttc.tile<b, 64x128>`
  }];
}

class TTC_MatrixType<string name, string typeMnemonic>
    : TTC_Type<name, typeMnemonic> {
  let parameters = (ins "int64_t":$rows, "int64_t":$columns);
  let assemblyFormat = "`<` custom<Extents>($rows, $columns) `>`";
  let genVerifyDecl = 1;
}

def TTC_AccumulatorsType : TTC_MatrixType<"Accumulators", "accumulators"> {
  let summary = "a slot of accumulators";
  let description = [{
    M x N sums, from their `ttc.begin` to their `ttc.end`.

    Constraints:
    - (C1) extents are positive, and their product is at most 2^48.

    Example: `!ttc.accumulators<64x64>`
  }];
}

def TTC_TermsType : TTC_MatrixType<"Terms", "terms"> {
  let summary = "terms that the TASD units extracted";
  let description = [{
    All terms of M x K elements of A, until the next `ttc.decompose`.

    Constraints:
    - (C1) extents are positive, and their product is at most 2^48.

    Example: `!ttc.terms<64x128>`
  }];
}

def TTC_TokenType : TTC_Type<"Token", "token"> {
  let summary = "a counter of signals";
  let description = [{
    A signal counts up, a wait blocks its unit until it can count down.
  }];
}

#endif // TASD_DIALECT_TTC_IR_TTCTYPES
