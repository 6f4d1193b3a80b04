//===- Scoring.cpp - Patterns that keep what scores enough ----------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Sparsity/Scoring.h"

using namespace tasd::sparsity;

Scoring::~Scoring() = default;
