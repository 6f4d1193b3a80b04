//===- Passes.td - Steps between linalg and LLVM that MLIR lacks -*- tablegen -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_CONVERSION_LINALGTOLLVM_PASSES
#define TASD_CONVERSION_LINALGTOLLVM_PASSES

include "mlir/Pass/PassBase.td"

def InlineGlobals : Pass<"tasd-inline-globals", "mlir::ModuleOp"> {
  let summary = "Replace loads of constant ml_program globals by constants";
  let description = [{
    Every load of an `ml_program.global` that has a value and is never stored to
    becomes an `arith.constant`; a private global without uses is erased. Globals
    that are stored to stay, for bufferization to turn into memory; they must be
    tensors with an initial value.
  }];
  let dependentDialects = ["arith::ArithDialect"];
  let statistics = [
    Statistic<"numLoads", "loads-inlined", "Number of loads that became constants">,
    Statistic<"numErased", "globals-erased", "Number of private globals erased">
  ];
}

def ApproximateMath : Pass<"tasd-approximate-math"> {
  let summary = "Compute exp, erf and tanh in f32 by polynomials";
  let description = [{
    Of scalars and vectors in f32, by upstream's polynomials: LLVM vectorises them, where
    it would call libm. They are within 5 units in the last place; where `exp` would be
    below the normal numbers it is zero. Infinities and NaN give what they should.
  }];
  let dependentDialects = [
    "arith::ArithDialect", "math::MathDialect", "vector::VectorDialect"
  ];
  let statistics = [
    Statistic<"numApproximated", "functions-approximated",
              "Number of calls of functions that became polynomials">
  ];
}

def DecomposeLinalg : Pass<"tasd-decompose-linalg"> {
  let summary = "Split aggregate ops into plain linalg ops on tensors";
  let description = [{
    Rewrites what has no loop nest of its own (`linalg.softmax`, the Winograd
    transforms, `tensor.concat`) as sequences of structured ops and slices.
  }];
  let dependentDialects = [
    "affine::AffineDialect", "arith::ArithDialect", "linalg::LinalgDialect",
    "math::MathDialect", "scf::SCFDialect", "tensor::TensorDialect"
  ];
  let statistics = [
    Statistic<"numDecomposed", "ops-decomposed", "Number of aggregate ops split">
  ];
}

def FuseElementwise : Pass<"tasd-fuse-elementwise"> {
  let summary = "Merge chains of elementwise ops into one loop nest each";
  let description = [{
    A `linalg.generic` without reductions whose only user is another one is computed
    inside it: intermediate tensors need no memory. Layers and reductions keep their
    operands as they are.
  }];
  let dependentDialects = [
    "affine::AffineDialect", "linalg::LinalgDialect", "tensor::TensorDialect"
  ];
  let statistics = [
    Statistic<"numFused", "ops-fused", "Number of ops computed inside their user">
  ];
}

def ShareLinalg : Pass<"tasd-share-linalg", "mlir::func::FuncOp"> {
  let summary = "Let threads share the loops of linalg ops on tensors";
  let description = [{
    Every structured op with enough to do (2^15 points of static loops) becomes an
    `scf.forall` over tiles, one for each of the `threads`: of the outermost dimension
    of its result that divides into equal ones. Sums are not split. Ops that name a
    function of a library, and those in an `scf.forall`, stay as they are.
  }];
  let dependentDialects = [
    "affine::AffineDialect", "linalg::LinalgDialect", "scf::SCFDialect",
    "tensor::TensorDialect"
  ];
  let options = [
    Option<"threads", "threads", "unsigned", /*default=*/"1",
           "Number of threads that share the loops of an op.">
  ];
  let statistics = [
    Statistic<"numShared", "ops-shared", "Number of ops that threads share">
  ];
}

def MarkEntryPoints : Pass<"tasd-mark-entry-points", "mlir::ModuleOp"> {
  let summary = "Fix the calling convention of public functions";
  let description = [{
    A public function gets a C wrapper (`llvm.emit_c_interface`), never writes to
    its arguments (`bufferization.writable = false`) and returns each result in a
    buffer of its own, which the caller frees: a value returned twice is copied.
  }];
  let dependentDialects = ["bufferization::BufferizationDialect"];
  let statistics = [
    Statistic<"numEntryPoints", "entry-points", "Number of public functions">,
    Statistic<"numCopies", "results-copied",
              "Number of results copied because the value is returned twice">
  ];
}

def ExpandMemRefOps : Pass<"tasd-expand-memref-ops"> {
  let summary = "Rewrite buffer ops that have no lowering to plain code";
  let description = [{
    `memref.copy` of buffers that are not both contiguous would become a call of a
    runtime function; as `linalg.generic` it becomes a loop nest. Copies of
    contiguous buffers stay and become `memcpy`. `memref.expand_shape` with several
    dynamic extents in one group becomes a `memref.reinterpret_cast`, which upstream's
    expansion of strided metadata lacks.
  }];
  let dependentDialects = [
    "affine::AffineDialect", "linalg::LinalgDialect", "memref::MemRefDialect"
  ];
  let statistics = [
    Statistic<"numExpanded", "ops-expanded",
              "Number of copies and changes of shape rewritten">
  ];
}

def ExpandF8 : Pass<"tasd-expand-f8"> {
  let summary = "Rewrite conversions of f8E4M3FN in integers";
  let description = [{
    LLVM has no floats of 8 bits, whose memory and constants become those of `i8`.
    `arith.extf` from `f8E4M3FN` to any float, and `arith.truncf` to it from any float
    of at most 32 bits (to the nearest, ties to even, NaN where the number is too
    large), become integer arithmetic on scalars and vectors.
  }];
  let dependentDialects = ["arith::ArithDialect"];
  let statistics = [
    Statistic<"numExpanded", "ops-expanded", "Number of conversions rewritten">
  ];
}

def OutlineLoops : Pass<"tasd-outline-loops", "mlir::ModuleOp"> {
  let summary = "Give each loop nest a function of its own";
  let description = [{
    In a function with several loop nests one after the other, each becomes a private
    function that is called where it stood. LLVM's compile time grows with the square
    of the number of loops in a function, and networks have hundreds of them.

    So does the body of each `scf.parallel`, which `convert-scf-to-openmp` puts into
    an op that may have one block only.
  }];
  let dependentDialects = ["func::FuncDialect", "scf::SCFDialect"];
  let statistics = [
    Statistic<"numLoops", "loops-outlined", "Number of loop nests that became functions">,
    Statistic<"numBodies", "bodies-outlined",
              "Number of bodies of parallel loops that became functions">
  ];
}

def MergeFunctions : Pass<"tasd-merge-functions", "mlir::ModuleOp"> {
  let summary = "Keep one of private functions that do the same";
  let description = [{
    Of private functions that are equal, op by op, and only called, the first one
    stays, and is called in place of the others. Layers of equal shape become such
    functions (`tasd-outline-loops`), of which LLVM then compiles one.
  }];
  let dependentDialects = ["func::FuncDialect"];
  let statistics = [
    Statistic<"numMerged", "functions-merged", "Number of functions that another one stands for">
  ];
}

#endif // TASD_CONVERSION_LINALGTOLLVM_PASSES
