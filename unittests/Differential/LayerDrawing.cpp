//===- LayerDrawing.cpp - A layer in random shapes ------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LayerDrawing.h"
#include "ProgramWriter.h"

#include "llvm/Support/FormatVariadic.h"

using namespace tasd::differential;
using llvm::formatv;
using llvm::StringRef;

static bool isWindow(char letter) {
  return letter == 'x' || letter == 'y' || letter == 'z';
}

//===----------------------------------------------------------------------===//
// Drawing
//===----------------------------------------------------------------------===//

OpKind tasd::differential::drawContraction(OpGroup group, Random &random) {
  OpKind kind;
  kind.group = group;
  kind.op = "contract";
  // Batch, rows, columns and reductions, up to two or three of each.
  std::string batch = random.pick<std::string>({"", "", "b", "bc"});
  std::string rows = random.pick<std::string>({"", "m", "m", "mi"});
  std::string columns = random.pick<std::string>({"", "n", "n", "nj"});
  kind.reductions = random.pick<std::string>({"k", "k", "ko", "kop"});
  kind.lhs = batch + rows + kind.reductions;
  kind.rhs = batch + columns + kind.reductions;
  kind.result = batch + rows + columns;
  kind.loops = kind.result + kind.reductions;
  for (std::string *letters : {&kind.lhs, &kind.rhs, &kind.result, &kind.loops})
    random.shuffle(*letters);
  return kind;
}

/// The loops of a kind by letters.
static std::string collectLoops(const OpKind &kind) {
  std::string loops = kind.loops;
  for (char letter : kind.result + kind.lhs + kind.rhs)
    if (!isWindowed(letter) && loops.find(letter) == std::string::npos)
      loops += letter;
  return loops;
}

LayerDrawing::LayerDrawing(OpKind drawn, bool isGeneric, Random &random)
    : kind(std::move(drawn)), isGeneric(isGeneric), loops(collectLoops(kind)) {
  if (isGeneric)
    random.shuffle(loops);
  if (isGeneric || kind.op == "contract")
    llvm::sort(kind.reductions,
               [&](char a, char b) { return loops.find(a) < loops.find(b); });
  drawExtents(random);
  drawWindows(random);
  // Small programs: many of them run.
  while (getNumSteps() > 30000)
    for (auto &[letter, extent] : extents)
      extent = std::max<int64_t>(extent * 2 / 3, extent != 0);
  if (random.chance(4)) {
    char letter = random.pick<char>({'b', 'm', 'n', 'k'});
    if (extents.count(letter))
      extents[letter] = 0;
  }
}

void LayerDrawing::drawExtents(Random &random) {
  bool isWide = kind.isConv() || kind.reductions.size() > 1;
  for (char letter : loops) {
    int64_t largest = 4;
    if (letter == 'm' || letter == 'n')
      largest = random.pick({4, 20});
    if (letter == 'k')
      largest = isWide ? 20 : random.pick({16, 40, 70});
    if (letter == 'h' || letter == 'w' || letter == 'd')
      largest = 7;
    if (isWindow(letter))
      largest = kind.lhs.size() == 1 ? 12 : 3;
    extents[letter] = random.between(1, largest);
  }
}

void LayerDrawing::drawWindows(Random &random) {
  bool canStride = isGeneric || kind.hasStrides();
  for (char letter : {'z', 'y', 'x'}) {
    strides[letter] = canStride ? random.pick({1, 1, 2, 3}) : 1;
    dilations[letter] = canStride ? random.pick({1, 1, 1, 2, 3}) : 1;
  }
  slack = kind.isConv() && random.chance(20);
}

void LayerDrawing::drawDynamic(Random &random) {
  // Seldom a dimension that is summed over: that one cannot be blocked.
  std::string candidates;
  for (char letter : kind.result)
    if (!isWindow(letter) && !StringRef("hwd").contains(letter))
      candidates += letter;
  if (random.chance(20))
    candidates = "k";
  for (char letter : candidates)
    if (random.chance(60))
      dynamicLetters += letter;
}

//===----------------------------------------------------------------------===//
// Shapes
//===----------------------------------------------------------------------===//

int64_t LayerDrawing::getExtent(char letter) const {
  if (!isWindowed(letter))
    return extents.at(letter);
  char window = getWindow(letter);
  return (extents.at(getPosition(letter)) - 1) * strides.at(window) +
         (extents.at(window) - 1) * dilations.at(window) + 1 + slack;
}

Shape LayerDrawing::getShape(StringRef letters) const {
  Shape shape;
  for (char letter : letters)
    shape.push_back(getExtent(letter));
  return shape;
}

Shape LayerDrawing::getType(StringRef letters) const {
  Shape shape;
  for (char letter : letters)
    shape.push_back(isDynamic(letter) ? -1 : getExtent(letter));
  return shape;
}

int64_t LayerDrawing::getNumSteps() const {
  int64_t steps = 1;
  for (auto [letter, extent] : extents)
    steps *= extent;
  return steps;
}

int64_t LayerDrawing::getNumProducts() const {
  int64_t count = 1;
  for (char letter : kind.reductions)
    count *= extents.at(letter);
  return count;
}

