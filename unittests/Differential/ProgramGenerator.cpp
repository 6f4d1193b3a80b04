//===- ProgramGenerator.cpp - Random programs -----------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CompositionDrawing.h"
#include "LayerDrawing.h"
#include "ProgramWriter.h"

#include "tasd/Sparsity/NM.h"

#include "llvm/Support/FormatVariadic.h"

#include <cmath>

using namespace tasd::differential;
using llvm::formatv;
using llvm::StringRef;

//===----------------------------------------------------------------------===//
// Cells
//===----------------------------------------------------------------------===//

/// Whether ops of the group come in types of the family.
static bool exists(OpGroup group, TypeFamily family) {
  return group != OpGroup::Quantized || family == TypeFamily::Integer;
}

/// All cells, those of depthwise convolutions included.
static const std::vector<Cell> &getCells() {
  static const std::vector<Cell> cells = [] {
    std::vector<Cell> result;
    for (int group = 0; group <= int(kLastOpGroup); ++group)
      for (int family = 0; family <= int(kLastTypeFamily); ++family)
        for (int side = 0; side <= int(kLastSide); ++side)
          if (exists(OpGroup(group), TypeFamily(family)))
            // Quantized ops are many and come in one family only.
            result.insert(result.end(),
                          OpGroup(group) == OpGroup::Quantized ? 3 : 1,
                          {OpGroup(group), TypeFamily(family), Side(side)});
    return result;
  }();
  return cells;
}

llvm::ArrayRef<Cell> tasd::differential::getSupportedCells() {
  static const std::vector<Cell> supported = [] {
    std::vector<Cell> result;
    for (const Cell &cell : getCells())
      if (cell.group < OpGroup::Depthwise)
        result.push_back(cell);
    return result;
  }();
  return supported;
}

//===----------------------------------------------------------------------===//
// Elements
//===----------------------------------------------------------------------===//

namespace {

/// Draws the elements of tensors.
class ElementDrawing {
public:
  ElementDrawing(Random &random, bool isExact) : random(random) {
    exact = isExact;
  }

  /// Integers of magnitude up to `limit`, or fractions where sums are rounded.
  /// `density` is the share of non-zeros in percent.
  Tensor draw(Format format, llvm::ArrayRef<int64_t> shape, Number limit,
              int density) {
    Tensor tensor = Tensor::zeros(format, shape);
    for (Number &element : tensor.elements)
      if (random.chance(density))
        element = drawOne(format, limit);
      else if (format.isFloat() && random.chance(5))
        element = -0.0L;
    return tensor;
  }

private:
  Number drawOne(Format format, Number limit) {
    if (!format.isFloat() && limit >= format.getExactLimit())
      return decode(format, random.bits());
    if (exact || !format.isFloat())
      return random.between(-int64_t(limit), int64_t(limit));
    Number magnitude =
        std::ldexp(Number(random.between(1 << 10, 1 << 15)), -13);
    return round(format, random.chance(50) ? magnitude : -magnitude);
  }

  Random &random;
  bool exact;
};

} // namespace

/// The largest magnitude of the elements so that all partial sums are exact.
static Number getExactLimit(const ElementTypes &types, int64_t numProducts) {
  Format result = Format::get(types.result);
  if (!result.isFloat())
    return 1e18L; // integers wrap
  Number room = result.getExactLimit() - 8;
  return std::floor(std::sqrt(room / std::max<int64_t>(numProducts, 1)));
}

//===----------------------------------------------------------------------===//
// Programs
//===----------------------------------------------------------------------===//

namespace {

class ProgramDrawing {
public:
  ProgramDrawing(uint64_t seed, const Cell &cell)
      : random(seed), writer(program), cell(cell), kind(drawKind()),
        layer(kind, isGeneric, random) {
    program.seed = seed;
    program.name = "p" + std::to_string(seed);
  }

  Program draw();

private:
  OpKind drawKind();
  void drawTypes();
  void drawSides();
  void drawLimits();
  bool isTypePossible(const ElementTypes &types) const;

  StringRef getLetters(int input) const { return input ? kind.rhs : kind.lhs; }
  StringRef getElement(int input) const {
    return input ? types.rhs : types.lhs;
  }

  Tensor drawInput(int input);
  Tensor drawWeights(int input);
  TypedValue addActivation(int input);
  TypedValue addInit();
  void drawZeroPoints();
  std::string getZeroPointText(std::string &typeText);

  TypedValue addLayer(llvm::ArrayRef<TypedValue> inputs);
  ExpectedLayer getExpectation() const;
  void addSecondUse(llvm::ArrayRef<TypedValue> inputs);
  bool canChain() const;
  TypedValue addChain(TypedValue value);
  TypedValue addRelu(TypedValue value);
  void collectFeatures();

