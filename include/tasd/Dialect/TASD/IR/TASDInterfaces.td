//===- TASDInterfaces.td - Interfaces of attributes ------*- tablegen -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The interfaces behind which every pattern and every layout stands.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_DIALECT_TASD_IR_TASDINTERFACES
#define TASD_DIALECT_TASD_IR_TASDINTERFACES

include "mlir/IR/OpBase.td"

def TASD_PatternAttrInterface : AttrInterface<"PatternAttrInterface"> {
  let cppNamespace = "::mlir::tasd";
  let description = [{
    An attribute that names a pattern: where a term may have non-zeros. What can
    be asked of a pattern without MLIR (its text, its bound on density, its
    packed form, selection) stands in the dialect-free `sparsity::Pattern` it
    returns, so that compiler, run time and simulator share one implementation.
    What is left is how generated code reads a packed term: as rows of slots,
    each with a value and the column it belongs to.

    A pattern from outside the dialect is an attribute with this interface,
    announced by `TASDDialect::registerPattern`.
  }];
  let methods = [
    InterfaceMethod<"The pattern this attribute names.",
      "::tasd::sparsity::PatternRef", "getPattern">,
    InterfaceMethod<[{
        Builds the number of slots (an index) of row `row` (an index for each row
        dimension) of the packed term with these components, whose type is
        `type`: a constant, or read from the components. Of a part of a term that
        is one itself, `type` may have more rows and columns than the components.
      }],
      "::mlir::Value", "buildNumSlots",
      (ins "::mlir::OpBuilder &":$builder, "::mlir::Location":$loc,
           "::mlir::tasd::SeriesType":$type, "::mlir::ValueRange":$components,
           "::mlir::ValueRange":$row)>,
    InterfaceMethod<[{
        Builds what reads slot `slot` (an index) of row `row`. The column is
        flattened over `along`; an empty slot has a value of +0 and may have a
        column past the end.
      }],
      "::mlir::tasd::Slot", "buildSlot",
      (ins "::mlir::OpBuilder &":$builder, "::mlir::Location":$loc,
           "::mlir::tasd::SeriesType":$type, "::mlir::ValueRange":$components,
           "::mlir::ValueRange":$row, "::mlir::Value":$slot)>
  ];
}

def TASD_LayoutAttrInterface : AttrInterface<"LayoutAttrInterface"> {
  let cppNamespace = "::mlir::tasd";
  let description = [{
    An attribute that names a layout: how the kernels of a target want a series
    of constants stored. What it does without MLIR stands in the dialect-free
    `sparsity::Layout` it returns. Which layout a contraction wants is for a
    `LayoutTarget` to say.
  }];
  let methods = [
    InterfaceMethod<"The layout this attribute names.",
      "std::shared_ptr<const ::tasd::sparsity::Layout>", "getLayout">
  ];
}

#endif // TASD_DIALECT_TASD_IR_TASDINTERFACES
