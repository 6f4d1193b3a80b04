//===- Statistics.cpp - Counts of passes that always count ----------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Pass/Statistics.h"

#include "mlir/Pass/Pass.h"
#include "mlir/Pass/PassInstrumentation.h"
#include "mlir/Pass/PassManager.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/Statistic.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"

#include <map>
#include <mutex>

using namespace mlir;
using namespace mlir::tasd;

//===----------------------------------------------------------------------===//
// Whose statistics
//===----------------------------------------------------------------------===//

namespace {
/// The statistics of every pass alive: an instrumentation is told of a Pass,
/// which does not know them.
struct Owners {
  std::mutex mutex;
  llvm::DenseMap<Pass *, SmallVector<PassStatistic *>> statistics;
};
} // namespace

static Owners &getOwners() {
  // Never destroyed: passes may live as long as the process.
  static auto *owners = new Owners;
  return *owners;
}

PassStatistic::PassStatistic(Pass *owner, StringRef name, StringRef description)
    : owner(owner), name(name), description(description) {
  Owners &owners = getOwners();
  std::lock_guard<std::mutex> lock(owners.mutex);
  owners.statistics[owner].push_back(this);
}

PassStatistic::~PassStatistic() {
  Owners &owners = getOwners();
  std::lock_guard<std::mutex> lock(owners.mutex);
  auto it = owners.statistics.find(owner);
  llvm::erase(it->second, this);
  if (it->second.empty())
    owners.statistics.erase(it);
}

static SmallVector<PassStatistic *> getStatistics(Pass *pass) {
  Owners &owners = getOwners();
  std::lock_guard<std::mutex> lock(owners.mutex);
  return owners.statistics.lookup(pass);
}

//===----------------------------------------------------------------------===//
// Printing
//===----------------------------------------------------------------------===//

namespace {
struct Count {
  uint64_t value = 0;
  StringRef description;
};

/// By name.
using Counts = std::map<StringRef, Count>;

/// Takes the counts of each run of a pass. The pass manager calls one
/// instrumentation at a time, on the thread that ran the pass.
class StatisticsPrinter : public PassInstrumentation {
public:
  ~StatisticsPrinter() override;
  void runAfterPass(Pass *pass, Operation *) override { collect(pass); }
  void runAfterPassFailed(Pass *pass, Operation *) override { collect(pass); }

private:
  void collect(Pass *pass);

  /// By the flag of the pass.
  std::map<std::string, Counts> passes;
};
} // namespace

void StatisticsPrinter::collect(Pass *pass) {
  for (PassStatistic *statistic : getStatistics(pass)) {
    Count &count = passes[pass->getArgument().str()][statistic->getName()];
    count.value += statistic->take();
    count.description = statistic->getDescription();
  }
}

static void print(raw_ostream &os, const Counts &counts) {
  size_t valueWidth = 0, nameWidth = 0;
  for (const auto &[name, count] : counts) {
    valueWidth = std::max(valueWidth, std::to_string(count.value).size());
    nameWidth = std::max(nameWidth, name.size());
  }
  for (const auto &[name, count] : counts)
    os << "  (S) " << llvm::format_decimal(count.value, valueWidth) << " "
       << llvm::left_justify(name, nameWidth) << " - " << count.description
       << "\n";
}

StatisticsPrinter::~StatisticsPrinter() {
  if (passes.empty())
    return;
  std::unique_ptr<raw_ostream> os = llvm::CreateInfoOutputFile();
  for (const auto &[pass, counts] : passes) {
    *os << pass << "\n";
    print(*os, counts);
  }
  *os << "\n";
}

void mlir::tasd::enablePassStatistics(PassManager &manager) {
  manager.addInstrumentation(std::make_unique<StatisticsPrinter>());
}