  Random random;
  Program program;
  ProgramWriter writer;
  Cell cell;
  bool isGeneric = false;
  OpKind kind;
  LayerDrawing layer;
  ElementTypes types;
  bool isConstant[2] = {false, false};
  bool isSeries[2] = {false, false};
  /// The values of zero points; none where known at run time only.
  std::optional<int64_t> zeroPoints[2] = {0, 0};
  /// Largest magnitudes of the elements of inputs and of the init.
  Number limit = 0;
  static constexpr int64_t kInitLimit = 7;
};

} // namespace

OpKind ProgramDrawing::drawKind() {
  OpGroup group = cell.group;
  if (group == OpGroup::Contract)
    return drawContraction(group, random);
  isGeneric = group == OpGroup::Generic;
  if (isGeneric && random.chance(50))
    return drawContraction(group, random);
  llvm::SmallVector<OpKind> kinds;
  for (const OpKind &kind : getNamedKinds())
    if (isGeneric ? !kind.isDepthwise() && !kind.isQuantized()
                  : kind.group == group)
      kinds.push_back(kind);
  OpKind kind = random.pick(llvm::ArrayRef(kinds));
  kind.group = group;
  return kind;
}

bool ProgramDrawing::isTypePossible(const ElementTypes &types) const {
  bool isUnsigned = types.isUnsigned[0] || types.isUnsigned[1];
  bool isMixed = types.isUnsigned[0] != types.isUnsigned[1];
  if (kind.isQuantized())
    return StringRef(types.lhs) == "i8" && StringRef(types.rhs) == "i8" &&
           StringRef(types.result) == "i32" && !isUnsigned;
  return isGeneric || !isUnsigned || (kind.hasCast() && !isMixed);
}

void ProgramDrawing::drawTypes() {
  do
    types = random.pick(
        getTypes(kind.isQuantized() ? TypeFamily::Integer : cell.family));
  while (!isTypePossible(types));
}

/// Which inputs are constant, and which become series.
void ProgramDrawing::drawSides() {
  bool lhsFirst = random.chance(kind.isConv() || kind.isQuantized() ? 5 : 25);
  int weights = lhsFirst ? 0 : 1;
  bool hasWeights = cell.side == Side::Weights || random.chance(75);
  isConstant[weights] = hasWeights;
  if (cell.side == Side::Weights && random.chance(5))
    isConstant[0] = isConstant[1] = true; // the second are the weights
  if (isConstant[0] && isConstant[1])
    weights = 1;
  if (!hasWeights)
    weights = 1; // the first is the activations
  isSeries[weights] = hasWeights && cell.side != Side::Activations;
  isSeries[1 - weights] =
      cell.side != Side::Weights && !isConstant[1 - weights];
}

void ProgramDrawing::drawLimits() {
  limit = getExactLimit(types, layer.getNumProducts());
  program.isExact = !Format::get(types.result).isFloat() ||
                    !Format::get(types.lhs).isFloat() ||
                    (limit >= 1 && random.chance(60));
  program.numProducts = layer.getNumProducts();
  if (Format::get(types.lhs).isFloat())
    limit = std::min<Number>(limit, random.pick({1, 3, 7, 15}));
  else if (limit < 255)
    limit = std::min<Number>(limit, 100);
  else if (types.isUnsigned[0] || types.isUnsigned[1] || random.chance(70))
    limit = std::max<Number>(limit, 1e18L);
  else
    limit = 9;
}

//===----------------------------------------------------------------------===//
// Operands
//===----------------------------------------------------------------------===//

Tensor ProgramDrawing::drawInput(int input) {
  int density = random.pick({10, 30, 50, 80, 100});
  Format format = Format::get(getElement(input));
  return ElementDrawing(random, program.isExact)
      .draw(format, layer.getShape(getLetters(input)), limit, density);
}

/// As drawInput, sometimes with all elements, or all along a dimension, equal.
Tensor ProgramDrawing::drawWeights(int input) {
  Tensor tensor = drawInput(input);
  if (tensor.elements.empty() || tensor.shape.empty())
    return tensor;
  if (random.chance(6))
    llvm::fill(tensor.elements, 1);
  else if (random.chance(8)) {
    int64_t dim = random.below(tensor.shape.size());
    forEachIndex(tensor.shape, [&](llvm::ArrayRef<int64_t> index) {
      Shape first(index);
      first[dim] = 0;
      tensor.at(index) = tensor.at(first);
    });
  }
  return tensor;
}

TypedValue ProgramDrawing::addActivation(int input) {
  return writer.addArgument(
      getTypeText(layer.getType(getLetters(input)), getElement(input)),
      drawInput(input));
}

