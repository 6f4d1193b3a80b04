//===- Profile.cpp - Attach what was measured to layers -------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Postcondition: every layer of the profile has a tasd.profile.
//
//===----------------------------------------------------------------------===//

#include "tasd/Dialect/TASD/Transforms/Passes.h"

#include "tasd/Dialect/TASD/Transforms/Profiling.h"
#include "tasd/Sparsity/ProfileFile.h"

namespace mlir::tasd {
#define GEN_PASS_DEF_PROFILE
#include "tasd/Dialect/TASD/Transforms/Passes.h.inc"
} // namespace mlir::tasd

using namespace mlir;
using namespace mlir::tasd;

namespace {
struct ProfilePass : mlir::tasd::impl::ProfileBase<ProfilePass> {
  using ProfileBase::ProfileBase;

  void runOnOperation() override {
    FailureOr<sparsity::Profile> profile = readFiles();
    if (failed(profile))
      return signalPassFailure();
    auto counts = attachProfile(getOperation(), *profile, share, allowOthers);
    if (failed(counts))
      return signalPassFailure();
    numOperands += counts->done;
    numLeftOut += counts->leftOut;
  }

private:
  FailureOr<sparsity::Profile> readFiles();
};
} // namespace

FailureOr<sparsity::Profile> ProfilePass::readFiles() {
  auto emitOptionError = [&](StringRef option) {
    return emitError(getOperation().getLoc()) << "option " << option << ": ";
  };
  if (!(share >= 0 && share <= 1))
    return emitOptionError("share")
           << "expected a share of 0 to 1 but got " << share;
  if (files.empty())
    return emitOptionError("file") << "expected the file of a profile";
  auto *dialect = getContext().getOrLoadDialect<TASDDialect>();
  auto profile = sparsity::readProfileFiles(
      std::vector<std::string>(files.begin(), files.end()),
      dialect->getPatternRegistry());
  if (!profile)
    return emitOptionError("file") << llvm::toString(profile.takeError());
  return std::move(*profile);
}
