//===- TASDTransformOps.td - Ops of the transform dialect --*- tablegen -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Choosing layers, planning them, and rewriting one op at a time.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_DIALECT_TASD_TRANSFORMOPS_TASDTRANSFORMOPS
#define TASD_DIALECT_TASD_TRANSFORMOPS_TASDTRANSFORMOPS

include "mlir/Dialect/Transform/IR/TransformDialect.td"
include "mlir/Dialect/Transform/Interfaces/TransformInterfaces.td"
include "mlir/Interfaces/SideEffectInterfaces.td"
include "mlir/IR/OpBase.td"
include "tasd/Dialect/TASD/IR/TASDAttributes.td"

class TASD_TransformOp<string name, list<Trait> traits = []>
    : Op<Transform_Dialect, "tasd." # name, traits # [
        DeclareOpInterfaceMethods<MemoryEffectsOpInterface>,
        ReportTrackingListenerFailuresOpTrait]> {
  let cppNamespace = "::mlir::tasd";
}

/// An op whose targets are rewritten one by one, into as many results.
class TASD_TransformEachOp<string name, string targetType>
    : TASD_TransformOp<name, [TransformOpInterface, TransformEachOpTrait]> {
  let extraClassDeclaration = [{
    /// Rewrites one target.
    ::mlir::DiagnosedSilenceableFailure applyToOne(
        ::mlir::transform::TransformRewriter &rewriter, }] # targetType # [{ target,
        ::mlir::transform::ApplyToEachResultList &results,
        ::mlir::transform::TransformState &state);
  }];
}

/// An op that handles all of its targets at once.
class TASD_TransformAllOp<string name, list<Trait> traits = []>
    : TASD_TransformOp<name, traits # [
        DeclareOpInterfaceMethods<TransformOpInterface>]>;

//===----------------------------------------------------------------------===//
// Plans
//===----------------------------------------------------------------------===//

def TASD_TransformMatchLayersOp : TASD_TransformAllOp<"match_layers",
    [NavigationTransformOpTrait]> {
  let summary = "choose layers by their names";
  let description = [{
    A handle to the contractions and convolutions inside the target whose names
    match the glob, in order; `"*"` chooses all. A layer is called after its
    location, else `function/op-name#ordinal`, as in the table that
    `tasd-print-plan` prints. Names are unique inside the payload that the
    script is run on.

    Constraints:
    - (C1) the glob is well-formed.

    Never fails; the handle may be empty.

    Example:
    <!-- from test/Dialect/TASD/TransformOps/roundtrip.mlir:match-layers -->
    ```mlir
    %layers = transform.tasd.match_layers "enc*.{k,v}" in %module
        : (!transform.any_op) -> !transform.any_op
    ```
  }];
  let arguments = (ins StrAttr:$layers, TransformHandleTypeInterface:$target);
  let results = (outs TransformHandleTypeInterface:$matched);
  let assemblyFormat = [{
    $layers `in` $target attr-dict `:` functional-type($target, $matched)
  }];
  let hasVerifier = 1; // match_layers_c1
}

def TASD_TransformPlanOp : TASD_TransformAllOp<"plan"> {
  let summary = "choose a series for layers";
  let description = [{
    Decides for each target as the pass `tasd-plan` does, with the same remark:
    the first of the series whose dropped magnitude is at most the bound, or the
    one series given, becomes its `tasd.plan`; a plan already there is kept. The
    result is a handle to the targets that have a plan with a series now; those
    left dense are not in it. The target handle stays valid. Where the script is
    run on a module, the module's count of plans is kept up.

    With a machine, by its name or from a file, plans have its mapping, and only
    those series count on which the layer gains in the objective (`latency`,
    `energy` or, by default, `edp`).

    Constraints:
    - (C1) the bound is a share, 0 to 1;
    - (C2) there is one series, or with a bound at least one; with a machine
      there may be none;
    - (C3) the objective is one of the three, and there is a machine.

    Fails silenceably where a target is no contraction or convolution, or has a
    plan that cannot be carried out, and definitely where there is no such
    machine, where it does not run the only series, or where the data of a
    constant cannot be read.

    Example:
    <!-- from test/Dialect/TASD/TransformOps/roundtrip.mlir:plan -->
    ```mlir
    %planned = transform.tasd.plan %layers series [2:4, 2:4+1:8]
        max_dropped_magnitude 0.05 side both
        machine "ttc-vegeta-m8" objective "latency"
        : (!transform.any_op) -> !transform.any_op
    ```
  }];
  let arguments = (ins
    TransformHandleTypeInterface:$target,
    TypedArrayAttrBase<TASD_SeriesAttr, "array of series">:$series,
    OptionalAttr<F64Attr>:$max_dropped_magnitude,
    DefaultValuedAttr<TASD_PlanSide, "::mlir::tasd::PlanSide::Weights">:$side,
    OptionalAttr<StrAttr>:$machine,
    OptionalAttr<StrAttr>:$objective);
  let results = (outs TransformHandleTypeInterface:$planned);
  let assemblyFormat = [{
    $target `series` custom<SeriesList>($series)
    (`max_dropped_magnitude` $max_dropped_magnitude^)? (`side` $side^)?
    (`machine` $machine^)? (`objective` $objective^)?
    attr-dict `:` functional-type($target, $planned)
  }];
  let hasVerifier = 1; // transform_plan_c1, transform_plan_c2, transform_plan_c3
}

//===----------------------------------------------------------------------===//
// Rewrites
//===----------------------------------------------------------------------===//

