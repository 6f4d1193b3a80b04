//===- Series.td - Passes on layers and their series -------*- tablegen -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_DIALECT_TASD_TRANSFORMS_SERIES
#define TASD_DIALECT_TASD_TRANSFORMS_SERIES

include "mlir/Pass/PassBase.td"

//===----------------------------------------------------------------------===//
// Layers
//===----------------------------------------------------------------------===//

def MergeBatches : Pass<"tasd-merge-batches"> {
  let summary = "Multiply all batches at once where they share the weights";
  let description = [{
    `linalg.batch_matmul` by a matrix that was broadcast to every batch becomes one
    `linalg.matmul` on the rows of all batches, and the copies go. Converters write a
    linear layer on tensors of three and more dimensions that way. Layers that have
    a plan stay as they are.
  }];
  let statistics = [
    Statistic<"numMerged", "matmuls-merged", "Number of batch matmuls merged">
  ];
  let dependentDialects = [
    "::mlir::linalg::LinalgDialect", "::mlir::tensor::TensorDialect"
  ];
}

//===----------------------------------------------------------------------===//
// Better terms
//===----------------------------------------------------------------------===//

def PermuteReduction : Pass<"tasd-permute-reduction", "::mlir::ModuleOp"> {
  let summary = "Put channels in an order in which series keep more";
  let description = [{
    A layer sums over its channels in any order, and a series of its weights drops
    least where the large elements of a row are spread over its blocks. For the
    weights of every planned layer this looks for an order of the channels that
    keeps a larger share of magnitude, and puts constants in it: the weights, and
    whatever gives the layer its channels: filters, biases and scales of the layers
    before, through elementwise ops, pads, pooling, depthwise convolutions,
    reshapes, transposes and residual additions. Layers that share channels share
    the order. The module computes the same, but for the order in which it sums:
    nothing is added to it, and functions keep their arguments and results.

    Channels that are an argument or a result of a function, or reach an op that is
    not known, stay as they are. Layers whose channels moved lose their
    `tasd.profile`, which is of the order before. Every layer gets a remark (category `tasd`, name
    `tasd-permute-reduction`) with the shares kept before and after, averaged over
    the layers that share the order, or with the reason why it was left.
  }];
  let options = [
    Option<"series", "series", "std::string", /*default=*/"\"\"",
           "Series for the weights of layers without a plan, as in 2:4+1:8; "
           "such layers are left as they are by default.">,
    Option<"seed", "seed", "uint64_t", /*default=*/"0",
           "Chooses which channels are tried together.">
  ];
  let statistics = [
    Statistic<"numOrders", "orders", "Number of axes put in another order">,
    Statistic<"numLayers", "layers-improved",
              "Number of operands of which a series keeps more">,
    Statistic<"numLeft", "layers-left",
              "Number of operands with a series that were left as they are">,
    Statistic<"numConstants", "constants-moved",
              "Number of constants whose elements were moved">
  ];
  let dependentDialects = ["::mlir::tasd::TASDDialect"];
}

def Compensate : Pass<"tasd-compensate", "::mlir::ModuleOp"> {
  let summary = "Let kept weights make up for those dropped";
  let description = [{
    Replaces the weights of every planned layer by what their series keep, with
    other values: those for which the layer's results, on inputs as they were
    profiled, differ least from those of all the weights. With H the second moments
    of the inputs, S the places kept and D those dropped of a row w, these are
    `w_S + H_SS^-1 H_SD w_D`, without any training. Elsewhere the weights are zero,
    so that the series cover them, and decompositions keep these very values.

    H is measured with `second-moments=full`, along the channels: of a
    convolution, inputs of different places of the window count as uncorrelated.
    The profile has to be of the same module, after channels were put in order, as for
    `tasd-profile`. A
    row whose error would not become smaller is left. Every layer gets a
    remark (category `tasd`, name `tasd-compensate`) with the share of the expected
    squared error that is left, or with the reason why it was left as it is.
  }];
  let options = [
    Option<"file", "file", "std::string", /*default=*/"\"\"",
           "Profile with second moments.">,
    Option<"damping", "damping", "double", /*default=*/"0.01",
           "Added to the diagonal of the second moments, as a share of its mean; "
           "at least 0.">,
    Option<"allowOthers", "allow-others", "bool", /*default=*/"false",
           "Leave out layers of the profile that the module does not have.">
  ];
  let statistics = [
    Statistic<"numLayers", "layers-compensated",
              "Number of operands whose values were changed">,
    Statistic<"numLeft", "layers-left",
              "Number of operands with a series that were left as they are">
  ];
  let dependentDialects = [
    "::mlir::arith::ArithDialect", "::mlir::tasd::TASDDialect"
  ];
}

