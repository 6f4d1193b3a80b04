//===- Passes.td - Passes on the tasd dialect and its plans -*- tablegen -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_DIALECT_TASD_TRANSFORMS_PASSES
#define TASD_DIALECT_TASD_TRANSFORMS_PASSES

include "mlir/Pass/PassBase.td"

//===----------------------------------------------------------------------===//
// Options of passes that ask what layers cost
//===----------------------------------------------------------------------===//

class TASD_MachineOption<string description>
    : Option<"machine", "machine", "std::string", /*default=*/"\"\"",
             description>;

def TASD_EnergyProfileOption
    : Option<"energyProfile", "energy-profile", "std::string",
             /*default=*/"\"\"",
             "Name of the energies to use, by default the machine's.">;

def TASD_DynamicExtentOption
    : Option<"dynamicExtent", "dynamic-extent", "int64_t", /*default=*/"1",
             "What a dynamic extent counts as, such as that of the batch.">;

def TASD_ObjectiveOption
    : Option<"objective", "objective", "::tasd::cost::Objective",
             /*default=*/"::tasd::cost::Objective::Edp",
             "What the mappings of layers, and plans, are the best for.",
             [{::llvm::cl::values(
               clEnumValN(::tasd::cost::Objective::Latency, "latency",
                          "cycles"),
               clEnumValN(::tasd::cost::Objective::Energy, "energy", "pJ"),
               clEnumValN(::tasd::cost::Objective::Edp, "edp",
                          "their product"))}]>;

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
           "How series are chosen: `uniform` asks every layer the same way, "
           "`sparsity`, `greedy` and `optimal` weigh layers against each other, "
           "for a machine.">,
    ListOption<"series", "series", "std::string",
           "Candidate series in order of preference, as in 2:4,2:4+1:8; where "
           "layers are weighed, by default all that the machine runs.">,
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
    share of the layer's multiplications that is left. Layers left dense have a
    dash. What an operand known at run time keeps is not known here.
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
// Profiles
//===----------------------------------------------------------------------===//

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
  }];
  let statistics = [
    Statistic<"numConstants", "constants-packed", "Number of constants packed">,
    Statistic<"numShared", "constants-shared",
              "Number of further decompositions of constants packed already">,
    Statistic<"numRunTime", "run-time-packs", "Number of run-time packs">,
    Statistic<"denseBytes", "dense-bytes", "Bytes of the constants before">,
    Statistic<"packedBytes", "packed-bytes", "Bytes of their packed form">
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

//===----------------------------------------------------------------------===//
// What may no longer exist after a phase
//===----------------------------------------------------------------------===//

def VerifyInput : Pass<"tasd-verify-input", "::mlir::ModuleOp"> {
  let summary = "Check that a module can be planned";
  let description = [{
    Every `dense_resource` has data, of the size of its type. MLIR itself accepts
    resources without data or of the wrong size.
  }];
  let statistics = [
    Statistic<"numResources", "resources", "Number of resources checked">
  ];
}

def VerifyPlanned : Pass<"tasd-verify-planned", "::mlir::ModuleOp"> {
  let summary = "Check that every plan fits its layer";
  let description = [{
    Plans with a series stand on contractions and convolutions only, block
    dimensions that are summed over, and decompose when compiled what is
    constant. Mappings are nests of loops.
  }];
  let statistics = [
    Statistic<"numPlans", "plans", "Number of plans with a series checked">
  ];
}

def VerifyConverted : Pass<"tasd-verify-converted", "::mlir::ModuleOp"> {
  let summary = "Check that every plan was carried out";
  let description = [{
    No op has a plan with a series any more, and series live in straight-line
    code: no function, call or branch takes or gives one.
  }];
  let statistics = [
    Statistic<"numContracts", "contracts", "Number of contractions of series found">
  ];
}

def VerifyPacked : Pass<"tasd-verify-packed", "::mlir::ModuleOp"> {
  let summary = "Check that nothing is left to decompose";
  let description = "There is no `tasd.decompose`.";
  let statistics = [
    Statistic<"numSeries", "series", "Number of packed series found">
  ];
}

def VerifyLowered : Pass<"tasd-verify-lowered", "::mlir::ModuleOp"> {
  let summary = "Check that no series are left";
  let description = [{
    Of this dialect only `tasd.pack` and `tasd.record` are left, which become calls
    of the run time.
  }];
  let statistics = [
    Statistic<"numRunTime", "run-time-packs", "Number of run-time packs found">
  ];
}

#endif // TASD_DIALECT_TASD_TRANSFORMS_PASSES
