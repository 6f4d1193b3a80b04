//===- ChannelsFirst.h - Images whose pixels lie side by side ---*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_CONVERSION_TASDTOVECTOR_CHANNELSFIRST_H
#define TASD_LIB_CONVERSION_TASDTOVECTOR_CHANNELSFIRST_H

#include "PackedProduct.h"

namespace mlir::tasd {

/// Turns the dense operand of a convolution around once, where each of its
/// elements would else be turned around for every window that reads it: to
/// where successive lanes read successive elements. Changes the contraction in
/// place; returns whether it did.
bool turnChannelsFirst(RewriterBase &rewriter, const PackedProduct &product,
                       int64_t vectorBits);

} // namespace mlir::tasd

#endif // TASD_LIB_CONVERSION_TASDTOVECTOR_CHANNELSFIRST_H