TypedValue ProgramDrawing::addInit() {
  Format format = Format::get(types.result);
  std::string type = getTypeText(layer.getType(kind.result), types.result);
  if (layer.isDynamic() || random.chance(70))
    return writer.addArgument(
        type, ElementDrawing(random, program.isExact)
                  .draw(format, layer.getShape(kind.result), kInitLimit, 80));
  std::string zero = format.isFloat() ? "0.0" : "0";
  TypedValue scalar = writer.addOp(
      "arith.constant " + zero + " : " + types.result, types.result);
  TypedValue empty = writer.addOp("tensor.empty() : " + type, type);
  return writer.addOp(formatv("linalg.fill ins({0} : {1}) outs({2} : {3}) -> "
                              "{3}",
                              scalar.name, types.result, empty.name, type),
                      type);
}

void ProgramDrawing::drawZeroPoints() {
  if (!kind.isQuantized())
    return;
  for (int input : {0, 1}) {
    // Of a series mostly 0, which is what it takes.
    int choice =
        random.below(isSeries[input] || cell.side == Side::Both ? 20 : 3);
    zeroPoints[input] = choice == 1   ? std::optional(random.between(-9, 9))
                        : choice == 2 ? std::nullopt
                                      : std::optional<int64_t>(0);
  }
}

/// The operands of zero points, each after a comma, and their types.
std::string ProgramDrawing::getZeroPointText(std::string &typeText) {
  std::string text;
  if (!kind.isQuantized())
    return text;
  for (int input : {0, 1}) {
    TypedValue value;
    if (zeroPoints[input]) {
      value = writer.addOp(
          formatv("arith.constant {0} : i32", *zeroPoints[input]), "i32");
    } else {
      Tensor scalar = Tensor::zeros(Format::get("i32"), {});
      scalar.elements[0] = random.between(-9, 9);
      TypedValue argument = writer.addArgument("tensor<i32>", scalar);
      value = writer.addOp(
          formatv("tensor.extract {0}[] : tensor<i32>", argument.name), "i32");
    }
    text += ", " + value.name;
    typeText += ", i32";
  }
  return text;
}

//===----------------------------------------------------------------------===//
// Layers
//===----------------------------------------------------------------------===//

/// What the design says of the layer: see tasd-plan and the notes on level 1.
ExpectedLayer ProgramDrawing::getExpectation() const {
  ExpectedLayer expected;
  if (kind.isDepthwise())
    return expected;
  for (int input : {0, 1}) {
    Shape along = layer.getBlockedDims(getLetters(input), isConstant[input]);
    bool isDynamic = llvm::any_of(along, [&](int64_t dim) {
      return !isConstant[input] && layer.isDynamic(getLetters(input)[dim]);
    });
    if (isSeries[input] && !along.empty() && !isDynamic)
      expected.inputs[input] =
          Decomposition{program.series, along, types.isUnsigned[input]};
  }
  // A series is multiplied as it is: nothing is subtracted from it.
  for (int input : {0, 1})
    if (zeroPoints[input] != 0)
      expected.inputs[input].reset();
  return expected;
}

TypedValue ProgramDrawing::addLayer(llvm::ArrayRef<TypedValue> inputs) {
  TypedValue init = addInit();
  std::string typeText = inputs[0].type + ", " + inputs[1].type;
  std::string zeroPointText = getZeroPointText(typeText);
  program.layers.push_back(getExpectation());
  return writer.addOp(formatv("{0} ins({1}, {2}{3} : {4}) outs({5} : {6}){7} "
                              "-> {6}",
                              layer.getOpText(types), inputs[0].name,
                              inputs[1].name, zeroPointText, typeText,
                              init.name, init.type,
                              layer.getBodyText(types, random)),
                      init.type);
}

/// The same layer once more, on the same constants.
void ProgramDrawing::addSecondUse(llvm::ArrayRef<TypedValue> inputs) {
  program.traits.features.insert("shared");
  llvm::SmallVector<TypedValue, 2> other(inputs);
  for (int input : {0, 1})
    if (!isConstant[input])
      other[input] = addActivation(input);
  writer.addResult(addLayer(other));
}

//===----------------------------------------------------------------------===//
// Chains
//===----------------------------------------------------------------------===//

bool ProgramDrawing::canChain() const {
  StringRef type(types.result);
  bool staysExact =
      type == "i32" || type == "f64" || (type == "f32" && limit <= 15);
  return program.isExact && staysExact && kind.result == "mn" &&
         !layer.isDynamic('n');
}

