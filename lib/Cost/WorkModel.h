//===- WorkModel.h - How the costs of works are known -----------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_COST_WORKMODEL_H
#define TASD_LIB_COST_WORKMODEL_H

#include "tasd/Cost/MappingSearch.h"

namespace tasd::cost {

/// How it is known what works cost on a machine. The functions are those of the
/// library's interface, for the machines of one kind.
class WorkModel {
public:
  virtual ~WorkModel();

  virtual llvm::Expected<Cost>
  computeCost(const Work &work, const Mapping &mapping,
              const machine::Machine &machine) const = 0;

  virtual StartUpAndDrain
  computeStartUpAndDrain(const Work &work, const Mapping &mapping,
                         const machine::Machine &machine,
                         const Cost &cost) const = 0;

  virtual llvm::Expected<MappedCost>
  findBestMapping(const Work &work, const machine::Machine &machine,
                  Objective objective, const Cost *known,
                  const CostLimits &limits) const = 0;
};

/// Of a nest of loops over levels and lanes.
const WorkModel &getLoopNestModel();
/// Of kernels that were measured.
const WorkModel &getMeasuredModel();

/// That of a machine.
const WorkModel &getWorkModel(const machine::Machine &machine);

/// Why no mapping is within limits.
llvm::Error failToFind(const machine::Machine &machine,
                       const CostLimits &limits);

} // namespace tasd::cost

#endif // TASD_LIB_COST_WORKMODEL_H
