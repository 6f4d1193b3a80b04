//===- TASDDialect.td - The tasd dialect -------------------*- tablegen -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The dialect, its bases and its enumerations.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_DIALECT_TASD_IR_TASDDIALECT
#define TASD_DIALECT_TASD_IR_TASDDIALECT

include "mlir/IR/DialectBase.td"
include "mlir/IR/EnumAttr.td"
include "mlir/IR/OpBase.td"

def TASD_Dialect : Dialect {
  let name = "tasd";
  let cppNamespace = "::mlir::tasd";
  let summary = "sums of structured-sparse terms in place of dense tensors";
  let description = [{
    A tensor written as a short sum of structured-sparse terms,
    `A = A1 + A2 + ...`, is a *series*. The dialect holds series as values,
    decomposes dense tensors into them, and contracts them with other tensors.
    It is independent of the target: back ends take a series whole, or one term
    at a time.
  }];
  let dependentDialects = [
    "::mlir::affine::AffineDialect", "::mlir::arith::ArithDialect",
    "::mlir::tensor::TensorDialect"
  ];
  let useDefaultAttributePrinterParser = 1;
  let useDefaultTypePrinterParser = 1;
  let hasOperationAttrVerify = 1;
  let extraClassDeclaration = [{
    /// The discardable attribute that holds the plan of an op (PlanAttr).
    static constexpr ::llvm::StringLiteral kPlanAttrName = "tasd.plan";
    /// The discardable attribute that holds what was measured of the inputs of
    /// an op (ProfileAttr).
    static constexpr ::llvm::StringLiteral kProfileAttrName = "tasd.profile";
    /// The discardable attribute of a contraction that holds the mapping of the
    /// plan it came from (MappingAttr).
    static constexpr ::llvm::StringLiteral kMappingAttrName = "tasd.mapping";
    /// The discardable attribute that holds what a layer costs on a machine
    /// (DictionaryAttr, keys as in the JSON of tasd-print-cost).
    static constexpr ::llvm::StringLiteral kCostAttrName = "tasd.cost";
    /// The discardable attribute of a module that counts its plans (i64).
    static constexpr ::llvm::StringLiteral kPlanCountAttrName =
        "tasd.plan_count";

    /// Makes the attribute that names a pattern of one family.
    using PatternAttrBuilder = std::function<Attribute(
        MLIRContext *, const ::tasd::sparsity::Pattern &)>;

    /// Makes a family of patterns known to this context's parser of series.
    /// The attribute that `builder` makes must have PatternAttrInterface.
    /// To be called while the context is set up, before it parses.
    void registerPattern(
        std::shared_ptr<const ::tasd::sparsity::PatternFamily> family,
        PatternAttrBuilder builder);

    /// The parser of the text of series, with all families registered.
    const ::tasd::sparsity::PatternRegistry &getPatternRegistry() const {
      return patternRegistry;
    }

    /// The attribute that names `pattern`, whose family must be registered.
    Attribute getPatternAttr(const ::tasd::sparsity::Pattern &pattern);

    /// Makes a target known by its name. One that is known already stays:
    /// extensions may be applied more than once.
    void registerLayoutTarget(std::shared_ptr<const LayoutTarget> target);

    /// The target of that name; null if there is none.
    const LayoutTarget *findLayoutTarget(::llvm::StringRef name) const;

    /// The names of all targets, sorted.
    ::llvm::SmallVector<::llvm::StringRef> getLayoutTargetNames() const;

  private:
    std::map<std::string, std::shared_ptr<const LayoutTarget>, std::less<>>
        layoutTargets;
    ::tasd::sparsity::PatternRegistry patternRegistry;
    ::llvm::StringMap<PatternAttrBuilder> patternAttrBuilders;

    void registerAttributes();
    void registerTypes();

  public:
  }];
}

def TASD_CompileTime : I32EnumAttrCase<"CompileTime", 0, "compile_time">;
def TASD_RunTime : I32EnumAttrCase<"RunTime", 1, "run_time">;
def TASD_DecomposeTime : I32EnumAttr<"DecomposeTime",
    "when an operand is decomposed", [TASD_CompileTime, TASD_RunTime]> {
  let cppNamespace = "::mlir::tasd";
}

def TASD_PlanWeights : I32EnumAttrCase<"Weights", 0, "weights">;
def TASD_PlanActivations : I32EnumAttrCase<"Activations", 1, "activations">;
def TASD_PlanBoth : I32EnumAttrCase<"Both", 2, "both">;
def TASD_PlanSide : I32EnumAttr<"PlanSide",
    "which operands of a layer a plan may turn into series",
    [TASD_PlanWeights, TASD_PlanActivations, TASD_PlanBoth]> {
  let cppNamespace = "::mlir::tasd";
}

#endif // TASD_DIALECT_TASD_IR_TASDDIALECT
