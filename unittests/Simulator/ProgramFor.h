//===- ProgramFor.h - Programs by the rules, without a compiler  -*- C++
//-*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Makes the program of a work by a mapping, by the rules of docs/TTC.md for
// where an instruction stands: an opinion of its own, to hold the simulator
// against the cost model, and the compiler's lowering against both.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_UNITTESTS_SIMULATOR_PROGRAMFOR_H
#define TASD_UNITTESTS_SIMULATOR_PROGRAMFOR_H

#include "tasd/Cost/Cost.h"
#include "tasd/Simulator/Program.h"

namespace tasd::simulator::test {

/// The program of `work` by `mapping`, which has to be valid. Arguments: A as
/// [M, K] or packed; B as [K, N], or of a convolution its image as [image, row,
/// column, channel] with padding; Z as [M, N].
Program getProgramFor(const cost::Work &work, const cost::Mapping &mapping,
                      const machine::Machine &machine);

} // namespace tasd::simulator::test

#endif // TASD_UNITTESTS_SIMULATOR_PROGRAMFOR_H
