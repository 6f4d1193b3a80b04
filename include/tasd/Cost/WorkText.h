//===- WorkText.h - The text of a work ------------------------ -*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The lists of numbers and types by which a work is given on a command line.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_COST_WORKTEXT_H
#define TASD_COST_WORKTEXT_H

#include "tasd/Cost/Work.h"

#include "llvm/Support/Error.h"

namespace tasd::cost {

/// "M,N,K". Errors say what was expected.
llvm::Error parseGemm(llvm::StringRef text, Work &work);

/// "N,H,W,C,F,KH,KW,STRIDE,PAD": images, height and width of the input,
/// channels, filters, height and width of the kernel. Errors say what was
/// expected.
llvm::Error parseConvolution(llvm::StringRef text, Work &work);

/// "A,B,Z", names of MLIR types. Errors say what was expected.
llvm::Error parseTypes(llvm::StringRef text, Work &work);

} // namespace tasd::cost

#endif // TASD_COST_WORKTEXT_H
