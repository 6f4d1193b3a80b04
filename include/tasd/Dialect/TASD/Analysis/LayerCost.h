//===- LayerCost.h - What the layers of a module cost -----------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Asks the cost model about layers: as they are planned, and dense.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_DIALECT_TASD_ANALYSIS_LAYERCOST_H
#define TASD_DIALECT_TASD_ANALYSIS_LAYERCOST_H

#include "tasd/Cost/Gain.h"
#include "tasd/Cost/MappingCache.h"
#include "tasd/Dialect/TASD/Analysis/LayerWork.h"
#include "tasd/Report/ModuleCost.h"

namespace mlir::tasd {

/// A layer by a mapping, and what it costs so; the sum where it runs in parts.
struct MappedLayer : cost::MappedRun {
  /// The input that is operand A.
  unsigned a = 1;
  /// Of a layer that runs in parts those, in order, each by its own mapping.
  std::vector<cost::MappedRun> parts;

  /// Null where the layer runs in parts, or the machine without levels.
  MappingAttr getMapping(MLIRContext *context,
                         const machine::Machine &machine) const;
};

/// A machine, and what is asked of it; equal layers are searched once.
/// Thread-safe.
class CostModel {
public:
  /// Dynamic extents of layers count as `dynamicExtent`, at least 1.
  CostModel(machine::Machine machine, cost::Objective objective,
            int64_t dynamicExtent)
      : machine(std::move(machine)), objective(objective),
        dynamicExtent(dynamicExtent),
        cache(std::make_shared<cost::MappingCache>()) {}

  /// For what is asked for on the machine, as cost::getObjective says it.
  /// Errors: that cannot be told there.
  static llvm::Expected<std::shared_ptr<const CostModel>>
  create(machine::Machine machine, cost::Objective asked,
         int64_t dynamicExtent);

  const machine::Machine &getMachine() const { return machine; }
  cost::Objective getObjective() const { return objective; }
  int64_t getDynamicExtent() const { return dynamicExtent; }

  /// The cost of a layer by the mapping of its plan where that is of this
  /// machine, else by the best mapping, for which a dense layer takes the
  /// better input as operand A. Parts of a layer, which have been found, run
  /// one after the other, each by its best mapping. Errors: the layer's
  /// obstacle; those of the mapping and of the search.
  llvm::Expected<MappedLayer> compute(const LayerWork &layer) const {
    return compute(layer, objective);
  }
  /// The same with mappings for another objective. What the layer costs by
  /// another mapping of the same operand A and within the limits, where that is
  /// known, makes it faster. A mapping that the layer brings has no limits;
  /// each part has the share of them that it has of the multiplications.
  llvm::Expected<MappedLayer>
  compute(const LayerWork &layer, cost::Objective objective,
          const MappedLayer *known = nullptr,
          const cost::CostLimits &limits = {}) const;

  /// A mapping by which a layer gains over another plan, as cost::findGain
  /// finds it.
  std::optional<MappedLayer> findGain(const LayerWork &layer,
                                      const MappedLayer &other,
                                      cost::Objective objective) const;

  /// The cost of a layer as it is run: where its plan brings no mapping of this
  /// machine, and the best one for the objective does not gain over dense, by
  /// one that does: of findGain, or the best for another objective. Errors: as
  /// of compute.
  llvm::Expected<MappedLayer> computeAsRun(const LayerWork &layer) const;

private:
  bool bringsMapping(const LayerWork &layer) const;
  llvm::Expected<MappedLayer>
  computeParts(const LayerWork &layer, cost::Objective objective,
               const cost::CostLimits &limits) const;

  machine::Machine machine;
  cost::Objective objective;
  int64_t dynamicExtent;
  std::shared_ptr<cost::MappingCache> cache;
};

/// Measures the density of a layer's constant inputs where `machine` has a use
/// for it, and takes that of the others from their profiles. Errors are emitted
/// at the op whose data is at fault.
LogicalResult measureDensities(LayerWork &layer,
                               const machine::Machine &machine);

/// Verifies that a plan drops nothing where `machine` runs no lossy series.
/// Errors are emitted at the layer, or at the op whose data is at fault.
LogicalResult verifyLossless(const LayerWork &layer,
                             const machine::Machine &machine);

/// A layer on a machine as it is planned, and dense on the machine it is
/// compared with. Both or none are there.
struct LayerCost {
  LayerWork layer;
  std::optional<MappedLayer> planned, dense;
  /// Why it is not computed by the machines; empty if it is.
  std::string obstacle;
};

/// The costs of all layers of a module, in order. Errors, emitted: a plan that
/// cannot be carried out, or not on that machine.
FailureOr<std::vector<LayerCost>> computeLayerCosts(ModuleOp module,
                                                    const CostModel &model,
                                                    const CostModel &baseline);

/// The same as the rows of a table.
::tasd::report::ModuleCost getModuleCost(ArrayRef<LayerCost> costs,
                                         const CostModel &model,
                                         const CostModel &baseline);

} // namespace mlir::tasd

#endif // TASD_DIALECT_TASD_ANALYSIS_LAYERCOST_H
