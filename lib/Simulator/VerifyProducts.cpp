//===- VerifyProducts.cpp - Whether multiplications fit together ----------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The part of InstructionVerifier for what the array and the TASD units
// compute: inputs, terms, loops on lanes.
//
//===----------------------------------------------------------------------===//

#include "InstructionVerifier.h"
#include "SeriesText.h"

#include <cmath>

using namespace tasd;
using namespace tasd::simulator;
using llvm::Error;
using llvm::Twine;
using sparsity::ElementType;

const PackedArgument *
InstructionVerifier::getPacked(const InputSource &source) const {
  ArgumentId argument = source.argument;
  if (source.ring)
    argument = contents.at(*source.ring);
  return std::get_if<PackedArgument>(&program.arguments[argument]);
}

bool InstructionVerifier::isGathered(ArgumentId id) const {
  const auto *tensor = std::get_if<TensorArgument>(&program.arguments[id]);
  return tensor &&
         !(tensor->rows.gathered.empty() && tensor->columns.gathered.empty());
}

/// An input of the array: a part of a tile that it holds, or of an argument.
Error InstructionVerifier::verifySource(const InputSource &source,
                                        Operand operand, int64_t rows,
                                        int64_t columns) {
  if (rows < 1 || columns < 1)
    return fail("expected extents of at least 1");
  if (!source.ring) {
    if (source.argument >= program.arguments.size())
      return fail("expected an argument but got " + Twine(source.argument));
    if (!suitsLanes(getType(source.argument)))
      return fail("expected elements that add up to " +
                  getName(program.sumType) + " but got " +
                  getName(getType(source.argument)));
    if (operand != Operand::A && getPacked(source))
      return fail("expected operand a to be packed alone");
    if (double(rows) * columns > kMaxElements)
      return fail("expected at most 2^40 elements");
    if (isGathered(source.argument))
      return fail("expected a tile of what is gathered");
    return verifyOrigin(source.origin, source.argument);
  }
  if (Error error = verifyRing(*source.ring))
    return error;
  const Ring &ring = program.rings[*source.ring];
  if (ring.operand != operand || !held.count({std::nullopt, *source.ring}) ||
      !contents.count(*source.ring))
    return fail("expected a tile of the operand that the array holds");
  if (Error error = verifyOffset(source.origin.batch, 1, 1))
    return error;
  if (Error error = verifyOffset(source.origin.row, rows, ring.rows))
    return error;
  return verifyOffset(source.origin.column, columns, ring.columns);
}

Error InstructionVerifier::visit(const Decompose &decompose) {
  if (machine.tasdUnits.count == 0)
    return fail("expected a machine with TASD units");
  if (Error error = verifySeries(decompose.series, machine))
    return error;
  if (Error error = verifySource(decompose.a, Operand::A, decompose.rows,
                                 decompose.columns))
    return error;
  if (getPacked(decompose.a))
    return fail("expected a dense tile");
  decomposed = &decompose;
  decomposedDepth = open.size();
  return Error::success();
}

/// Where the term comes from: packed, decomposed, or dense.
Error InstructionVerifier::verifyTerm(const Multiply &multiply) {
  std::string series = "";
  if (multiply.decomposed) {
    if (!decomposed)
      return fail("expected a decomposition before it");
    series = decomposed->series;
    if (multiply.m > decomposed->rows || multiply.k > decomposed->columns)
      return fail("expected at most what was decomposed");
  } else if (const PackedArgument *packed = getPacked(multiply.a)) {
    series = packed->series;
  }
  if (series.empty())
    return multiply.pattern.empty() && multiply.term == 0
               ? Error::success()
               : fail("expected no pattern of a dense operand");
  auto terms = getSeries(series);
  if (multiply.term >= terms.size() ||
      terms.getPatterns()[multiply.term]->getText() != multiply.pattern)
    return fail("expected a term of series " + series + " but got term " +
                Twine(multiply.term) + ", '" + multiply.pattern + "'");
  return Error::success();
}

/// Loops cover the product, and those in space fit the lanes.
Error InstructionVerifier::verifyNest(const Multiply &multiply) {
  if (multiply.nest.size() > kMaxLoops)
    return fail("expected at most " + Twine(kMaxLoops) + " loops of the array");
  std::array<double, 3> covered = {1, 1, 1};
  std::map<std::pair<uint32_t, uint8_t>, double> spatial;
  for (const MicroLoop &loop : multiply.nest) {
    bool inSpace = loop.kind != MicroLoopKind::Temporal;
    uint32_t first = inSpace ? 0 : machine.getAccumulatorLevel();
    if (loop.dim > 2 || loop.bound < 1 || loop.bound > kMaxExtent ||
        loop.level < first || loop.level >= machine.levels.size())
      return fail("expected loops of the array over m, n and k, of bounds of "
                  "at least 1, at levels that have them");
    covered[loop.dim] *= loop.bound;
    if (inSpace)
      spatial.try_emplace({loop.level, loop.dim}, 1).first->second *=
          loop.bound;
  }
  if (covered[0] * covered[1] * covered[2] > kMaxSteps)
    return fail("expected at most 2^40 iterations of the array");
  if (covered[0] < multiply.m || covered[1] < multiply.n ||
      covered[2] < multiply.k)
    return fail("expected loops of the array that cover the product");
  double laneShare = 1;
  if (!multiply.pattern.empty())
    laneShare = getSeries(multiply.pattern).getMaxDensity().value_or(1);
  for (auto [key, count] : spatial) {
    machine::Extents fanout = machine.getFanout(key.first);
    int64_t lanes = key.second == 0   ? fanout.m
                    : key.second == 1 ? fanout.n
                                      : fanout.k;
    double used = key.second == 2 ? std::ceil(count * laneShare - 1e-6) : count;
    if (used > lanes)
      return fail("expected at most " + Twine(lanes) + " instances inside '" +
                  machine.levels[key.first].name + "' but got " +
                  Twine(int64_t(used)));
  }
  return Error::success();
}

Error InstructionVerifier::visit(const Multiply &multiply) {
  if (!begun || begun->first != multiply.accumulators)
    return fail("expected accumulators that have begun");
  if (Error error =
          verifySource(multiply.a, Operand::A, multiply.m, multiply.k))
    return error;
  if (Error error =
          verifySource(multiply.b, Operand::B, multiply.n, multiply.k))
    return error;
  const Ring &sums = program.rings[multiply.accumulators];
  if (Error error = verifyOffset(multiply.row, multiply.m, sums.rows))
    return error;
  if (Error error = verifyOffset(multiply.column, multiply.n, sums.columns))
    return error;
  if (program.sumType == ElementType::F32 && multiply.zeroPointB != 0)
    return fail("expected no zero point of floats");
  if (Error error = verifyTerm(multiply))
    return error;
  if (Error error = verifyNest(multiply))
    return error;
  double iterations = 1;
  for (const MicroLoop &loop : multiply.nest)
    if (loop.kind == MicroLoopKind::Temporal)
      iterations *= loop.bound;
  steps += countRuns() * iterations;
  return Error::success();
}
