//===- Datapath.cpp - What programs compute -------------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Datapath.h"

#include "Kernels.h"
#include "SeriesText.h"
#include "Terms.h"

#include <cstring>

using namespace tasd;
using namespace tasd::simulator;
using tasd::sparsity::ElementType;

Datapath::~Datapath() = default;

namespace {
/// `Element` is what the lanes multiply, `Sum` what they add up.
template <typename Element, typename Sum>
class TypedDatapath : public Datapath {
public:
  TypedDatapath(const Program &program, llvm::ArrayRef<Tensor> tensors);

  llvm::Error unpackArguments();
  void load(const Load &load, uint64_t tile, llvm::ArrayRef<int64_t> origin,
            uint64_t sourceTile) override;
  void clear(RingId ring, uint64_t tile) override;
  void store(const Store &store, uint64_t tile,
             llvm::ArrayRef<int64_t> origin) override;
  void decompose(const Walker &walker, const Decompose &decompose,
                 llvm::ArrayRef<uint64_t> numAcquired) override;
  void multiply(const Walker &walker, const Multiply &multiply,
                llvm::ArrayRef<uint64_t> numAcquired,
                uint64_t accumulators) override;

private:
  /// One tile, or one for each term.
  using Slot = std::vector<TileData<Element>>;

  template <typename Slots>
  auto &getSlot(Slots &slots, RingId ring, uint64_t tile) {
    return slots[ring][tile % program.rings[ring].numSlots];
  }
  Slot read(ArgumentId id, llvm::ArrayRef<int64_t> origin, int64_t rows,
            int64_t columns) const;
  void readSums(ArgumentId id, llvm::ArrayRef<int64_t> origin,
                TileData<Sum> &sums) const;
  SubTile<Element> getInput(const Walker &walker, const InputSource &source,
                            llvm::ArrayRef<uint64_t> numAcquired, uint32_t term,
                            int64_t rows, int64_t columns, Slot &scratch);
  ElementType getType(const InputSource &source) const;

  const Program &program;
  llvm::ArrayRef<Tensor> tensors;
  std::vector<size_t> firstTensors;
  /// The terms of packed arguments, as if dense: rows of all batches in order.
  std::vector<Slot> packed;
  std::vector<std::vector<Slot>> inputs;
  std::vector<std::vector<TileData<Sum>>> sums;
  /// What the TASD units extracted last.
  Slot terms;
};
} // namespace

template <typename Element, typename Sum>
TypedDatapath<Element, Sum>::TypedDatapath(const Program &program,
                                           llvm::ArrayRef<Tensor> tensors)
    : program(program), tensors(tensors),
      firstTensors(getFirstTensors(program)), packed(program.arguments.size()) {
  for (const Ring &ring : program.rings) {
    inputs.emplace_back(ring.numSlots);
    sums.emplace_back(ring.numSlots);
    if (ring.operand == Operand::Z)
      for (TileData<Sum> &slot : sums.back())
        slot.resize(ring.rows, ring.columns);
  }
}

template <typename Element, typename Sum>
llvm::Error TypedDatapath<Element, Sum>::unpackArguments() {
  for (ArgumentId id = 0; id != program.arguments.size(); ++id) {
    const auto *argument = std::get_if<PackedArgument>(&program.arguments[id]);
    if (!argument)
      continue;
    auto terms =
        unpackTerms<Element>(*argument, tensors.drop_front(firstTensors[id]));
    if (!terms)
      return terms.takeError();
    packed[id] = std::move(*terms);
  }
  return llvm::Error::success();
}

template <typename Element, typename Sum>
auto TypedDatapath<Element, Sum>::read(ArgumentId id,
                                       llvm::ArrayRef<int64_t> origin,
                                       int64_t rows, int64_t columns) const
    -> Slot {
  if (const auto *argument =
          std::get_if<PackedArgument>(&program.arguments[id]))
    return readTerms<Element>(*argument, packed[id], origin, rows, columns);
  const auto &argument = std::get<TensorArgument>(program.arguments[id]);
  const Tensor &tensor = tensors[firstTensors[id]];
  Slot slot(1);
  slot[0].resize(rows, columns);
  ElementReader<Element> reader = getReader<Element>(argument.type);
  int64_t width = getByteWidth(argument.type);
  const char *data = static_cast<const char *>(tensor.data);
  TilePlaces(argument, tensor, origin, rows, columns)
      .forEach([&](size_t place, int64_t offset) {
        slot[0].elements[place] = reader(data + offset * width);
      });
  return slot;
}

/// Sums of 8 bits come back with their sign.
template <typename Sum> static Sum readSum(const char *address, int64_t width) {
  if (width == 1)
    return static_cast<Sum>(static_cast<signed char>(*address));
  Sum sum;
  std::memcpy(&sum, address, sizeof(Sum));
  return sum;
}

template <typename Element, typename Sum>
void TypedDatapath<Element, Sum>::readSums(ArgumentId id,
                                           llvm::ArrayRef<int64_t> origin,
                                           TileData<Sum> &tile) const {
  const auto &argument = std::get<TensorArgument>(program.arguments[id]);
  const Tensor &tensor = tensors[firstTensors[id]];
  int64_t width = getByteWidth(argument.type);
  const char *data = static_cast<const char *>(tensor.data);
  std::fill(tile.elements.begin(), tile.elements.end(), Sum(0));
  TilePlaces(argument, tensor, origin, tile.rows, tile.columns)
      .forEach([&](size_t place, int64_t offset) {
        tile.elements[place] = readSum<Sum>(data + offset * width, width);
      });
}

