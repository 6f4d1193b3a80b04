//===- SharedAxes.cpp - Which dimensions of tensors share an order --------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Dialect/TASD/Analysis/SharedAxes.h"

using namespace mlir;
using namespace mlir::tasd;

AxisId SharedAxes::add(int64_t extent, StringRef obstacle) {
  AxisId axis = axes.size();
  axes.push_back({extent, axis, obstacle.str(), {}});
  return axis;
}

AxisId SharedAxes::find(AxisId axis) const {
  while (axes[axis].representative != axis)
    axis = axes[axis].representative;
  return axis;
}

void SharedAxes::appendLeaves(AxisId axis, AxisList &list) const {
  axis = find(axis);
  if (axes[axis].parts.empty() && axes[axis].extent != 1)
    list.push_back(axis);
  for (AxisId part : axes[axis].parts)
    appendLeaves(part, list);
}

AxisList SharedAxes::getLeaves(ArrayRef<AxisId> list) const {
  AxisList leaves;
  for (AxisId axis : list)
    appendLeaves(axis, leaves);
  return leaves;
}

AxisList SharedAxes::get(Value tensor, int64_t dim) {
  auto [entry, isNew] = dims.try_emplace({tensor, dim}, 0);
  if (isNew)
    entry->second =
        add(cast<RankedTensorType>(tensor.getType()).getDimSize(dim), "");
  return getLeaves(entry->second);
}

void SharedAxes::pin(ArrayRef<AxisId> list, const Twine &reason) {
  for (AxisId axis : getLeaves(list))
    if (axes[axis].obstacle.empty())
      axes[axis].obstacle = reason.str();
}

void SharedAxes::merge(AxisId lhs, AxisId rhs) {
  if (lhs == rhs)
    return;
  Axis &kept = axes[std::min(lhs, rhs)], &merged = axes[std::max(lhs, rhs)];
  merged.representative = kept.representative;
  if (kept.obstacle.empty())
    kept.obstacle = std::move(merged.obstacle);
  if (ShapedType::isDynamic(kept.extent))
    kept.extent = merged.extent;
}

std::pair<AxisId, AxisId> SharedAxes::split(AxisId axis, int64_t extent) {
  std::string obstacle = axes[axis].obstacle;
  AxisId outer = add(axes[axis].extent / extent, obstacle);
  AxisId inner = add(extent, obstacle);
  axes[axis].parts = {outer, inner};
  return {outer, inner};
}

void SharedAxes::unify(ArrayRef<AxisId> lhsList, ArrayRef<AxisId> rhsList) {
  AxisList lhs = getLeaves(lhsList), rhs = getLeaves(rhsList);
  // From the innermost ones outwards.
  while (!lhs.empty() && !rhs.empty()) {
    AxisId a = find(lhs.pop_back_val()), b = find(rhs.pop_back_val());
    // A split before may have been of this very axis.
    if (!axes[a].parts.empty() || !axes[b].parts.empty()) {
      appendLeaves(a, lhs);
      appendLeaves(b, rhs);
      continue;
    }
    int64_t extentA = axes[a].extent, extentB = axes[b].extent;
    bool isKnown =
        !ShapedType::isDynamic(extentA) && !ShapedType::isDynamic(extentB);
    if (extentA == extentB || (!isKnown && lhs.empty() && rhs.empty())) {
      merge(a, b);
    } else if (isKnown && extentA > extentB && extentA % extentB == 0) {
      auto [outer, inner] = split(a, extentB);
      lhs.push_back(outer);
      merge(inner, b);
    } else if (isKnown && extentB > extentA && extentB % extentA == 0) {
      auto [outer, inner] = split(b, extentA);
      rhs.push_back(outer);
      merge(a, inner);
    } else {
      lhs.push_back(a);
      rhs.push_back(b);
      break;
    }
  }
  lhs.append(rhs);
  pin(lhs, "a reshape takes it apart in another way");
}
