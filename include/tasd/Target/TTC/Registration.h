//===- Registration.h - Translations of programs ----------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_TARGET_TTC_REGISTRATION_H
#define TASD_TARGET_TTC_REGISTRATION_H

namespace mlir::ttc {

/// Registers --ttc-to-binary and --binary-to-ttc, as tools built like
/// mlir-translate have them. To be called once.
void registerTTCTranslations();

} // namespace mlir::ttc

#endif // TASD_TARGET_TTC_REGISTRATION_H