TypedValue ProgramDrawing::addRelu(TypedValue value) {
  bool isFloat = Format::get(types.result).isFloat();
  TypedValue zero = writer.addOp(
      formatv("arith.constant {0} : {1}", isFloat ? "0.0" : "0", types.result),
      types.result);
  return writer.addOp(
      formatv("linalg.generic {{indexing_maps = [affine_map<(i, j) -> (i, "
              "j)>, affine_map<(i, j) -> (i, j)>], iterator_types = "
              "[\"parallel\", \"parallel\"]} ins({0} : {1}) outs({0} : {1}) "
              "{{\n  ^bb0(%x: {2}, %y: {2}):\n    %z = {3} %x, {4} : {2}\n"
              "    linalg.yield %z : {2}\n  } -> {1}",
              value.name, value.type, types.result,
              isFloat ? "arith.maximumf" : "arith.maxsi", zero.name),
      value.type);
}

/// A second layer on what the first gives: relu, then a matmul.
TypedValue ProgramDrawing::addChain(TypedValue value) {
  program.traits.features.insert("chain");
  value = addRelu(value);
  ElementDrawing elements(random, /*isExact=*/true);
  Format format = Format::get(types.result);
  int64_t numColumns = random.between(1, 12);
  Shape shape = layer.getShape("mn"), type = layer.getType("mn");
  Shape resultShape = {shape[0], numColumns},
        resultType = {type[0], numColumns};
  Tensor tensor = elements.draw(format, {shape[1], numColumns}, 2, 60);
  TypedValue weights = writer.addConstant(tensor, random);
  TypedValue init =
      writer.addArgument(getTypeText(resultType, types.result),
                         elements.draw(format, resultShape, kInitLimit, 80));
  ExpectedLayer expected;
  if (cell.side != Side::Activations)
    expected.inputs[1] = Decomposition{program.series, {0}, false};
  if (cell.side != Side::Weights)
    expected.inputs[0] = Decomposition{program.series, {1}, false};
  program.layers.push_back(expected);
  return writer.addOp(formatv("linalg.matmul ins({0}, {1} : {2}, {3}) "
                              "outs({4} : {5}) -> {5}",
                              value.name, weights.name, value.type,
                              weights.type, init.name, init.type),
                      init.type);
}

//===----------------------------------------------------------------------===//
// All of it
//===----------------------------------------------------------------------===//

void ProgramDrawing::collectFeatures() {
  std::set<std::string> &features = program.traits.features;
  if (layer.isStrided())
    features.insert("strided");
  if (layer.isDilated())
    features.insert("dilated");
  if (layer.isDynamic())
    features.insert("dynamic");
  if (cell.group == OpGroup::GroupedConv)
    features.insert("grouped");
  if (StringRef(program.series).contains('+'))
    features.insert("several terms");
  features.insert(program.isExact ? "exact" : "rounded");
  static const ::tasd::sparsity::PatternRegistry registry =
      ::tasd::sparsity::PatternRegistry::createWithBuiltins();
  ::tasd::sparsity::Series series =
      llvm::cantFail(registry.parseSeries(program.series));
  for (int input : {0, 1}) {
    if (!program.layers[0].inputs[input])
      continue;
    Shape shape = layer.getShape(getLetters(input));
    if (getNumElements(shape) == 0)
      features.insert("empty");
    int64_t numColumns = 1;
    for (int64_t dim : program.layers[0].inputs[input]->along)
      numColumns *= shape[dim];
    for (const auto &pattern : series.getPatterns())
      if (numColumns % *pattern->getBlockSize() != 0)
        features.insert("ragged");
  }
}

Program ProgramDrawing::draw() {
  drawTypes();
  program.series = drawSeries(random);
  drawSides();
  if (random.chance(20))
    layer.drawDynamic(random);
  drawLimits();
  drawZeroPoints();
  program.traits.kind = kind;
  program.traits.form = isGeneric ? "generic" : "named";
  program.traits.family = cell.family;
  program.traits.types = types;
  program.traits.side = cell.side;
  llvm::SmallVector<TypedValue, 2> inputs;
  for (int input : {0, 1})
    inputs.push_back(isConstant[input]
                         ? writer.addConstant(drawWeights(input), random)
                         : addActivation(input));
  TypedValue result = addLayer(inputs);
  if (canChain() && random.chance(40))
    result = addChain(result);
  writer.addResult(result);
  if ((isConstant[0] || isConstant[1]) && random.chance(10))
    addSecondUse(inputs);
  collectFeatures();
  writer.finish();
  return std::move(program);
}

Program tasd::differential::generateProgram(uint64_t seed) {
  const Cell &cell = getCells()[seed % getCells().size()];
  if (cell.group == OpGroup::Composition)
    return drawComposition(seed, cell.family);
  return ProgramDrawing(seed, cell).draw();
}
