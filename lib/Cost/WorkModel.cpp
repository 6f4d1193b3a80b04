//===- WorkModel.cpp - How the costs of works are known -------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "WorkModel.h"

using namespace tasd::cost;
using tasd::machine::Machine;

WorkModel::~WorkModel() = default;

const WorkModel &tasd::cost::getWorkModel(const Machine &machine) {
  return machine.measured ? getMeasuredModel() : getLoopNestModel();
}

llvm::Expected<Cost> tasd::cost::computeCost(const Work &work,
                                             const Mapping &mapping,
                                             const Machine &machine) {
  return getWorkModel(machine).computeCost(work, mapping, machine);
}

StartUpAndDrain tasd::cost::computeStartUpAndDrain(const Work &work,
                                                   const Mapping &mapping,
                                                   const Machine &machine,
                                                   const Cost &cost) {
  return getWorkModel(machine).computeStartUpAndDrain(work, mapping, machine,
                                                      cost);
}

llvm::Expected<MappedCost>
tasd::cost::findBestMapping(const Work &work, const Machine &machine,
                            Objective objective, const Cost *known,
                            const CostLimits &limits) {
  return getWorkModel(machine).findBestMapping(work, machine, objective, known,
                                               limits);
}
