//===- System.cpp - All components of a machine ---------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "System.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/MathExtras.h"

using namespace tasd::simulator;

System::System(const Program &program, const machine::Machine &machine,
               Datapath *datapath, llvm::ArrayRef<Listener *> listeners)
    : context(program, machine, listeners), store(context), tasdUnits(context),
      lanes(context, tasdUnits), array(context, lanes) {
  context.datapath = datapath;
  for (RingId ring = 0; ring != program.rings.size(); ++ring)
    if (context.loaded[ring])
      loads.push_back(std::make_unique<LoadChannel>(context, ring));
}

/// What comes first hands over what comes later waits for: words that have
/// moved, tiles, terms, the lanes. The array goes before the lane loader, since
/// B of a pass is asked for before A of the next.
bool System::advance(Ticks now) {
  bool progressed = context.dramRead.advance(now);
  progressed |= context.dramWrite.advance(now);
  progressed |= store.advance(now);
  for (auto &load : loads)
    progressed |= load->advance(now);
  progressed |= tasdUnits.advance(now);
  progressed |= array.advance(now);
  progressed |= lanes.advance(now);
  return progressed;
}

bool System::isFinished() const {
  return store.isFinished() && tasdUnits.isFinished() && lanes.isFinished() &&
         array.isFinished() &&
         llvm::all_of(loads, [](auto &load) { return load->isFinished(); });
}

llvm::Error System::createDeadlockError() const {
  std::vector<std::string> waits;
  for (auto &load : loads)
    waits.push_back(load->describeWait());
  for (std::string wait : {store.describeWait(), tasdUnits.describeWait(),
                           lanes.describeWait(), array.describeWait()})
    waits.push_back(wait);
  llvm::erase(waits, "");
  return llvm::createStringError("program '" + context.program.name +
                                 "' cannot go on: " + llvm::join(waits, "; "));
}

llvm::Error System::run() {
  context.events.schedule(0);
  while (!context.events.empty() && !context.error) {
    end = context.events.pop();
    while (advance(end) && !context.error)
      ;
    if (isFinished())
      break;
  }
  if (context.error)
    return llvm::createStringError(*context.error);
  if (!isFinished())
    return createDeadlockError();
  end = llvm::alignTo(end, kTicksPerCycle);
  array.finish(end);
  return llvm::Error::success();
}

void System::addResults(Result &result) const {
  result.cycles = end / kTicksPerCycle;
  result.busyCycles = toCycles(array.getBusy());
  for (size_t cause = 0; cause != kNumStallCauses; ++cause)
    result.stallCycles[cause] =
        toCycles(array.getStall(static_cast<StallCause>(cause)));
}
