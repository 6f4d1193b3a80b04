//===- Profiles.td - Passes on profiles --------------------*- tablegen -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_DIALECT_TASD_TRANSFORMS_PROFILES
#define TASD_DIALECT_TASD_TRANSFORMS_PROFILES

include "mlir/Pass/PassBase.td"
include "tasd/Dialect/TASD/Transforms/CostOptions.td"

def Instrument : Pass<"tasd-instrument", "::mlir::ModuleOp"> {
  let summary = "Make layers measure their inputs when they run";
  let description = [{
    Puts a `tasd.record` before each contraction and convolution for each input
    that is no constant and that a series could be of, blocked as a series of
    activations is. `tasd-run --profile=FILE` runs the module and writes what was
    measured; results are those of the module as it was, bit for bit.

    Measured are the density, the distribution of magnitudes and the second moment
    of each column; for each block size how many blocks have how many non-zeros;
    for each series what it drops. With a machine these are, where none are given,
    those that it knows.

    Every such input gets a remark (category `tasd`, name `tasd-instrument`), with
    the reason if it is left out.
  }];
  let options = [
    TASD_MachineOption<"Machine whose block sizes and series are measured where "
                       "none are given, by its name (tasd-opt "
                       "--tasd-list-machines) or from a file.">,
    ListOption<"series", "series", "std::string",
           "Series whose loss is measured, as in 2:4,2:4+1:8.">,
    ListOption<"blockSizes", "block-sizes", "int64_t",
           "Sizes of the blocks whose non-zeros are counted, as in 4,8.">,
    Option<"secondMoments", "second-moments", "::mlir::tasd::SecondMoments",
           /*default=*/"::mlir::tasd::SecondMoments::Diagonal",
           "Which second moments are measured. All of them take as much memory as "
           "columns times columns doubles: for few layers at a time.",
           [{::llvm::cl::values(
             clEnumValN(::mlir::tasd::SecondMoments::Diagonal, "diagonal",
                        "those of each column"),
             clEnumValN(::mlir::tasd::SecondMoments::Full, "full",
                        "those of all pairs of columns too"))}]>,
    Option<"layers", "layers", "std::string", /*default=*/"\"*\"",
           "Glob of the names of the layers to measure, as in enc*.{k,v}. One "
           "that fits no layer is warned of.">,
    Option<"skip", "skip", "std::string", /*default=*/"\"\"",
           "Glob of the names of the layers to leave.">
  ];
  let statistics = [
    Statistic<"numOperands", "operands-measured", "Number of inputs measured">,
    Statistic<"numLeftOut", "operands-left-out",
              "Number of inputs that no series could be of">
  ];
  let dependentDialects = ["::mlir::tasd::TASDDialect"];
}

def Profile : Pass<"tasd-profile", "::mlir::ModuleOp"> {
  let summary = "Attach what was measured to layers";
  let description = [{
    Sets `tasd.profile` on the layers that the profiles name, in place of one that
    was there. Several files are merged: the profile is that of all their data at
    once, in whatever order, so none may be given twice. The profile has to be of
    this module: an operand of another shape is an error, and so is a layer that the
    module does not have, unless `allow-others` says that it may be a part of what
    was measured.
  }];
  let options = [
    ListOption<"files", "file", "std::string",
           "Files that tasd-run --profile wrote, as in a.json,b.json.">,
    Option<"share", "share", "double", /*default=*/"0.99",
           "Share of the magnitude, 0 to 1, that the pseudo-density is for.">,
    Option<"allowOthers", "allow-others", "bool", /*default=*/"false",
           "Leave out layers that the module does not have.">
  ];
  let statistics = [
    Statistic<"numOperands", "operands-profiled", "Number of inputs profiled">,
    Statistic<"numLeftOut", "operands-left-out",
              "Number of inputs of layers that the module does not have">
  ];
  let dependentDialects = ["::mlir::tasd::TASDDialect"];
}

def PrintProfile : Pass<"tasd-print-profile", "::mlir::ModuleOp"> {
  let summary = "Print what was measured of every layer as a table";
  let description = [{
    Layer, input, elements over all data, density, pseudo-density and the share of
    magnitude that it is for, and what each series measured keeps of the
    magnitude. Inputs without a profile are left out.
  }];
  let options = [
    Option<"file", "file", "std::string", /*default=*/"\"-\"",
           "File to write to; - is the standard output.">,
    Option<"json", "json", "bool", /*default=*/"false",
           "Write JSON instead of a table.">
  ];
  let statistics = [
    Statistic<"numOperands", "operands", "Number of inputs printed">
  ];
}

#endif // TASD_DIALECT_TASD_TRANSFORMS_PROFILES
