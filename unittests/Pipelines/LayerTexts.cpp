//===- LayerTexts.cpp - Random layers as text -----------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LayerTexts.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"

#include <map>

using namespace tasd::test;

static const char *transposedA =
    "linalg.matmul indexing_maps = [affine_map<(m, n, k) -> (k, m)>, "
    "affine_map<(m, n, k) -> (k, n)>, affine_map<(m, n, k) -> (m, n)>]";
static const char *transposedB =
    "linalg.matmul indexing_maps = [affine_map<(m, n, k) -> (m, k)>, "
    "affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]";
static const char *transposedBatchB =
    "linalg.batch_matmul indexing_maps = [affine_map<(b, m, n, k) -> (b, m, "
    "k)>, affine_map<(b, m, n, k) -> (b, n, k)>, affine_map<(b, m, n, k) -> "
    "(b, "
    "m, n)>]";
static const char *transposedResult =
    "linalg.contract indexing_maps = [affine_map<(m, n, k) -> (m, k)>, "
    "affine_map<(m, n, k) -> (k, n)>, affine_map<(m, n, k) -> (n, m)>]";
static const char *severalDims =
    "linalg.contract indexing_maps = [affine_map<(b, g, m, n, k, y) -> (k, b, "
    "g, m, y)>, affine_map<(b, g, m, n, k, y) -> (y, n, k, g)>, affine_map<(b, "
    "g, m, n, k, y) -> (n, b, m, g)>]";

const std::vector<LayerKind> &tasd::test::getLayerKinds() {
  static const std::vector<LayerKind> kinds = {
      {"linalg.matmul", "mk", "kn", "mn"},
      {transposedA, "km", "kn", "mn"},
      {transposedB, "mk", "nk", "mn"},
      {transposedResult, "mk", "kn", "nm"},
      {severalDims, "kbgmy", "ynkg", "nbmg"},
      {"linalg.batch_matmul", "bmk", "bkn", "bmn"},
      {transposedBatchB, "bmk", "bnk", "bmn"},
      {"linalg.batch_reduce_matmul", "bmk", "bkn", "mn"},
      {"linalg.matvec", "mk", "k", "m"},
      {"linalg.vecmat", "k", "kn", "n"},
      {"linalg.batch_matvec", "bmk", "bk", "bm"},
      {"linalg.batch_vecmat", "bk", "bkn", "bn"},
      {"linalg.dot", "k", "k", ""},
      {"linalg.mmt4d", "mkyx", "nkwx", "mnyw"},
      {"linalg.conv_1d", "W", "x", "w"},
      {"linalg.conv_2d", "HW", "yx", "hw"},
      {"linalg.conv_3d", "DHW", "zyx", "dhw"},
      {"linalg.conv_1d_nwc_wcf", "bWk", "xkn", "bwn"},
      {"linalg.conv_1d_ncw_fcw", "bkW", "nkx", "bnw"},
      {"linalg.conv_2d_nhwc_hwcf", "bHWk", "yxkn", "bhwn"},
      {"linalg.conv_2d_nhwc_fhwc", "bHWk", "nyxk", "bhwn"},
      {"linalg.conv_2d_nchw_fchw", "bkHW", "nkyx", "bnhw"},
      {"linalg.conv_2d_ngchw_fgchw", "bgkHW", "ngkyx", "bgnhw"},
      {"linalg.conv_2d_ngchw_gfchw", "bgkHW", "gnkyx", "bgnhw"},
      {"linalg.conv_2d_nhwgc_gfhwc", "bHWgk", "gnyxk", "bhwgn"},
      {"linalg.conv_3d_ndhwc_dhwcf", "bDHWk", "zyxkn", "bdhwn"},
      {"linalg.conv_3d_ncdhw_fcdhw", "bkDHW", "nkzyx", "bndhw"},
      {"linalg.depthwise_conv_1d_nwc_wc", "bWk", "xk", "bwk", true},
      {"linalg.depthwise_conv_2d_nhwc_hwc", "bHWk", "yxk", "bhwk", true},
      {"linalg.depthwise_conv_2d_nchw_chw", "bkHW", "kyx", "bkhw", true},
      {"linalg.depthwise_conv_2d_nhwc_hwcm", "bHWk", "yxkm", "bhwkm", true},
      {"linalg.pooling_nhwc_sum", "bHWk", "yx", "bhwk", true},
      {"linalg.pooling_nhwc_max", "bHWk", "yx", "bhwk", true},
      {"linalg.pooling_nchw_max", "bkHW", "yx", "bkhw", true},
  };
  return kinds;
}

const std::vector<LayerTypes> &tasd::test::getLayerTypes() {
  static const std::vector<LayerTypes> types = {
      {"f32", "f32", "f32"}, {"f64", "f64", "f64"},   {"f16", "f16", "f16"},
      {"f16", "f16", "f32"}, {"bf16", "bf16", "f32"}, {"bf16", "bf16", "bf16"},
      {"f32", "f32", "f64"}, {"i8", "i8", "i32"},     {"i32", "i32", "i32"},
      {"i8", "i16", "i64"},  {"i8", "i8", "i8"},
  };
  return types;
}

