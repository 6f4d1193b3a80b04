//===- ProgramOperands.cpp - Operands of random programs ------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ElementDrawing.h"
#include "ProgramDrawing.h"

#include "llvm/Support/FormatVariadic.h"

using namespace tasd::differential;
using llvm::formatv;
using llvm::StringRef;

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
