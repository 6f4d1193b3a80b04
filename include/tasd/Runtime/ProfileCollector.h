//===- ProfileCollector.h - Where profiles are collected --------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What a program that hosts instrumented code sets up before that runs.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_RUNTIME_PROFILECOLLECTOR_H
#define TASD_RUNTIME_PROFILECOLLECTOR_H

#include "tasd/Sparsity/Profile.h"

#include <mutex>

namespace tasd::runtime {

/// Profiles the operands whose tensors it is given, from any number of threads.
class ProfileCollector {
public:
  /// Measures on the threads of `pool`, which outlives this; on the caller's if
  /// it is null. Results do not depend on it.
  explicit ProfileCollector(llvm::ThreadPoolInterface *pool = nullptr)
      : pool(pool) {}
  /// Errors that nobody has taken are dropped.
  ~ProfileCollector();

  /// Adds a tensor to the profile of an input of a layer. After an error
  /// nothing is added any more, until it is taken.
  void record(llvm::StringRef layer, int64_t input,
              const sparsity::ProfileRequest &request,
              const sparsity::TensorView &tensor);

  /// The profile so far, and forgets it. Errors, which name layer and input:
  /// the first tensor that had none, an operand that never had an element.
  llvm::Expected<sparsity::Profile> take();

private:
  llvm::ThreadPoolInterface *pool;
  std::mutex mutex;
  sparsity::Profile profile;
  llvm::Error error = llvm::Error::success();
};

/// The collector of tasd_runtime_record, owned by the caller; null, which it is
/// at first, records nothing. Not synchronised with running code.
void setProfileCollector(ProfileCollector *collector);
ProfileCollector *getProfileCollector();

/// Makes a collector that of tasd_runtime_record for as long as this lives.
class ProfileScope {
public:
  explicit ProfileScope(ProfileCollector &collector)
      : previous(getProfileCollector()) {
    setProfileCollector(&collector);
  }
  ProfileScope(const ProfileScope &) = delete;
  ProfileScope &operator=(const ProfileScope &) = delete;
  ~ProfileScope() { setProfileCollector(previous); }

private:
  ProfileCollector *previous;
};

} // namespace tasd::runtime

#endif // TASD_RUNTIME_PROFILECOLLECTOR_H