def TASD_TransformConvertOp
    : TASD_TransformEachOp<"convert", "::mlir::linalg::LinalgOp"> {
  let summary = "carry out the plan of a layer";
  let description = [{
    Replaces each target by a `tasd.contract` of its operands, of which the
    planned ones are decomposed, as `convert-linalg-to-tasd` does. Consumes the
    target handle; the result is a handle to the contractions.

    Fails silenceably, and leaves the target as it is, where a target has no plan
    with a series or one that cannot be carried out.

    Example:
    <!-- from test/Dialect/TASD/TransformOps/roundtrip.mlir:convert -->
    ```mlir
    %contract = transform.tasd.convert %planned
        : (!transform.any_op) -> !transform.op<"tasd.contract">
    ```
  }];
  let arguments = (ins TransformHandleTypeInterface:$target);
  let results = (outs TransformHandleTypeInterface:$contract);
  let assemblyFormat = [{
    $target attr-dict `:` functional-type($target, $contract)
  }];
}

def TASD_TransformPackOp : TASD_TransformAllOp<"pack"> {
  let summary = "replace decompositions by packed components";
  let description = [{
    Replaces each target, a `tasd.decompose`, as `tasd-pack` does: that of a
    constant by packed constants, once for all targets that are equal, any other
    by `tasd.pack`. Dense constants stay, if only for `transform.apply_dce`.
    Consumes the target handle; the result is a handle to the `tasd.assemble`
    that each target was replaced by.

    Fails silenceably where a target is no `tasd.decompose`, and definitely where
    the data of a constant cannot be read.

    Example:
    <!-- from test/Dialect/TASD/TransformOps/roundtrip.mlir:pack -->
    ```mlir
    %decompose = transform.structured.match ops{["tasd.decompose"]} in %module
        : (!transform.any_op) -> !transform.any_op
    %series = transform.tasd.pack %decompose
        : (!transform.any_op) -> !transform.any_op
    ```
  }];
  let arguments = (ins TransformHandleTypeInterface:$target);
  let results = (outs TransformHandleTypeInterface:$assembled);
  let assemblyFormat = [{
    $target attr-dict `:` functional-type($target, $assembled)
  }];
}

def TASD_TransformDistributeOp : TASD_TransformAllOp<"distribute"> {
  let summary = "write contractions of series as chains over single terms";
  let description = [{
    Replaces each target, a `tasd.contract`, as `tasd-distribute` does: `A*B`
    with `A = A1 + A2` by `A1*B` added to the init, then `A2*B` added to that. A
    target without a series of several terms stays. Consumes the target handle;
    the result is a handle to the contractions of all chains, in order.

    Fails silenceably where a target is no `tasd.contract`.

    Example:
    <!-- from test/Dialect/TASD/TransformOps/roundtrip.mlir:distribute -->
    ```mlir
    %products = transform.tasd.distribute %contract
        : (!transform.op<"tasd.contract">) -> !transform.any_op
    ```
  }];
  let arguments = (ins TransformHandleTypeInterface:$target);
  let results = (outs TransformHandleTypeInterface:$products);
  let assemblyFormat = [{
    $target attr-dict `:` functional-type($target, $products)
  }];
}

def TASD_TransformLowerToLinalgOp
    : TASD_TransformEachOp<"lower_to_linalg", "::mlir::tasd::ContractOp"> {
  let summary = "contract composed series by linalg";
  let description = [{
    Replaces each target, a `tasd.contract`, by a `linalg.generic` on composed
    operands, and composing by loops over the slots of the packed terms, as
    `convert-tasd-to-linalg` does. Consumes the target handle; the result is a
    handle to the linalg ops.

    Fails silenceably, and leaves the target as it is, where a series of a target
    is not packed.

    Example:
    <!-- from test/Dialect/TASD/TransformOps/roundtrip.mlir:lower-to-linalg -->
    ```mlir
    %generic = transform.tasd.lower_to_linalg %first
        : (!transform.any_op) -> !transform.any_op
    ```
  }];
  let arguments = (ins TransformHandleTypeInterface:$target);
  let results = (outs TransformHandleTypeInterface:$lowered);
  let assemblyFormat = [{
    $target attr-dict `:` functional-type($target, $lowered)
  }];
}

def TASD_TransformLowerToVectorOp
    : TASD_TransformEachOp<"lower_to_vector", "::mlir::tasd::ContractOp"> {
  let summary = "multiply a packed series slot by slot in vectors";
  let description = [{
    Replaces each target, a `tasd.contract`, by loops over the slots of its
    packed series, as `convert-tasd-to-vector` does, with the same options; a
    second series is left as a `tasd.compose`. Consumes the target handle.

    Constraints:
    - (C1) vectors have 256 or 512 bits;
    - (C2) the share of the cache is positive;
    - (C3) the number of threads is positive.

    Fails silenceably, and leaves the target as it is, where no series of a
    target is packed.

    Example:
    <!-- from test/Dialect/TASD/TransformOps/roundtrip.mlir:lower-to-vector -->
    ```mlir
    transform.tasd.lower_to_vector %second
        {hide_splats, threads = 2 : i64, vector_bits = 512 : i64} : !transform.any_op
    ```
  }];
  let arguments = (ins
    TransformHandleTypeInterface:$target,
    DefaultValuedAttr<I64Attr, "256">:$vector_bits,
    ConfinedAttr<DefaultValuedAttr<I64Attr, "256">,
                 [IntPositive]>:$cache_kib, // lower_to_vector_c2
    UnitAttr:$hide_splats,
    ConfinedAttr<DefaultValuedAttr<I64Attr, "1">,
                 [IntPositive]>:$threads); // lower_to_vector_c3
  let assemblyFormat = "$target attr-dict `:` type($target)";
  let hasVerifier = 1; // lower_to_vector_c1
}

#endif // TASD_DIALECT_TASD_TRANSFORMOPS_TASDTRANSFORMOPS
