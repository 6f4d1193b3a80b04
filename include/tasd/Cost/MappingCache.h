//===- MappingCache.h - Equal layers are searched once -------- -*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_COST_MAPPINGCACHE_H
#define TASD_COST_MAPPINGCACHE_H

#include "tasd/Cost/MappingSearch.h"

#include <map>
#include <memory>
#include <mutex>

namespace tasd::cost {

/// Best mappings by all that they depend on: the content of work and machine,
/// the objective and the limits. May be used by several threads at a time, of
/// which one searches what others wait for; what it returns depends on neither.
class MappingCache {
public:
  MappingCache();
  ~MappingCache();

  /// As findBestMapping, errors included.
  llvm::Expected<MappedCost>
  find(const Work &work, const machine::Machine &machine, Objective objective,
       const Cost *known = nullptr, const CostLimits &limits = {});

  /// How many different searches were asked for.
  size_t getNumSearches() const;

private:
  struct Entry;

  mutable std::mutex mutex;
  std::map<std::string, std::shared_ptr<Entry>> entries;
};

} // namespace tasd::cost

#endif // TASD_COST_MAPPINGCACHE_H
