//===- Plans.td - Passes on plans, and on costs ------------*- tablegen -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_DIALECT_TASD_TRANSFORMS_PLANS
#define TASD_DIALECT_TASD_TRANSFORMS_PLANS

include "mlir/Pass/PassBase.td"
include "tasd/Dialect/TASD/Transforms/CostOptions.td"

//===----------------------------------------------------------------------===//
// Plans
//===----------------------------------------------------------------------===//

def Plan : Pass<"tasd-plan", "::mlir::ModuleOp"> {
  let summary = "Choose the series of every layer";
  let description = [{
    Gives every contraction and convolution a `tasd.plan`: for each operand of
    the chosen side the first of the given series whose dropped magnitude is at
    most the bound, or without a bound the one series given. Plans already there
    are kept and verified. The module is stamped with the number of plans, so
    that later passes notice lost ones.

    With a machine the first of these series counts on which the layer gains: in
    cycles, energy and words moved from and to the outermost level of memory no
    worse than dense, and better in the objective, each with its own best mapping.
    A machine that runs no lossy series is given none. Candidates that it does not
    run are left out, with a remark; the only one is an error. Plans get the name of
    the machine and the mapping, those of layers left dense too, if the machine
    computes them. Without a series all layers are mapped as they are.

    The strategies `sparsity`, `greedy` and `optimal`, and `uniform` with
    `max-error`, weigh the layers of the module against each other: the objective of
    all of them, together with those that are left out or have a plan, is to be
    least, while their errors add up to at most the bound. They need a machine, and
    take every series that it runs for a candidate where none is given. No layer is
    worse than dense there either. What series drop of activations is what the
    layer's `tasd.profile` says; without one it keeps dense activations.

    The strategies `tile-wise`, `tile-wise-columns`, `element-wise`, `block-wise` and
    `vector-wise` prune the weights of all layers together to the given sparsity, by
    magnitude: the thresholds of one series are chosen from the scores of all of
    them, and every plan gets that series. By scores of a file they are chosen in the
    same way; what these leave out of the weights becomes zero, and the plan of each
    layer gets a series that keeps the rest. Within a bound on the dropped magnitude,
    and with a machine, layers are left dense as with any other series. Layers that
    have a plan are not counted.

    Every layer gets a remark (category `tasd`, name `tasd-plan`) with its
    series and what they keep, or the reason why it was left dense; with a machine
    also with what it costs, beside dense; where layers were weighed, with the
    next-best series and the share by which the objective would have risen with it.
    The module then gets one with the totals and the gap that was proved.
  }];
  let options = [
    TASD_MachineOption<"Machine to plan for, by its name (tasd-opt "
                       "--tasd-list-machines) or from a file.">,
    TASD_ObjectiveOption,
    TASD_DynamicExtentOption,
    TASD_EnergyProfileOption,
    Option<"strategy", "strategy", "std::string", /*default=*/"\"uniform\"",
           "How series are chosen: `uniform` asks every layer the same way; "
           "`sparsity`, `greedy` and `optimal` weigh layers against each other, "
           "for a machine; `tile-wise`, `tile-wise-columns`, `element-wise`, "
           "`block-wise` and `vector-wise` prune all layers together.">,
    ListOption<"series", "series", "std::string",
           "Candidate series in order of preference, as in 2:4,2:4+1:8; where "
           "layers are weighed, by default all that the machine runs.">,
    ListOption<"sparsity", "sparsity", "double",
           "Share of the elements of all layers to leave out, at least 0 and "
           "below 1, for strategies that prune.">,
    ListOption<"granularity", "granularity", "int64_t",
           "Rows of a tile, by default 128; rows and columns of a block, by "
           "default 32; or elements of a vector, by default 16.">,
    Option<"delta", "delta", "double", /*default=*/"0",
           "Share of the elements that tiles leave out beyond the sparsity, and "
           "that is given back one by one.">,
    Option<"inner", "inner", "std::string", /*default=*/"\"\"",
           "Pattern inside tiles, as in 2:4.">,
    Option<"score", "score", "::tasd::sparsity::ScoreKind",
           /*default=*/"::tasd::sparsity::ScoreKind::Norm",
           "What tiles score.",
           [{::llvm::cl::values(
             clEnumValN(::tasd::sparsity::ScoreKind::Norm, "norm",
                        "norms, over the number of columns or the width of the "
                        "tile, as published"),
             clEnumValN(::tasd::sparsity::ScoreKind::RootMeanSquare, "rms",
                        "root mean squares"))}]>,
    Option<"scores", "scores", "std::string", /*default=*/"\"\"",
           "File of scores to prune by in the place of the weights, .npz with "
           "an array of the shape of the weights by the name of each layer.">,
    Option<"maxTerms", "max-terms", "int64_t", /*default=*/"0",
           "Terms that a series may have where none is given; 0 for as many as "
           "the machine runs.">,
    Option<"maxError", "max-error", "double", /*default=*/"-1",
           "What the errors of all layers may add up to. Negative (the default) "
           "means no bound, which only `uniform` does without.">,
    Option<"errorModel", "error-model", "::tasd::search::ErrorModel",
           /*default=*/"::tasd::search::ErrorModel::DroppedMagnitude",
           "The error of a layer, as the sum over its operands.",
           [{::llvm::cl::values(
             clEnumValN(::tasd::search::ErrorModel::DroppedNonZeros,
                        "dropped-non-zeros", "share of non-zeros dropped"),
             clEnumValN(::tasd::search::ErrorModel::DroppedMagnitude,
                        "dropped-magnitude", "share of magnitude dropped"),
             clEnumValN(::tasd::search::ErrorModel::Frobenius, "frobenius",
                        "share of the squared norm dropped"),
             clEnumValN(::tasd::search::ErrorModel::OutputError,
                        "output-error",
                        "share of the output's squared norm dropped, as "
                        "profiles tell it"))}]>,
    Option<"maxDroppedMagnitude", "max-dropped-magnitude", "double",
           /*default=*/"-1",
           "Share of an operand's magnitude that its series may drop, 0 to 1; "
           "0 means lossless. Negative (the default) means no bound.">,
    Option<"side", "side", "::mlir::tasd::PlanSide",
           /*default=*/"::mlir::tasd::PlanSide::Weights",
           "Operands to plan: constants, values known at run time only, or "
           "both.",
           [{::llvm::cl::values(
             clEnumValN(::mlir::tasd::PlanSide::Weights, "weights",
                        "constant operands, decomposed when compiled"),
             clEnumValN(::mlir::tasd::PlanSide::Activations, "activations",
                        "other operands, decomposed when run"),
             clEnumValN(::mlir::tasd::PlanSide::Both, "both",
                        "weights and activations"))}]>,
    Option<"layers", "layers", "std::string", /*default=*/"\"*\"",
           "Glob of the names of the layers to plan, as in enc*.{k,v}. One "
           "that fits no layer is warned of.">,
    Option<"skip", "skip", "std::string", /*default=*/"\"\"",
           "Glob of the names of the layers to leave dense.">
  ];
  let statistics = [
    Statistic<"numLayers", "layers", "Number of layers seen">,
    Statistic<"numPlanned", "layers-planned", "Number of layers given a series">,
    Statistic<"numKept", "layers-kept", "Number of layers whose plan was there">,
    Statistic<"numDense", "layers-dense", "Number of layers left dense">,
    Statistic<"numDropped", "non-zeros-dropped",
              "Number of non-zeros of weights that the series given drop">,
    Statistic<"numMapped", "layers-mapped",
              "Number of layers with a mapping on the machine">
  ];
  let dependentDialects = ["::mlir::tasd::TASDDialect"];
}

