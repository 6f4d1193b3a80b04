//===- ProfileCollector.cpp - Where profiles are collected ----------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A tensor is measured by itself and then merged, so that threads wait for each
// other only while they merge.
//
//===----------------------------------------------------------------------===//

#include "tasd/Runtime/ProfileCollector.h"

using namespace tasd;
using namespace tasd::runtime;
using sparsity::OperandProfile;
using sparsity::Profile;

ProfileCollector::~ProfileCollector() { llvm::consumeError(std::move(error)); }

/// The profile of a single tensor of an operand.
static llvm::Expected<Profile>
profileTensor(llvm::StringRef layer, int64_t input,
              const sparsity::ProfileRequest &request,
              const sparsity::TensorView &tensor,
              llvm::ThreadPoolInterface *pool) {
  OperandProfile operand(request, tensor.blocked.getNumColumns());
  if (llvm::Error error = operand.observe(tensor, pool))
    return llvm::createStringError(sparsity::getOperandText(layer, input) +
                                   ": " + llvm::toString(std::move(error)));
  Profile profile;
  profile.layers[layer.str()].emplace(input, std::move(operand));
  return profile;
}

void ProfileCollector::record(llvm::StringRef layer, int64_t input,
                              const sparsity::ProfileRequest &request,
                              const sparsity::TensorView &tensor) {
  llvm::Expected<Profile> added =
      profileTensor(layer, input, request, tensor, pool);
  std::lock_guard<std::mutex> lock(mutex);
  // What is wrong with an operand is wrong with all that is computed of it:
  // the first says it.
  if (error)
    llvm::consumeError(added.takeError());
  else
    error = added ? profile.merge(*added) : added.takeError();
}

/// Operands without data have no shares and no means.
static llvm::Error verifyNotEmpty(const Profile &profile) {
  for (const auto &[layer, inputs] : profile.layers)
    for (const auto &[input, operand] : inputs)
      if (operand.getNumElements() == 0)
        return llvm::createStringError(
            sparsity::getOperandText(layer, input) +
            ": expected data to profile but got no element");
  return llvm::Error::success();
}

llvm::Expected<Profile> ProfileCollector::take() {
  std::lock_guard<std::mutex> lock(mutex);
  Profile taken = std::exchange(profile, {});
  if (error)
    return std::exchange(error, llvm::Error::success());
  if (llvm::Error empty = verifyNotEmpty(taken))
    return std::move(empty);
  return taken;
}

/// The collector of setProfileCollector.
static ProfileCollector *&getProfileCollectorSlot() {
  static ProfileCollector *collector = nullptr;
  return collector;
}

void runtime::setProfileCollector(ProfileCollector *collector) {
  getProfileCollectorSlot() = collector;
}

ProfileCollector *runtime::getProfileCollector() {
  return getProfileCollectorSlot();
}
