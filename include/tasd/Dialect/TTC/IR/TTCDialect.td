//===- TTCDialect.td - The ttc dialect ---------------------*- tablegen -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The dialect and its enumerations.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_DIALECT_TTC_IR_TTCDIALECT
#define TASD_DIALECT_TTC_IR_TTCDIALECT

include "mlir/IR/DialectBase.td"
include "mlir/IR/EnumAttr.td"
include "mlir/IR/OpBase.td"

def TTC_Dialect : Dialect {
  let name = "ttc";
  let cppNamespace = "::mlir::ttc";
  let summary = "programs of the accelerator, in instructions on tiles";
  let description = [{
    A program computes one layer, `Z[G,M,N] += A[G,M,K] * B[G,K,N]`, on one
    machine, where A may be a series. It is one nest of counted loops with
    instructions on tiles in it. Every unit of the machine walks the whole
    program for itself, and executes the instructions that are its own: a load
    channel for each ring, one store channel, and the array with its
    accumulators and TASD units. Rings hold the tiles that pass from unit to
    unit.

    Host code runs a program with `ttc.launch`.
  }];
  let dependentDialects = ["::mlir::tasd::TASDDialect"];
  let useDefaultAttributePrinterParser = 1;
  let useDefaultTypePrinterParser = 1;
  let extraClassDeclaration = [{
  private:
    void registerAttributes();
    void registerTypes();

  public:
    /// On a layer that the accelerator does not compute: the reason, a string.
    static constexpr ::llvm::StringLiteral kHostAttrName = "ttc.host";
    /// Of a launch: which of those of its layer it is.
    static constexpr ::llvm::StringLiteral kPartAttrName = "ttc.part";
    /// On a module: those layers, each a dictionary of its `name`, `reason` and,
    /// where its extents are static, `macs`.
    static constexpr ::llvm::StringLiteral kHostLayersAttrName =
        "ttc.host_layers";
  }];
}

class TTC_Enum<string name, string summary, list<I32EnumAttrCase> cases>
    : I32EnumAttr<name, summary, cases> {
  let cppNamespace = "::mlir::ttc";
}

def TTC_Operand : TTC_Enum<"Operand", "an operand of the product", [
  I32EnumAttrCase<"A", 0, "a">, I32EnumAttrCase<"B", 1, "b">,
  I32EnumAttrCase<"Z", 2, "z">]>;

def TTC_Dimension : TTC_Enum<"Dimension", "a dimension of the product", [
  I32EnumAttrCase<"M", 0, "m">, I32EnumAttrCase<"N", 1, "n">,
  I32EnumAttrCase<"K", 2, "k">]>;

def TTC_MicroLoopKind : TTC_Enum<"MicroLoopKind",
  "where a loop of the array runs", [
  I32EnumAttrCase<"Temporal", 0, "temporal">,
  I32EnumAttrCase<"SpatialX", 1, "spatial_x">,
  I32EnumAttrCase<"SpatialY", 2, "spatial_y">]>;

#endif // TASD_DIALECT_TTC_IR_TTCDIALECT
