//===- LoopNestModel.h - Costs of nests over levels and lanes ---*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_COST_LOOPNESTMODEL_H
#define TASD_LIB_COST_LOOPNESTMODEL_H

#include "WorkModel.h"

namespace tasd::cost {

class LoopNestModel final : public WorkModel {
public:
  llvm::Expected<Cost>
  computeCost(const Work &work, const Mapping &mapping,
              const machine::Machine &machine) const override;
  StartUpAndDrain computeStartUpAndDrain(const Work &work,
                                         const Mapping &mapping,
                                         const machine::Machine &machine,
                                         const Cost &cost) const override;
  llvm::Expected<MappedCost>
  findBestMapping(const Work &work, const machine::Machine &machine,
                  Objective objective, const Cost *known,
                  const CostLimits &limits) const override;
};

} // namespace tasd::cost

#endif // TASD_LIB_COST_LOOPNESTMODEL_H
