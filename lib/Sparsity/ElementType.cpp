//===- ElementType.cpp - Element types of plain buffers -------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Sparsity/ElementType.h"

#include "llvm/Support/ErrorHandling.h"

using namespace tasd::sparsity;

int64_t tasd::sparsity::getByteWidth(ElementType type) {
  switch (type) {
  case ElementType::F64:
  case ElementType::SI64:
    return 8;
  case ElementType::F32:
  case ElementType::SI32:
  case ElementType::UI32:
    return 4;
  case ElementType::F16:
  case ElementType::BF16:
    return 2;
  case ElementType::F8E4M3FN:
  case ElementType::SI8:
  case ElementType::UI8:
    return 1;
  }
  llvm_unreachable("unknown element type");
}

llvm::StringRef tasd::sparsity::getName(ElementType type) {
  switch (type) {
  case ElementType::F64:
    return "f64";
  case ElementType::F32:
    return "f32";
  case ElementType::F16:
    return "f16";
  case ElementType::BF16:
    return "bf16";
  case ElementType::F8E4M3FN:
    return "f8E4M3FN";
  case ElementType::SI32:
    return "si32";
  case ElementType::UI32:
    return "ui32";
  case ElementType::SI8:
    return "si8";
  case ElementType::UI8:
    return "ui8";
  case ElementType::SI64:
    return "si64";
  }
  llvm_unreachable("unknown element type");
}
