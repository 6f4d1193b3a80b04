//===- LaunchTensors.cpp - The tensors of a launch as tiles ---------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LaunchTensors.h"

#include "SeriesText.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace tasd;
using namespace tasd::simulator;
using llvm::Error;
using llvm::Twine;

Tensor Tensor::contiguous(void *data, llvm::ArrayRef<int64_t> shape) {
  Tensor tensor{data, llvm::SmallVector<int64_t, 4>(shape), {}};
  tensor.strides.resize(shape.size());
  int64_t stride = 1;
  for (auto [extent, place] :
       llvm::zip(llvm::reverse(shape), llvm::reverse(tensor.strides))) {
    place = stride;
    stride *= extent;
  }
  return tensor;
}

/// Offset of a coordinate along an axis; kPastExtent past its extent.
static int64_t getOffset(const Axis &axis, int64_t coordinate,
                         llvm::ArrayRef<int64_t> strides) {
  if (coordinate >= axis.getExtent())
    return kPastExtent;
  if (!axis.gathered.empty())
    coordinate = axis.gathered[coordinate];
  int64_t offset = 0;
  for (const Digit &digit : llvm::reverse(axis.digits)) {
    offset +=
        coordinate % digit.extent * digit.scale * strides[digit.dimension];
    coordinate /= digit.extent;
  }
  return offset;
}

static std::vector<int64_t> getOffsets(const Axis &axis, int64_t begin,
                                       int64_t size,
                                       llvm::ArrayRef<int64_t> strides) {
  std::vector<int64_t> offsets;
  for (int64_t at = begin; at != begin + size; ++at)
    offsets.push_back(getOffset(axis, at, strides));
  return offsets;
}

TilePlaces::TilePlaces(const TensorArgument &argument, const Tensor &tensor,
                       llvm::ArrayRef<int64_t> origin, int64_t numRows,
                       int64_t numColumns)
    : base(getOffset(argument.batch, origin[0], tensor.strides)),
      rows(getOffsets(argument.rows, origin[1], numRows, tensor.strides)),
      columns(getOffsets(argument.columns, origin[2], numColumns,
                         tensor.strides)) {}

using Shapes = std::vector<llvm::SmallVector<int64_t, 4>>;

static Shapes getShapes(const Argument &argument) {
  if (const auto *tensor = std::get_if<TensorArgument>(&argument))
    return {tensor->shape};
  const auto &packed = std::get<PackedArgument>(argument);
  sparsity::BlockedShape shape{{packed.batch * packed.rows, packed.columns},
                               {1}};
  sparsity::Series series = getSeries(packed.series);
  Shapes shapes;
  for (const auto &pattern : series.getPatterns())
    for (auto &component : pattern->getPackedComponents(shape))
      shapes.push_back(component.shape);
  return shapes;
}

size_t tasd::simulator::countTensors(const Argument &argument) {
  return getShapes(argument).size();
}

std::vector<size_t> tasd::simulator::getFirstTensors(const Program &program) {
  std::vector<size_t> first;
  size_t count = 0;
  for (const Argument &argument : program.arguments) {
    first.push_back(count);
    count += countTensors(argument);
  }
  return first;
}

static std::string getText(llvm::ArrayRef<int64_t> shape) {
  return llvm::join(
      llvm::map_range(shape,
                      [](int64_t extent) { return std::to_string(extent); }),
      "x");
}

Error tasd::simulator::verifyTensors(const Program &program,
                                     llvm::ArrayRef<Tensor> tensors) {
  Shapes shapes;
  std::vector<std::string> names;
  for (const Argument &argument : program.arguments)
    for (auto &shape : getShapes(argument)) {
      shapes.push_back(shape);
      names.push_back(
          std::visit([](const auto &each) { return each.name; }, argument));
    }
  if (tensors.size() != shapes.size())
    return llvm::createStringError("expected " + Twine(shapes.size()) +
                                   " tensors for program '" + program.name +
                                   "' but got " + Twine(tensors.size()));
  for (auto [name, shape, tensor] : llvm::zip(names, shapes, tensors))
    if (tensor.shape != shape || tensor.strides.size() != shape.size())
      return llvm::createStringError("expected shape " + getText(shape) +
                                     " for argument '" + name + "' but got " +
                                     getText(tensor.shape));
  return Error::success();
}
