//===- CostOptions.td - Options of what asks for costs -----*- tablegen -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_DIALECT_TASD_TRANSFORMS_COSTOPTIONS
#define TASD_DIALECT_TASD_TRANSFORMS_COSTOPTIONS

include "mlir/Pass/PassBase.td"

class TASD_MachineOption<string description>
    : Option<"machine", "machine", "std::string", /*default=*/"\"\"",
             description>;

def TASD_EnergyProfileOption
    : Option<"energyProfile", "energy-profile", "std::string",
             /*default=*/"\"\"",
             "Name of the energies to use, by default the machine's.">;

def TASD_DynamicExtentOption
    : Option<"dynamicExtent", "dynamic-extent", "int64_t", /*default=*/"1",
             "What a dynamic extent counts as, such as that of the batch.">;

def TASD_ObjectiveOption
    : Option<"objective", "objective", "::tasd::cost::Objective",
             /*default=*/"::tasd::cost::Objective::Edp",
             "What the mappings of layers, and plans, are the best for.",
             [{::llvm::cl::values(
               clEnumValN(::tasd::cost::Objective::Latency, "latency",
                          "cycles"),
               clEnumValN(::tasd::cost::Objective::Energy, "energy", "pJ"),
               clEnumValN(::tasd::cost::Objective::Edp, "edp",
                          "their product"))}]>;

#endif // TASD_DIALECT_TASD_TRANSFORMS_COSTOPTIONS
