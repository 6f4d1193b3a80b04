//===- OpKinds.cpp - The linalg ops that programs are made of -------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "OpKinds.h"

#include "llvm/Support/ErrorHandling.h"

using namespace tasd::differential;
using llvm::StringRef;

//===----------------------------------------------------------------------===//
// Ops
//===----------------------------------------------------------------------===//

StringRef tasd::differential::getName(OpGroup group) {
  switch (group) {
  case OpGroup::Matmul:
    return "matmul";
  case OpGroup::BatchMatmul:
    return "batch matmul";
  case OpGroup::Vector:
    return "vector";
  case OpGroup::Contract:
    return "contract";
  case OpGroup::Generic:
    return "generic";
  case OpGroup::Conv1D:
    return "conv 1D";
  case OpGroup::Conv2D:
    return "conv 2D";
  case OpGroup::Conv3D:
    return "conv 3D";
  case OpGroup::GroupedConv:
    return "grouped conv";
  case OpGroup::Quantized:
    return "quantized";
  case OpGroup::Depthwise:
    return "depthwise";
  case OpGroup::Composition:
    return "composition";
  }
  llvm_unreachable("expected a group");
}

static std::vector<OpKind> createNamedKinds() {
  using G = OpGroup;
  return {
      {G::Matmul, "matmul", "mk", "kn", "mn", "k", "mnk"},
      {G::Matmul, "matmul", "km", "kn", "mn", "k", "mnk"},
      {G::Matmul, "matmul", "mk", "nk", "mn", "k", "mnk"},
      {G::Matmul, "matmul", "k", "kn", "mn", "k", "mnk"},
      {G::Matmul, "matmul", "mk", "k", "mn", "k", "mnk"},
      {G::Matmul, "mmt4d", "mkio", "nkjo", "mnij", "ko", ""},
      {G::BatchMatmul, "batch_matmul", "bmk", "bkn", "bmn", "k", "bmnk"},
      {G::BatchMatmul, "batch_matmul", "bkm", "bkn", "bmn", "k", "bmnk"},
      {G::BatchMatmul, "batch_matmul", "bmk", "bnk", "bmn", "k", "bmnk"},
      {G::BatchMatmul, "batch_reduce_matmul", "bmk", "bkn", "mn", "bk", "bmnk"},
      {G::BatchMatmul, "batch_reduce_matmul", "bkm", "bkn", "mn", "bk", "bmnk"},
      {G::BatchMatmul, "batch_reduce_matmul", "bmk", "bnk", "mn", "bk", "bmnk"},
      {G::BatchMatmul, "batch_mmt4d", "bmkio", "bnkjo", "bmnij", "ko", ""},
      {G::Vector, "matvec", "mk", "k", "m", "k", ""},
      {G::Vector, "vecmat", "k", "kn", "n", "k", ""},
      {G::Vector, "batch_matvec", "bmk", "bk", "bm", "k", ""},
      {G::Vector, "batch_vecmat", "bk", "bkn", "bn", "k", ""},
      {G::Vector, "dot", "k", "k", "", "k", ""},
      {G::Conv1D, "conv_1d", "W", "x", "w", "x", ""},
      {G::Conv1D, "conv_1d_nwc_wcf", "bWk", "xkn", "bwn", "xk", ""},
      {G::Conv1D, "conv_1d_ncw_fcw", "bkW", "nkx", "bnw", "xk", ""},
      {G::Conv2D, "conv_2d", "HW", "yx", "hw", "yx", ""},
      {G::Conv2D, "conv_2d_nhwc_hwcf", "bHWk", "yxkn", "bhwn", "yxk", ""},
      {G::Conv2D, "conv_2d_nhwc_fhwc", "bHWk", "nyxk", "bhwn", "yxk", ""},
      {G::Conv2D, "conv_2d_nchw_fchw", "bkHW", "nkyx", "bnhw", "yxk", ""},
      {G::Conv3D, "conv_3d", "DHW", "zyx", "dhw", "zyx", ""},
      {G::Conv3D, "conv_3d_ndhwc_dhwcf", "bDHWk", "zyxkn", "bdhwn", "zyxk", ""},
      {G::Conv3D, "conv_3d_ncdhw_fcdhw", "bkDHW", "nkzyx", "bndhw", "zyxk", ""},
      {G::GroupedConv, "conv_2d_ngchw_fgchw", "bgkHW", "ngkyx", "bgnhw", "yxk",
       ""},
      {G::GroupedConv, "conv_2d_ngchw_gfchw", "bgkHW", "gnkyx", "bgnhw", "yxk",
       ""},
      {G::GroupedConv, "conv_2d_nhwgc_gfhwc", "bHWgk", "gnyxk", "bhwgn", "yxk",
       ""},
      {G::Quantized, "quantized_matmul", "mk", "kn", "mn", "k", ""},
      {G::Quantized, "quantized_batch_matmul", "bmk", "bkn", "bmn", "k", ""},
      {G::Quantized, "conv_2d_nhwc_hwcf_q", "bHWk", "yxkn", "bhwn", "yxk", ""},
      {G::Quantized, "conv_2d_nhwc_fhwc_q", "bHWk", "nyxk", "bhwn", "yxk", ""},
      {G::Quantized, "conv_2d_nchw_fchw_q", "bkHW", "nkyx", "bnhw", "yxk", ""},
      {G::Quantized, "conv_2d_ngchw_gfchw_q", "bgkHW", "gnkyx", "bgnhw", "yxk",
       ""},
      {G::Quantized, "conv_2d_nhwgc_gfhwc_q", "bHWgk", "gnyxk", "bhwgn", "yxk",
       ""},
      {G::Quantized, "conv_3d_ndhwc_dhwcf_q", "bDHWk", "zyxkn", "bdhwn", "zyxk",
       ""},
      {G::Depthwise, "depthwise_conv_1d_nwc_wc", "bWk", "xk", "bwk", "x", ""},
      {G::Depthwise, "depthwise_conv_1d_ncw_cw", "bkW", "kx", "bkw", "x", ""},
      {G::Depthwise, "depthwise_conv_1d_nwc_wcm", "bWk", "xkm", "bwkm", "x",
       ""},
      {G::Depthwise, "depthwise_conv_2d_nhwc_hwc", "bHWk", "yxk", "bhwk", "yx",
       ""},
      {G::Depthwise, "depthwise_conv_2d_nchw_chw", "bkHW", "kyx", "bkhw", "yx",
       ""},
      {G::Depthwise, "depthwise_conv_2d_nhwc_hwcm", "bHWk", "yxkm", "bhwkm",
       "yx", ""},
      {G::Depthwise, "depthwise_conv_3d_ndhwc_dhwc", "bDHWk", "zyxk", "bdhwk",
       "zyx", ""},
      {G::Depthwise, "depthwise_conv_2d_nhwc_hwc_q", "bHWk", "yxk", "bhwk",
       "yx", ""},
  };
}

