//===- Launch.h - The accelerator that launches run on ----------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What a program that hosts compiled code sets up before code that launches
// programs runs: the machine to simulate, and where results are collected.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_RUNTIME_LAUNCH_H
#define TASD_RUNTIME_LAUNCH_H

#include "tasd/Runtime/ProgramCache.h"
#include "tasd/Simulator/Simulator.h"

#include <mutex>

namespace tasd::runtime {

/// Whether launches compute, or only take their time; their outputs then stay
/// as they are.
enum class LaunchMode : uint8_t { Functional, Timing };

/// What became of one launch.
struct Launch {
  std::string layer;
  simulator::Result result;
};

/// The accelerator of a process, and what ran on it. Launches may come from
/// several threads; they run one after the other. What became of them is kept
/// until it is taken.
class LaunchContext {
public:
  /// Runs programs on `machine`, which has to outlive this.
  explicit LaunchContext(const machine::Machine &machine,
                         LaunchMode mode = LaunchMode::Functional)
      : machine(machine), programs(machine), mode(mode) {}
  /// Errors that nobody has taken are dropped.
  ~LaunchContext();

  /// Adds somebody who follows all launches from now on, and outlives them.
  void addListener(simulator::Listener &listener);

  /// Runs the program of these bytes for a layer. After an error nothing is run
  /// any more, until it is taken: what follows would compute on what was not
  /// computed.
  void launch(llvm::StringRef layer, llvm::StringRef program,
              llvm::ArrayRef<simulator::Tensor> tensors);

  /// The launches so far, in order, and forgets them. Errors: what the first
  /// launch that failed said, with the name of its layer.
  llvm::Expected<std::vector<Launch>> take();

private:
  llvm::Expected<simulator::Result>
  run(llvm::StringRef program, llvm::ArrayRef<simulator::Tensor> tensors);

  const machine::Machine &machine;
  ProgramCache programs;
  LaunchMode mode;
  std::mutex mutex;
  llvm::SmallVector<simulator::Listener *> listeners;
  std::vector<Launch> launches;
  llvm::Error error = llvm::Error::success();
};

/// The context of tasd_runtime_launch, owned by the caller; null, which it is
/// at first, makes a launch abort. Not synchronised with running code.
void setLaunchContext(LaunchContext *context);
LaunchContext *getLaunchContext();

} // namespace tasd::runtime

#endif // TASD_RUNTIME_LAUNCH_H
