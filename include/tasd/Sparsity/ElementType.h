//===- ElementType.h - Element types of plain buffers -----------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The element types that selection, packing and metrics know. Integers carry
// their signedness, since the magnitude of 0x80 depends on it.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_SPARSITY_ELEMENTTYPE_H
#define TASD_SPARSITY_ELEMENTTYPE_H

#include "llvm/ADT/StringRef.h"

#include <cstdint>

namespace tasd::sparsity {

enum class ElementType : uint8_t {
  F64,
  F32,
  F16,
  BF16,
  F8E4M3FN,
  SI32,
  UI32,
  SI8,
  UI8,
  /// Of places in packed forms alone: no tensor of them is decomposed.
  SI64,
};

/// Bytes of one element.
int64_t getByteWidth(ElementType type);

/// The name used in messages: "f32", "si8", ...
llvm::StringRef getName(ElementType type);

} // namespace tasd::sparsity

#endif // TASD_SPARSITY_ELEMENTTYPE_H