template <typename Element, typename Sum>
void TypedDatapath<Element, Sum>::load(const Load &load, uint64_t tile,
                                       llvm::ArrayRef<int64_t> origin,
                                       uint64_t sourceTile) {
  const Ring &ring = program.rings[load.ring];
  if (ring.operand == Operand::Z) {
    readSums(load.argument, origin, getSlot(sums, load.ring, tile));
    return;
  }
  Slot &slot = getSlot(inputs, load.ring, tile);
  if (!load.source) {
    slot = read(load.argument, origin, ring.rows, ring.columns);
    return;
  }
  const Slot &source = getSlot(inputs, *load.source, sourceTile);
  slot.assign(source.size(), {});
  for (auto [from, to] : llvm::zip(source, slot)) {
    to.resize(ring.rows, ring.columns);
    for (int64_t row = 0; row != ring.rows; ++row) {
      const Element *begin = from.getRow(origin[1] + row) + origin[2];
      std::copy(begin, begin + ring.columns, to.getRow(row));
    }
  }
}

template <typename Element, typename Sum>
void TypedDatapath<Element, Sum>::clear(RingId ring, uint64_t tile) {
  auto &slot = getSlot(sums, ring, tile);
  std::fill(slot.elements.begin(), slot.elements.end(), Sum(0));
}

template <typename Element, typename Sum>
void TypedDatapath<Element, Sum>::store(const Store &store, uint64_t tile,
                                        llvm::ArrayRef<int64_t> origin) {
  const auto &argument =
      std::get<TensorArgument>(program.arguments[store.argument]);
  const Tensor &tensor = tensors[firstTensors[store.argument]];
  const TileData<Sum> &slot = getSlot(sums, store.ring, tile);
  int64_t width = getByteWidth(argument.type);
  char *data = static_cast<char *>(tensor.data);
  TilePlaces(argument, tensor, origin, slot.rows, slot.columns)
      .forEach([&](size_t place, int64_t offset) {
        // The lowest bytes are the sum modulo its width.
        std::memcpy(data + offset * width, &slot.elements[place], width);
      });
}

/// A part of an acquired tile, or a tile of an argument in `scratch`.
template <typename Element, typename Sum>
SubTile<Element> TypedDatapath<Element, Sum>::getInput(
    const Walker &walker, const InputSource &source,
    llvm::ArrayRef<uint64_t> numAcquired, uint32_t term, int64_t rows,
    int64_t columns, Slot &scratch) {
  int64_t row = walker.evaluate(source.origin.row);
  int64_t column = walker.evaluate(source.origin.column);
  if (source.ring) {
    Slot &slot = getSlot(inputs, *source.ring, numAcquired[*source.ring] - 1);
    return {&slot[std::min<size_t>(term, slot.size() - 1)], row, column};
  }
  scratch =
      read(source.argument, {walker.evaluate(source.origin.batch), row, column},
           rows, columns);
  return {&scratch[std::min<size_t>(term, scratch.size() - 1)], 0, 0};
}

template <typename Element, typename Sum>
ElementType
TypedDatapath<Element, Sum>::getType(const InputSource &source) const {
  ArgumentId id = source.argument;
  if (source.ring)
    for (const Instruction &instruction : program.instructions)
      if (const auto *load = std::get_if<Load>(&instruction))
        if (load->ring == *source.ring)
          id = load->argument;
  return std::visit([](const auto &argument) { return argument.type; },
                    program.arguments[id]);
}

template <typename Element, typename Sum>
void TypedDatapath<Element, Sum>::decompose(
    const Walker &walker, const Decompose &decompose,
    llvm::ArrayRef<uint64_t> numAcquired) {
  Slot scratch;
  SubTile<Element> input = getInput(walker, decompose.a, numAcquired, 0,
                                    decompose.rows, decompose.columns, scratch);
  TileData<Element> dense;
  dense.resize(decompose.rows, decompose.columns);
  for (int64_t row = 0; row != dense.rows; ++row)
    std::copy(input.getRow(row), input.getRow(row) + dense.columns,
              dense.getRow(row));
  terms =
      decomposeTile(dense, getType(decompose.a), getSeries(decompose.series));
}

template <typename Element, typename Sum>
void TypedDatapath<Element, Sum>::multiply(const Walker &walker,
                                           const Multiply &multiply,
                                           llvm::ArrayRef<uint64_t> numAcquired,
                                           uint64_t accumulators) {
  Slot scratchA, scratchB;
  SubTile<Element> a = {nullptr, 0, 0};
  if (multiply.decomposed)
    a.tile = &terms[multiply.term];
  else
    a = getInput(walker, multiply.a, numAcquired, multiply.term, multiply.m,
                 multiply.k, scratchA);
  SubTile<Element> b = getInput(walker, multiply.b, numAcquired, 0, multiply.n,
                                multiply.k, scratchB);
  multiplyAdd(a, b, multiply.zeroPointB, {multiply.m, multiply.n, multiply.k},
              getSlot(sums, multiply.accumulators, accumulators),
              walker.evaluate(multiply.row), walker.evaluate(multiply.column));
}

template <typename Element, typename Sum>
static llvm::Expected<std::unique_ptr<Datapath>>
create(const Program &program, llvm::ArrayRef<Tensor> tensors) {
  auto datapath =
      std::make_unique<TypedDatapath<Element, Sum>>(program, tensors);
  if (llvm::Error error = datapath->unpackArguments())
    return std::move(error);
  return std::move(datapath);
}

llvm::Expected<std::unique_ptr<Datapath>>
tasd::simulator::createDatapath(const Program &program,
                                llvm::ArrayRef<Tensor> tensors) {
  if (llvm::Error error = verifyTensors(program, tensors))
    return std::move(error);
  if (program.sumType == ElementType::F32)
    return create<float, float>(program, tensors);
  return create<int16_t, uint32_t>(program, tensors);
}
