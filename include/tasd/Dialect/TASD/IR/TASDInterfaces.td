//===- TASDInterfaces.td - The pattern attribute interface -*- tablegen -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The one interface behind which every pattern stands.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_DIALECT_TASD_IR_TASDINTERFACES
#define TASD_DIALECT_TASD_IR_TASDINTERFACES

include "mlir/IR/OpBase.td"

def TASD_PatternAttrInterface : AttrInterface<"PatternAttrInterface"> {
  let cppNamespace = "::mlir::tasd";
  let description = [{
    An attribute that names a pattern: where a term may have non-zeros. All that
    passes ask of a pattern (its text, its bound on density, its packed form,
    selection) stands in the dialect-free `sparsity::Pattern` it returns, so
    that compiler, run time and simulator share one implementation.

    A pattern from outside the dialect is an attribute with this interface,
    announced by `TASDDialect::registerPattern`.
  }];
  let methods = [
    InterfaceMethod<"The pattern this attribute names.",
      "::tasd::sparsity::PatternRef", "getPattern">
  ];
}

#endif // TASD_DIALECT_TASD_IR_TASDINTERFACES