bool LayerDrawing::isStrided() const {
  return kind.isConv() && llvm::any_of(kind.lhs, [&](char letter) {
           return isWindowed(letter) && strides.at(getWindow(letter)) > 1;
         });
}

bool LayerDrawing::isDilated() const {
  return kind.isConv() && llvm::any_of(kind.lhs, [&](char letter) {
           return isWindowed(letter) && dilations.at(getWindow(letter)) > 1;
         });
}

Shape LayerDrawing::getBlockedDims(StringRef letters, bool isWeights) const {
  Shape dims;
  for (bool wantsWindow : {true, false})
    for (char loop : kind.reductions) {
      bool isWindowLoop = kind.isConv() && isWindow(loop);
      size_t dim = letters.find(loop);
      if (isWindowLoop == wantsWindow && dim != StringRef::npos &&
          (isWeights || !isWindowLoop))
        dims.push_back(dim);
    }
  return dims;
}

//===----------------------------------------------------------------------===//
// Text
//===----------------------------------------------------------------------===//

std::string LayerDrawing::getIndex(char letter) const {
  if (!isWindowed(letter))
    return std::string(1, letter);
  char window = getWindow(letter);
  auto scale = [](char loop, int64_t factor) {
    std::string text(1, loop);
    return factor == 1 ? text : text + " * " + std::to_string(factor);
  };
  return scale(getPosition(letter), strides.at(window)) + " + " +
         scale(window, dilations.at(window));
}

/// "a, b, c" of the texts of letters.
template <typename Function>
static std::string joinLetters(StringRef letters, Function getText) {
  std::string text;
  for (char letter : letters)
    text += (text.empty() ? "" : ", ") + getText(letter);
  return text;
}

std::string LayerDrawing::getMaps() const {
  std::string text;
  for (const std::string &letters : {kind.lhs, kind.rhs, kind.result})
    text += formatv(
        "{0}affine_map<({1}) -> ({2})>", text.empty() ? "" : ", ",
        joinLetters(loops, [](char loop) { return std::string(1, loop); }),
        joinLetters(letters, [&](char letter) { return getIndex(letter); }));
  return "indexing_maps = [" + text + "]";
}

std::string LayerDrawing::getOpText(const ElementTypes &types) const {
  if (isGeneric) {
    std::string iterators = joinLetters(loops, [&](char loop) {
      bool isReduction = kind.reductions.find(loop) != std::string::npos;
      return std::string(isReduction ? "\"reduction\"" : "\"parallel\"");
    });
    return "linalg.generic {" + getMaps() + ", iterator_types = [" + iterators +
           "]}";
  }
  std::string text = "linalg." + kind.op;
  if (!kind.loops.empty())
    text += " " + getMaps();
  if (types.isUnsigned[0])
    text += " {cast = #linalg.type_fn<cast_unsigned>}";
  if (!kind.hasStrides())
    return text;
  Shape strideList, dilationList;
  for (char letter : kind.lhs)
    if (isWindowed(letter)) {
      strideList.push_back(strides.at(getWindow(letter)));
      dilationList.push_back(dilations.at(getWindow(letter)));
    }
  return text +
         formatv(" {{dilations = dense<{0}> : tensor<{2}xi64>, strides = "
                 "dense<{1}> : tensor<{2}xi64>}",
                 getListText(dilationList), getListText(strideList),
                 strideList.size())
             .str();
}

/// The cast of an input to the type of the result; empty where there is none.
static std::string getCast(StringRef from, StringRef to, bool isUnsigned) {
  if (from == to)
    return "";
  bool toFloat = Format::get(to).isFloat();
  if (Format::get(from).isFloat())
    return "arith.extf";
  if (toFloat)
    return isUnsigned ? "arith.uitofp" : "arith.sitofp";
  return isUnsigned ? "arith.extui" : "arith.extsi";
}

std::string LayerDrawing::getBodyText(const ElementTypes &types,
                                      Random &random) const {
  if (!isGeneric)
    return "";
  std::string text = formatv(" {{\n  ^bb0(%a: {0}, %b: {1}, %c: {2}):\n",
                             types.lhs, types.rhs, types.result);
  std::string factors[] = {"%a", "%b"};
  const char *from[] = {types.lhs, types.rhs};
  for (int i : {0, 1}) {
    std::string cast = getCast(from[i], types.result, types.isUnsigned[i]);
    if (cast.empty())
      continue;
    text += formatv("    {0}x = {1} {0} : {2} to {3}\n", factors[i], cast,
                    from[i], types.result);
    factors[i] += "x";
  }
  const char *suffix = Format::get(types.result).isFloat() ? "f" : "i";
  if (random.chance(30))
    std::swap(factors[0], factors[1]);
  text += formatv("    %p = arith.mul{0} {1}, {2} : {3}\n", suffix, factors[0],
                  factors[1], types.result);
  text +=
      formatv("    %s = arith.add{0} {1} : {2}\n    linalg.yield %s : "
              "{2}\n  }",
              suffix, random.chance(50) ? "%c, %p" : "%p, %c", types.result);
  return text;
}
