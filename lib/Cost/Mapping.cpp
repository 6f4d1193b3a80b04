//===- Mapping.cpp - How a layer runs on a machine ------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Cost/Mapping.h"

#include "llvm/ADT/StringExtras.h"

using namespace tasd::cost;

Extents Mapping::getTile(size_t level) const {
  Extents tile;
  for (const LevelNest &nest : llvm::ArrayRef(levels).drop_front(level))
    for (const Loop &loop : nest.loops)
      getExtent(tile, loop.dim) *= loop.bound;
  return tile;
}

Extents Mapping::getExtents() const { return getTile(0); }

OperandSet tasd::cost::getKeeps(const Mapping &mapping,
                                const machine::Machine &machine, size_t level) {
  return mapping.levels[level].keeps.value_or(machine.levels[level].keep);
}

static llvm::StringRef getSuffix(LoopKind kind) {
  switch (kind) {
  case LoopKind::Temporal:
    return "";
  case LoopKind::SpatialX:
    return " (Spatial-X)";
  case LoopKind::SpatialY:
    return " (Spatial-Y)";
  }
  llvm_unreachable("all kinds handled");
}

static std::string getText(const OperandSet &operands) {
  std::vector<llvm::StringRef> names;
  for (Operand operand : kOperands)
    if (operands.contains(operand))
      names.push_back(getName(operand));
  return names.empty() ? "none" : llvm::join(names, ",");
}

void tasd::cost::printMapping(const Mapping &mapping, llvm::raw_ostream &os) {
  for (const LevelNest &nest : mapping.levels) {
    os << nest.level;
    if (nest.keeps)
      os << " keep " << getText(*nest.keeps);
    os << ":";
    llvm::ListSeparator separator(" /");
    for (const Loop &loop : nest.loops)
      os << separator << " for " << getName(loop.dim) << " in [0:" << loop.bound
         << ")" << getSuffix(loop.kind);
    os << "\n";
  }
}

llvm::Error tasd::cost::createMappingError(const Mapping &mapping,
                                           Position position,
                                           const llvm::Twine &message) {
  std::string place = mapping.file.empty() ? "mapping" : mapping.file;
  if (position.line)
    place += ":" + std::to_string(position.line) + ":" +
             std::to_string(position.column);
  return llvm::createStringError(place + ": " + message);
}
