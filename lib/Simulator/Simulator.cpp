//===- Simulator.cpp - Running programs -----------------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Simulator/Simulator.h"

#include "System.h"

using namespace tasd::simulator;

namespace {
/// Adds up what moves, and what is multiplied.
class Counter : public Listener {
public:
  explicit Counter(Result &result) : result(result) {}

  void onTraffic(const Traffic &traffic) override {
    Traffic &sum = find(traffic.level, traffic.operand);
    sum.reads += traffic.reads;
    sum.fills += traffic.fills;
    sum.updates += traffic.updates;
  }
  void onMacs(const MacCount &count) override {
    result.macs.done += count.done;
    result.macs.dense += count.dense;
  }

private:
  Traffic &find(uint32_t level, Operand operand) {
    auto isBefore = [&](const Traffic &each) {
      return std::pair(each.level, each.operand) < std::pair(level, operand);
    };
    auto it = llvm::partition_point(result.traffic, isBefore);
    if (it == result.traffic.end() || it->level != level ||
        it->operand != operand)
      it = result.traffic.insert(it, {level, operand, {}, {}, 0});
    return *it;
  }

  Result &result;
};
} // namespace

llvm::Expected<Result>
tasd::simulator::simulate(const Program &program,
                          const machine::Machine &machine,
                          std::optional<llvm::ArrayRef<Tensor>> tensors,
                          llvm::ArrayRef<Listener *> listeners) {
  std::unique_ptr<Datapath> datapath;
  if (tensors) {
    auto created = createDatapath(program, *tensors);
    if (!created)
      return created.takeError();
    datapath = std::move(*created);
  }
  Result result;
  Counter counter(result);
  llvm::SmallVector<Listener *> all = {&counter};
  all.append(listeners.begin(), listeners.end());
  System system(program, machine, datapath.get(), all);
  if (llvm::Error error = system.run())
    return std::move(error);
  system.addResults(result);
  result.statistics = system.getStatistics(result);
  return result;
}
