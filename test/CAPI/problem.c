//===- problem.c - Candidates, choices and gaps from C --------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

// RUN: %build/bin/capi/problem 2>&1 | FileCheck %s

#include "tasd-c/PlanProblem.h"

#include "Inputs/common.h"
#include "tasd-c/Attributes.h"
#include "tasd-c/Plans.h"

#include <math.h>

static const char *const source =
    "func.func @main(%a: tensor<64x256xf32>, %c: tensor<64x128xf32>)\n"
    "    -> tensor<64x128xf32> {\n"
    "  %w = arith.constant dense<1.0> : tensor<256x128xf32>\n"
    "  %0 = linalg.matmul\n"
    "      ins(%a, %w : tensor<64x256xf32>, tensor<256x128xf32>)\n"
    "      outs(%c : tensor<64x128xf32>) -> tensor<64x128xf32> loc(\"fc\")\n"
    "  return %0 : tensor<64x128xf32>\n"
    "}\n";

static void printCandidates(TasdPlanProblem problem) {
  // CHECK: 1 layer, fc
  fprintf(stderr, "%d layer, ", (int)tasdPlanProblemGetNumLayers(problem));
  printText(tasdPlanProblemGetLayerName(problem, 0), NULL);
  fprintf(stderr, "\n");
  // CHECK-NEXT: dense, 1 of 1 of the cycles, error 0, eligible
  // CHECK: error 0.5, eligible
  TasdPlanCandidate dense = tasdPlanProblemGetCandidate(problem, 0, 0);
  for (intptr_t i = 0; i < tasdPlanProblemGetNumCandidates(problem, 0); ++i) {
    TasdPlanCandidate candidate = tasdPlanProblemGetCandidate(problem, 0, i);
    fprintf(stderr, "%s, %g of 1 of the cycles, error %g, %s\n",
            tasdPlanAttrIsDense(candidate.plan) ? "dense" : "planned",
            (double)candidate.cycles / (double)dense.cycles, candidate.error,
            candidate.isEligible ? "eligible" : "not eligible");
  }
}

static void solve(TasdPlanProblem problem, const char *strategy,
                  double maxError) {
  TasdPlanSolution solution =
      tasdPlanProblemSolve(problem, text(strategy), maxError);
  if (tasdPlanSolutionIsNull(solution))
    return;
  intptr_t chosen = tasdPlanSolutionGetChosen(solution, 0);
  TasdPlanCandidate candidate = tasdPlanProblemGetCandidate(problem, 0, chosen);
  fprintf(stderr, "%s: %s, error %g, gap %g, sums %s\n", strategy,
          tasdPlanAttrIsDense(candidate.plan) ? "dense" : "planned",
          tasdPlanSolutionGetError(solution),
          tasdPlanProblemGetGap(problem, solution),
          tasdPlanSolutionGetCycles(solution) == candidate.cycles &&
                  tasdPlanSolutionGetEnergyPj(solution) == candidate.energyPj
              ? "agree"
              : "differ");
  tasdPlanProblemApply(problem, solution);
  tasdPlanSolutionDestroy(solution);
}

int main(void) {
  MlirContext context = createContext();
  MlirModule module = mlirModuleCreateParse(context, text(source));
  MlirLocation loc = mlirLocationUnknownGet(context);
  MlirAttribute series[] = {tasdSeriesAttrParse(loc, text("4:8")),
                            tasdSeriesAttrParse(loc, text("2:8"))};
  TasdPlanRequest request = {text("ttc-vegeta-m8"),
                             text("latency"),
                             text(""),
                             text("dropped-magnitude"),
                             2,
                             series};
  TasdPlanProblem problem = tasdPlanProblemCreate(module, &request);
  printCandidates(problem);
  // CHECK: optimal: planned, error 0.75, gap 0, sums agree
  solve(problem, "optimal", INFINITY);
  // CHECK: greedy: planned, error 0.5, gap -1, sums agree
  solve(problem, "greedy", 0.6);
  // CHECK: optimal: dense, error 0, gap 0, sums agree
  solve(problem, "optimal", 0);
  // CHECK: error: {{.*}}but got 'best'
  solve(problem, "best", 0);
  // CHECK: error: {{.*}}-1
  solve(problem, "greedy", -1);
  tasdPlanProblemDestroy(problem);

  // CHECK: error: expected the objective latency, energy or edp but got 'speed'
  request.objective = text("speed");
  if (!tasdPlanProblemIsNull(tasdPlanProblemCreate(module, &request)))
    return 1;
  // CHECK: error: {{.*}}no-machine
  request.objective = text("");
  request.machine = text("no-machine");
  if (!tasdPlanProblemIsNull(tasdPlanProblemCreate(module, &request)))
    return 1;
  mlirModuleDestroy(module);
  mlirContextDestroy(context);
  return 0;
}