llvm::ArrayRef<OpKind> tasd::differential::getNamedKinds() {
  static const std::vector<OpKind> kinds = createNamedKinds();
  return kinds;
}

bool OpKind::isConv() const {
  return StringRef(lhs).find_first_of("HWD") != StringRef::npos;
}

bool OpKind::isQuantized() const {
  return StringRef(op).starts_with("quantized") ||
         StringRef(op).ends_with("_q");
}

bool OpKind::hasStrides() const {
  return isConv() && op != "conv_1d" && op != "conv_2d" && op != "conv_3d";
}

bool OpKind::hasCast() const {
  // linalg.batch_reduce_matmul has the attribute but always extends the sign.
  return op == "matmul" || op == "batch_matmul" || op == "contract";
}

std::string OpKind::getLayout() const {
  return lhs + "," + rhs + "->" + result;
}

bool tasd::differential::isWindowed(char letter) {
  return letter == 'H' || letter == 'W' || letter == 'D';
}

char tasd::differential::getPosition(char windowed) {
  return windowed - 'A' + 'a';
}

char tasd::differential::getWindow(char windowed) {
  return windowed == 'H' ? 'y' : windowed == 'W' ? 'x' : 'z';
}

//===----------------------------------------------------------------------===//
// Types and sides
//===----------------------------------------------------------------------===//

std::string ElementTypes::getText() const {
  auto prefix = [&](int i) { return std::string(isUnsigned[i] ? "u" : ""); };
  return prefix(0) + lhs + "," + prefix(1) + rhs + "->" + result;
}

StringRef tasd::differential::getName(TypeFamily family) {
  switch (family) {
  case TypeFamily::Float:
    return "float";
  case TypeFamily::Half:
    return "half";
  case TypeFamily::Integer:
    return "integer";
  }
  llvm_unreachable("expected a family");
}

llvm::ArrayRef<ElementTypes> tasd::differential::getTypes(TypeFamily family) {
  static const ElementTypes floats[] = {{"f32", "f32", "f32"},
                                        {"f32", "f32", "f32"},
                                        {"f64", "f64", "f64"},
                                        {"f32", "f32", "f64"}};
  static const ElementTypes halves[] = {{"f16", "f16", "f16"},
                                        {"f16", "f16", "f32"},
                                        {"bf16", "bf16", "f32"},
                                        {"bf16", "bf16", "bf16"},
                                        {"f16", "f32", "f32"}};
  static const ElementTypes integers[] = {{"i8", "i8", "i32"},
                                          {"i8", "i8", "i32", {true, true}},
                                          {"i8", "i8", "i32", {false, true}},
                                          {"i8", "i8", "i32", {true, false}},
                                          {"i32", "i32", "i32"},
                                          {"i8", "i32", "i32"},
                                          {"i8", "i8", "i8"},
                                          {"i8", "i8", "f32"}};
  switch (family) {
  case TypeFamily::Float:
    return floats;
  case TypeFamily::Half:
    return halves;
  case TypeFamily::Integer:
    return integers;
  }
  llvm_unreachable("expected a family");
}

StringRef tasd::differential::getName(Side side) {
  switch (side) {
  case Side::Weights:
    return "weights";
  case Side::Activations:
    return "activations";
  case Side::Both:
    return "both";
  }
  llvm_unreachable("expected a side");
}
