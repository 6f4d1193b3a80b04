//===- Launch.cpp - C API of the accelerator ------------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd-c/Launch.h"

#include "mlir/CAPI/IR.h"
#include "mlir/CAPI/Support.h"
#include "tasd/Machine/MachineFile.h"
#include "tasd/Runtime/Launch.h"
#include "tasd/Simulator/VerifyProgram.h"

using namespace mlir;
using tasd::runtime::LaunchContext;
using tasd::runtime::LaunchMode;

static_assert(TasdLaunchFunctional ==
                      static_cast<int>(LaunchMode::Functional) &&
                  TasdLaunchTiming == static_cast<int>(LaunchMode::Timing),
              "expected the same values in C");

namespace {
/// A launch context and its machine.
struct Accelerator {
  Accelerator(tasd::machine::Machine machine, LaunchMode mode)
      : machine(std::move(machine)), context(this->machine, mode) {}

  tasd::machine::Machine machine;
  LaunchContext context;
};
} // namespace

static Accelerator *unwrap(TasdLaunchContext context) {
  return static_cast<Accelerator *>(context.ptr);
}

static llvm::Expected<tasd::machine::Machine> loadMachine(StringRef name) {
  auto machine = tasd::machine::loadMachine(name);
  if (machine)
    if (llvm::Error error = tasd::simulator::verifyMachine(*machine))
      return std::move(error);
  return machine;
}

TasdLaunchContext tasdLaunchContextCreate(MlirLocation loc,
                                          MlirStringRef machine, int32_t mode) {
  if (mode != TasdLaunchFunctional && mode != TasdLaunchTiming) {
    emitError(unwrap(loc)) << "expected a launch mode of 0 or 1 but got "
                           << mode;
    return {nullptr};
  }
  auto loaded = loadMachine(unwrap(machine));
  if (loaded)
    return {new Accelerator(std::move(*loaded), LaunchMode(mode))};
  emitError(unwrap(loc)) << llvm::toString(loaded.takeError());
  return {nullptr};
}

/// Nobody launches on it by accident later.
void tasdLaunchContextDestroy(TasdLaunchContext context) {
  if (!tasdLaunchContextIsNull(context) &&
      tasd::runtime::getLaunchContext() == &unwrap(context)->context)
    tasd::runtime::setLaunchContext(nullptr);
  delete unwrap(context);
}

void tasdLaunchContextSetCurrent(TasdLaunchContext context) {
  tasd::runtime::setLaunchContext(
      tasdLaunchContextIsNull(context) ? nullptr : &unwrap(context)->context);
}

MlirLogicalResult tasdLaunchContextTake(TasdLaunchContext context,
                                        MlirLocation loc,
                                        TasdLaunchCallback callback,
                                        void *userData) {
  auto launches = unwrap(context)->context.take();
  if (!launches) {
    emitError(unwrap(loc)) << llvm::toString(launches.takeError());
    return mlirLogicalResultFailure();
  }
  for (const tasd::runtime::Launch &launch : *launches) {
    std::string statistics;
    llvm::raw_string_ostream(statistics) << toJSON(launch.result.statistics);
    callback(wrap(StringRef(launch.layer)), launch.result.cycles,
             wrap(StringRef(statistics)), userData);
  }
  return mlirLogicalResultSuccess();
}