namespace {

/// Draws the extents of one layer.
class Drawing {
public:
  Drawing(const LayerKind &kind, std::mt19937 &random)
      : kind(kind), random(random) {
    for (char letter : {'m', 'n', 'k'})
      extents[letter] = pick(
          {1, 2, 3, 4, 5, 7, 8, 9, 12, 15, 16, 17, 20, 31, 32, 33, 47, 50, 65});
    if (getRank() > 4)
      extents['k'] = pick({1, 2, 3, 8, 9});
    for (char letter : {'b', 'g', 'y', 'x', 'z'})
      extents[letter] = pick({1, 2, 3});
    for (char letter : {'h', 'w', 'd'})
      extents[letter] = pick({1, 2, 3, 4, 5, 7, 8, 12, 37});
    if (pick({0, 0, 0, 0, 0, 0, 0, 0, 0, 1}))
      extents[pick({'m', 'n', 'k', 'b'})] = 0;
    for (int64_t &value : strides)
      value = pick({1, 1, 2, 3});
    for (int64_t &value : dilations)
      value = pick({1, 1, 2});
  }

  Shape getShape(const char *letters) {
    Shape shape;
    for (char letter : llvm::StringRef(letters))
      shape.push_back(getExtent(letter));
    return shape;
  }

  /// The attributes of an op with named windows; none for a plain one.
  std::string getAttributes() const {
    llvm::StringRef op(kind.op);
    int64_t rank = llvm::count_if(llvm::StringRef(kind.lhs), isWindowed);
    if (rank == 0 || op.ends_with("d"))
      return "";
    auto join = [&](const int64_t *values) {
      return llvm::join(
          llvm::map_range(llvm::ArrayRef(values, rank),
                          [](int64_t value) { return std::to_string(value); }),
          ", ");
    };
    return llvm::formatv(
               "{{dilations = dense<[{0}]> : tensor<{1}xi64>, strides "
               "= dense<[{2}]> : tensor<{1}xi64>}",
               join(dilations), rank, join(strides))
        .str();
  }

private:
  static bool isWindowed(char letter) {
    return letter == 'H' || letter == 'W' || letter == 'D';
  }

  int64_t getRank() const { return llvm::StringRef(kind.lhs).size(); }

  /// Position of a windowed dimension among those of the input.
  int64_t getWindow(char letter) const {
    llvm::StringRef before = llvm::StringRef(kind.lhs).split(letter).first;
    return llvm::count_if(before, isWindowed);
  }

  int64_t getExtent(char letter) {
    if (!isWindowed(letter))
      return extents.at(letter);
    int64_t window = getWindow(letter);
    bool isPlain = getAttributes().empty();
    int64_t stride = isPlain ? 1 : strides[window];
    int64_t dilation = isPlain ? 1 : dilations[window];
    char filter = letter == 'H' ? 'y' : letter == 'W' ? 'x' : 'z';
    int64_t outputs = extents.at(letter - 'A' + 'a');
    return (outputs - 1) * stride + (extents.at(filter) - 1) * dilation + 1;
  }

  int64_t pick(llvm::ArrayRef<int64_t> choices) {
    return choices[random() % choices.size()];
  }

  const LayerKind &kind;
  std::mt19937 &random;
  std::map<char, int64_t> extents;
  int64_t strides[3], dilations[3];
};

} // namespace

static std::string getType(const char *letters, const Shape &shape,
                           llvm::StringRef dynamicLetters,
                           const char *element) {
  std::string text = "tensor<";
  for (auto [letter, extent] : llvm::zip_equal(llvm::StringRef(letters), shape))
    text +=
        (dynamicLetters.contains(letter) ? "?" : std::to_string(extent)) + "x";
  return text + element + ">";
}

LayerText tasd::test::drawLayer(const LayerKind &kind, const LayerTypes &types,
                                std::mt19937 &random, bool allowDynamic) {
  Drawing drawing(kind, random);
  static const char *choices[] = {"", "", "b", "m", "n", "k", "mnkbgHWDhwd"};
  llvm::StringRef dynamicLetters =
      allowDynamic ? choices[random() % std::size(choices)] : "";
  LayerText layer;
  const char *letters[] = {kind.lhs, kind.rhs, kind.result};
  const char *elements[] = {types.lhs, types.rhs, types.result};
  std::string text[3];
  for (int i = 0; i < 3; ++i) {
    layer.shapes[i] = drawing.getShape(letters[i]);
    text[i] = getType(letters[i], layer.shapes[i], dynamicLetters, elements[i]);
  }
  layer.text = llvm::formatv(
      "func.func @main(%a: {0}, %b: {1}, %c: {2}) -> {2} {{\n"
      "  %r = {3} {4} ins(%a, %b : {0}, {1}) outs(%c : {2}) -> {2}\n"
      "  return %r : {2}\n}",
      text[0], text[1], text[2], kind.op, drawing.getAttributes());
  // linalg.contract and the like spell the result's type with a colon or not;
  // all of these have the arrow.
  return layer;
}
