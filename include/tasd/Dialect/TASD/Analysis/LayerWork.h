//===- LayerWork.h - Layers as the cost model sees them ---------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Any layer, in linalg or as a contraction of series, as matrix products that
// a machine computes. Loops that index one input and the result count rows or
// columns, those of the result alone columns, those of both inputs alone the
// reduction, and those of all three equal products; whatever the layout.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_DIALECT_TASD_ANALYSIS_LAYERWORK_H
#define TASD_DIALECT_TASD_ANALYSIS_LAYERWORK_H

#include "tasd/Cost/Work.h"
#include "tasd/Dialect/TASD/Analysis/Layer.h"

namespace mlir::tasd {

namespace cost = ::tasd::cost;
namespace machine = ::tasd::machine;

/// What a machine computes of a layer at a time, where its series is a term
/// with parts: the product of some of the rows of the term and some of its
/// columns, dense or of a series, with what it gathers of the other input.
struct WorkPart {
  int64_t numRows = 0, numColumns = 0;
  /// Null where it is dense.
  SeriesAttr series;

  static WorkPart get(MLIRContext *context, const sparsity::PackedPart &part);
};

/// The parts of a layer, which run one after the other.
struct WorkParts {
  std::vector<WorkPart> list;
  /// Why they are not run so; empty if they are.
  std::string obstacle;
};

struct LayerWork {
  std::string name;
  /// A linalg op or a tasd.contract.
  Operation *op = nullptr;
  /// Maps and types; inputs are series where they are planned or contracted so.
  Contraction contraction;
  /// The extent of every loop; those that are dynamic count as what was asked.
  SmallVector<int64_t> ranges;
  /// Whether an input that is a series is decomposed while the program runs.
  std::array<bool, 2> isDecomposedAtRunTime = {false, false};
  /// What is extracted of such an input, where its series is only a part of it;
  /// else null.
  std::array<SeriesAttr, 2> extracted;
  /// The series that such an input is selected by, where a plan says it.
  std::array<SeriesAttr, 2> selected;
  /// Whether something is subtracted from an input, which operand A of a
  /// machine does not have.
  std::array<bool, 2> hasZeroPoint = {false, false};
  /// The share of elements that are not zero, where it is known.
  std::array<double, 2> densities = {1, 1};
  /// Set where its series has parts, and they were found.
  std::optional<WorkParts> parts;
  /// Set where this is one of them.
  std::optional<WorkPart> part;
  /// Whether the result is added to an init that is not known to be zero.
  bool accumulates = false;
  /// That of its plan; null where there is none.
  MappingAttr mapping;
  /// Why no machine can compute it; empty if one can.
  std::string obstacle;

  /// The work of a layer by a plan; null for a dense one without a mapping.
  static LayerWork get(const NamedLayer &named, PlanAttr plan,
                       int64_t dynamicExtent);
  static LayerWork get(StringRef name, ContractOp op, int64_t dynamicExtent);

  /// The series of an input; null where it is dense.
  SeriesAttr getSeries(unsigned input) const;
  /// Of both inputs, as in "2:4+1:8" or "2:4 x 1:8"; empty if dense.
  std::string getSeriesText() const;
  /// The series whose blocks an input has.
  SeriesAttr getBlocks(unsigned input) const {
    return extracted[input] ? extracted[input] : getSeries(input);
  }
  bool isDense() const { return !getSeries(0) && !getSeries(1); }
  /// The same layer without series and mapping.
  LayerWork getDense() const;
  /// One of the parts of a layer that has some.
  LayerWork getPart(const WorkPart &part) const;
  /// The input whose series has parts, each a small tensor; none if neither
  /// has.
  std::optional<unsigned> findInputWithParts() const;
  /// The input that is operand A of a machine: as the mapping says, else the
  /// series, of two the one decomposed when compiled, else the constant input,
  /// or the other one where only that has no zero point.
  unsigned getOperandA() const;

  /// Multiply-adds of the dense layer.
  int64_t getNumMACs() const;

  /// The products, input `a` being operand A: to be asked where there is no
  /// obstacle. Blocks of series are whole: ragged ones count as padded. Without
  /// a form that a window has, an image counts as its windows, each stored.
  cost::Work getWork(unsigned a) const;
};

/// The layers inside `root`, planned or not, in order.
std::vector<LayerWork> collectLayerWorks(Operation *root,
                                         int64_t dynamicExtent);

} // namespace mlir::tasd

#endif // TASD_DIALECT_TASD_ANALYSIS_LAYERWORK_H
