//===-- tasd-c/Passes.td - The passes that C knows ---------*- tablegen -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

include "tasd/Conversion/LinalgToBLAS/Passes.td"
include "tasd/Conversion/LinalgToLLVM/Passes.td"
include "tasd/Conversion/LinalgToTASD/Passes.td"
include "tasd/Conversion/LinalgToVector/Passes.td"
include "tasd/Conversion/TASDToLinalg/Passes.td"
include "tasd/Conversion/TASDToRuntime/Passes.td"
include "tasd/Conversion/TASDToSparseTensor/Passes.td"
include "tasd/Conversion/TASDToVector/Passes.td"
include "tasd/Dialect/TASD/Transforms/Passes.td"