//===----------------------------------------------------------------------===//
// Series
//===----------------------------------------------------------------------===//

def Pack : Pass<"tasd-pack", "::mlir::ModuleOp"> {
  let summary = "Replace decompositions by packed components";
  let description = [{
    The decomposition of a constant becomes `tasd.assemble` of packed constants
    (`dense_resource`), in parallel and once for all its users, in whatever
    function. Dense constants that nothing else uses are erased. Any other
    decomposition becomes `tasd.pack`, which runs when the program does, and
    `tasd.assemble`.

    With a target, packed constants that its kernels want in a layout of their
    own become `tasd.assemble_as`. Without one, layouts become the packed form
    again.
  }];
  let options = [
    Option<"target", "target", "std::string", /*default=*/"\"plain\"",
           "What constants are laid out for, as cpu-avx2; plain for the packed "
           "form.">
  ];
  let statistics = [
    Statistic<"numConstants", "constants-packed", "Number of constants packed">,
    Statistic<"numShared", "constants-shared",
              "Number of further decompositions of constants packed already">,
    Statistic<"numRunTime", "run-time-packs", "Number of run-time packs">,
    Statistic<"denseBytes", "dense-bytes", "Bytes of the constants before">,
    Statistic<"packedBytes", "packed-bytes", "Bytes of their packed form">,
    Statistic<"numLaidOut", "constants-laid-out",
              "Number of packed constants laid out for the target">
  ];
  let dependentDialects = [
    "::mlir::arith::ArithDialect", "::mlir::tasd::TASDDialect",
    "::mlir::tensor::TensorDialect"
  ];
}

def Distribute : Pass<"tasd-distribute"> {
  let summary = "Write contractions of series as chains over single terms";
  let description = [{
    `A*B` with `A = A1 + A2` becomes `A1*B` added to the init, then `A2*B` added
    to that, in the order of the terms; with two series, for every pair.
  }];
  let statistics = [
    Statistic<"numDistributed", "contracts-distributed",
              "Number of contractions split into terms">,
    Statistic<"numTerms", "contracts-made",
              "Number of contractions of single terms made of them">
  ];
  let dependentDialects = ["::mlir::tasd::TASDDialect"];
}

//===----------------------------------------------------------------------===//
// Constants
//===----------------------------------------------------------------------===//

def ExternalizeConstants
    : Pass<"tasd-externalize-constants", "::mlir::ModuleOp"> {
  let summary = "Move the data of constants to resources";
  let description = [{
    `arith.constant` of `dense` elements gets them as `dense_resource`, named
    after the constant's location; equal constants share one. Bytecode files are
    then mapped to memory instead of read. Splats, and elements that are no whole
    bytes, stay.
  }];
  let options = [
    Option<"minBytes", "min-bytes", "uint64_t", /*default=*/"64",
           "Size in bytes from which on a constant's data is moved.">
  ];
  let statistics = [
    Statistic<"numResources", "resources", "Number of resources made">
  ];
  let dependentDialects = ["::mlir::arith::ArithDialect"];
}

#endif // TASD_DIALECT_TASD_TRANSFORMS_SERIES
