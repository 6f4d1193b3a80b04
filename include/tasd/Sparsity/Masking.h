//===- Masking.h - Parts of a tensor by their owners ------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_SPARSITY_MASKING_H
#define TASD_SPARSITY_MASKING_H

#include "tasd/Sparsity/Pattern.h"

namespace tasd::sparsity {

/// Which elements of a tensor: those that terms own, or those that none does.
enum class Part { Owned, Unowned };

/// Writes a part of `tensor` to `target`, which has its shape and element type,
/// and +0 to the other elements. The views are valid, and blocked alike.
void copyPart(const TensorView &tensor, const Ownership &ownership, Part part,
              const MutableTensorView &target);

} // namespace tasd::sparsity

#endif // TASD_SPARSITY_MASKING_H