def PrintPlan : Pass<"tasd-print-plan", "::mlir::ModuleOp"> {
  let summary = "Print the plan of every layer as a table";
  let description = [{
    Layer, op, shape, zeros, series, kept magnitude, dropped non-zeros, and the
    share of the layer's multiplications that is left; where weights decide how much
    a term of theirs stores, also the share of them that is zero or dropped. Layers
    left dense have a dash. What an operand known at run time keeps is not known here.
  }];
  let options = [
    Option<"file", "file", "std::string", /*default=*/"\"-\"",
           "File to write to; - is the standard output.">,
    Option<"json", "json", "bool", /*default=*/"false",
           "Write JSON instead of a table.">
  ];
  let statistics = [
    Statistic<"numLayers", "layers", "Number of layers printed">
  ];
}

//===----------------------------------------------------------------------===//
// Costs
//===----------------------------------------------------------------------===//

def AnnotateCost : Pass<"tasd-annotate-cost", "::mlir::ModuleOp"> {
  let summary = "Say on every planned layer what it costs on a machine";
  let description = [{
    Sets `tasd.cost`, a dictionary, on every op that has a plan, be it a dense one,
    and on every contraction of series: modelled cycles, energy, their product, the
    words that the outermost level of memory moves, and the level that binds; and
    the same of the layer without its series (`dense_cycles`, ...). A remark
    (category `tasd`, name `tasd-annotate-cost`) says the same.

    A layer costs what its plan's mapping costs, where that is of this machine;
    without one, and dense, what its best mapping for the objective costs. A plan
    whose series the machine does not run is an error. A layer that no machine
    computes gets a remark with the reason.
  }];
  let options = [
    TASD_MachineOption<"Machine, by its name (tasd-opt --tasd-list-machines) or "
                       "from a file.">,
    TASD_ObjectiveOption,
    TASD_DynamicExtentOption,
    TASD_EnergyProfileOption
  ];
  let statistics = [
    Statistic<"numAnnotated", "layers-annotated", "Number of layers given a cost">,
    Statistic<"numLeftOut", "layers-left-out",
              "Number of planned layers that no machine computes">
  ];
  let dependentDialects = ["::mlir::tasd::TASDDialect"];
}

def PrintCost : Pass<"tasd-print-cost", "::mlir::ModuleOp"> {
  let summary = "Print what every layer costs on a machine as a table";
  let description = [{
    Layer, op, series; cycles and energy as planned and dense; the share of the
    dense layer's energy-delay product that is left; the level that binds; and
    totals. Costs are those of `tasd-annotate-cost`, of all layers, planned or not.
    The dense layers are those of the same machine, or of a baseline. Layers that no
    machine computes stand below the table, with the reason.
  }];
  let options = [
    TASD_MachineOption<"Machine, by its name (tasd-opt --tasd-list-machines) or "
                       "from a file.">,
    Option<"baseline", "baseline", "std::string", /*default=*/"\"\"",
           "Machine of the dense layers, by default the same. It has to use the "
           "same energies.">,
    TASD_ObjectiveOption,
    TASD_DynamicExtentOption,
    TASD_EnergyProfileOption,
    Option<"file", "file", "std::string", /*default=*/"\"-\"",
           "File to write to; - is the standard output.">,
    Option<"json", "json", "bool", /*default=*/"false",
           "Write JSON instead of a table.">
  ];
  let statistics = [
    Statistic<"numLayers", "layers", "Number of layers in the table">,
    Statistic<"numLeftOut", "layers-left-out",
              "Number of layers that no machine computes">
  ];
  let dependentDialects = ["::mlir::tasd::TASDDialect"];
}

#endif // TASD_DIALECT_TASD_TRANSFORMS_PLANS
