//===- Datapath.h - What programs compute --------------------- -*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The functional side of a simulation: tiles in the slots of rings, and what
// instructions do to them. Timing says when each happens; nothing here knows of
// time.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_SIMULATOR_DATAPATH_H
#define TASD_LIB_SIMULATOR_DATAPATH_H

#include "Walker.h"

#include "tasd/Simulator/Simulator.h"

namespace tasd::simulator {

class Datapath {
public:
  virtual ~Datapath();

  /// Fills the slot of tile `tile` from an argument at (batch, row, column), or
  /// from tile `sourceTile` of another ring.
  virtual void load(const Load &load, uint64_t tile,
                    llvm::ArrayRef<int64_t> origin, uint64_t sourceTile) = 0;
  /// Accumulators become zeros.
  virtual void clear(RingId ring, uint64_t tile) = 0;
  virtual void store(const Store &store, uint64_t tile,
                     llvm::ArrayRef<int64_t> origin) = 0;
  /// `numAcquired` counts the tiles of each ring that were acquired: the newest
  /// is in use.
  virtual void decompose(const Walker &walker, const Decompose &decompose,
                         llvm::ArrayRef<uint64_t> numAcquired) = 0;
  virtual void multiply(const Walker &walker, const Multiply &multiply,
                        llvm::ArrayRef<uint64_t> numAcquired,
                        uint64_t accumulators) = 0;
};

/// The data path of `program` on the tensors of a launch. Errors: tensors that
/// do not fit the arguments.
llvm::Expected<std::unique_ptr<Datapath>>
createDatapath(const Program &program, llvm::ArrayRef<Tensor> tensors);

} // namespace tasd::simulator

#endif // TASD_LIB_SIMULATOR_DATAPATH_H
