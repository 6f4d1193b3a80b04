//===- ResultTest.cpp - What programs compute -----------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LayerData.h"
#include "ProgramFor.h"

#include "Cost/ReferenceRuns.h"

#include "tasd/Cost/WorkText.h"
#include "tasd/Machine/Storage.h"
#include "tasd/Simulator/VerifyProgram.h"

#include "gtest/gtest.h"

using namespace tasd;
using namespace tasd::simulator;
using namespace tasd::simulator::test;
using cost::test::getPreset;
using cost::test::getSeries;

static constexpr DrawnSize kSmall = {3, 16, 0, 1e6};

/// Runs a layer on data and holds the result against plain loops.
static void expectRightResult(const DrawnLayer &layer, std::mt19937 &random,
                              int64_t zeroPoint = 0) {
  SCOPED_TRACE(layer.describe());
  Program program = getProgramFor(layer.work, layer.mapping, layer.machine);
  for (Instruction &instruction : program.instructions)
    if (auto *multiply = std::get_if<Multiply>(&instruction))
      multiply->zeroPointB = zeroPoint;
  ASSERT_EQ(llvm::toString(verifyProgram(program, layer.machine)), "");
  LayerData data(layer, program, random, zeroPoint);
  auto result = simulate(program, layer.machine, data.getTensors());
  ASSERT_TRUE(bool(result)) << llvm::toString(result.takeError());
  EXPECT_EQ(data.findDifference(), "");
  auto timed = llvm::cantFail(simulate(program, layer.machine));
  EXPECT_EQ(timed.cycles, result->cycles);
}

TEST(Results, DrawnLayers) {
  std::mt19937 random(1);
  for (int i = 0; i != 60; ++i)
    expectRightResult(drawLayer(random, kSmall), random);
}

/// The mapping covers more than the layer has.
TEST(Results, RaggedExtents) {
  std::mt19937 random(2);
  for (int i = 0; i != 30; ++i) {
    DrawnLayer layer = drawLayer(random, kSmall);
    layer.work.extents.m -= random() % 20;
    layer.work.extents.n -= random() % 4;
    layer.work.extents.k -= random() % 13;
    expectRightResult(layer, random);
  }
}

TEST(Results, ZeroPoints) {
  std::mt19937 random(3);
  for (int i = 0; i != 20; ++i) {
    DrawnLayer layer = drawLayer(random, kSmall);
    layer.work.a.type = layer.work.b.type = "i8";
    layer.work.resultType = "i32";
    expectRightResult(layer, random, 7);
  }
}

static DrawnLayer getLayer(llvm::StringRef name, llvm::StringRef mapping) {
  DrawnLayer layer;
  layer.machineName = name.str();
  layer.machine = getPreset(name);
  layer.mapping = llvm::cantFail(cost::parseMapping(mapping, "m"));
  layer.work.resultType = "i32";
  return layer;
}

TEST(Results, Convolution) {
  std::mt19937 random(4);
  DrawnLayer layer =
      getLayer("ttc-vegeta-m8", "DRAM: for N in [0:4)\n"
                                "SMEM: for M in [0:4) (Spatial-Y)\n"
                                "RF: for K in [0:5) / for M in [0:16) "
                                "(Spatial-Y) / for K in [0:16) (Spatial-X)\n"
                                "LRF: for N in [0:32)\n");
  llvm::cantFail(cost::parseConvolution("2,16,16,8,50,3,3,2,1", layer.work));
  layer.work.resultType = "i32";
  for (llvm::StringRef series : {"", "2:8", "4:8+1:8"}) {
    if (!series.empty())
      layer.work.a.series = getSeries(series);
    expectRightResult(layer, random);
  }
}

TEST(Results, NarrowFloats) {
  std::mt19937 random(9);
  DrawnLayer layer =
      getLayer("ttc-vegeta-m8", "DRAM: for N in [0:2)\n"
                                "SMEM: for M in [0:4) (Spatial-Y)\n"
                                "RF: for K in [0:3) / for M in [0:16) "
                                "(Spatial-Y) / for K in [0:16) (Spatial-X)\n"
                                "LRF: for N in [0:32)\n");
  layer.work.extents = layer.mapping.getExtents();
  layer.work.a.series = getSeries("4:8+1:8");
  layer.work.resultType = "f32";
  for (const char *type : {"f8E4M3FN", "bf16", "f16"})
    for (bool atRunTime : {false, true}) {
      layer.work.a.type = layer.work.b.type = type;
      layer.work.a.decomposedAtRunTime = atRunTime;
      expectRightResult(layer, random);
    }
}

TEST(Results, OperandsThatPassTheBuffersBy) {
  std::mt19937 random(5);
  DrawnLayer layer =
      getLayer("ttc-vegeta-m8", "DRAM: for M in [0:2)\n"
                                "SMEM keep none: for M in [0:4) (Spatial-Y)\n"
                                "RF: for K in [0:3) / for M in [0:16) "
                                "(Spatial-Y) / for K in [0:16) (Spatial-X)\n"
                                "LRF: for N in [0:32)\n");
  layer.work.extents = {128, 32, 48};
  for (llvm::StringRef series : {"", "4:8+1:8"}) {
    if (!series.empty())
      layer.work.a.series = getSeries(series);
    expectRightResult(layer, random);
  }
}

/// A buffer of the whole machine in front of the other one.
TEST(Results, SeveralBuffersOnTheWay) {
  std::mt19937 random(7);
  DrawnLayer layer =
      getLayer("ttc-vegeta-m8", "DRAM: for M in [0:2) / for N in [0:2)\n"
                                "L2: for N in [0:2) / for K in [0:2)\n"
                                "SMEM: for M in [0:4) (Spatial-Y)\n"
                                "RF: for K in [0:3) / for M in [0:16) "
                                "(Spatial-Y) / for K in [0:16) (Spatial-X)\n"
                                "LRF: for N in [0:32)\n");
  machine::MemoryLevel outer = layer.machine.levels[1];
  outer.name = "L2";
  layer.machine.levels.insert(layer.machine.levels.begin() + 1, outer);
  layer.work.extents = layer.mapping.getExtents();
  for (llvm::StringRef series : {"", "4:8+1:8"}) {
    if (!series.empty())
      layer.work.a.series = getSeries(series);
    expectRightResult(layer, random);
  }
}

/// Puts a loop over `count` equal products around a program of one.
static Program addBatch(Program program, int64_t count) {
  for (Argument &argument : program.arguments) {
    auto &tensor = std::get<TensorArgument>(argument);
    tensor.shape.insert(tensor.shape.begin(), count);
    for (Axis *axis : {&tensor.rows, &tensor.columns})
      for (Digit &digit : axis->digits)
        ++digit.dimension;
    tensor.batch.digits = {{count, 0, 1}};
  }
  auto shift = [](Offset &offset) {
    for (Offset::Summand &summand : offset.summands)
      ++summand.loop;
  };
  auto move = [&](TileOrigin &origin) {
    shift(origin.row);
    shift(origin.column);
    origin.batch.summands = {{0, 1}};
  };
  for (Instruction &instruction : program.instructions) {
    if (auto *load = std::get_if<Load>(&instruction))
      move(load->origin);
    if (auto *store = std::get_if<Store>(&instruction))
      move(store->origin);
    if (auto *multiply = std::get_if<Multiply>(&instruction)) {
      for (TileOrigin *origin : {&multiply->a.origin, &multiply->b.origin}) {
        shift(origin->row);
        shift(origin->column);
      }
    }
  }
  program.instructions.insert(program.instructions.begin(), LoopBegin{count});
  program.instructions.push_back(LoopEnd{});
  return program;
}

TEST(Results, Batches) {
  constexpr int64_t kCount = 3;
  std::mt19937 random(8);
  DrawnLayer layer =
      getLayer("tc", "DRAM: for M in [0:2) / for N in [0:2)\n"
                     "SMEM: for M in [0:4) (Spatial-Y)\n"
                     "RF: for K in [0:2) / for M in [0:16) "
                     "(Spatial-Y) / for K in [0:16) (Spatial-X)\n"
                     "LRF: for N in [0:32)\n");
  layer.work.extents = layer.mapping.getExtents();
  Program one = getProgramFor(layer.work, layer.mapping, layer.machine);
  Program all = addBatch(one, kCount);
  ASSERT_EQ(llvm::toString(verifyProgram(all, layer.machine)), "");
  std::vector<LayerData> products;
  std::vector<std::vector<char>> buffers(3);
  for (int64_t i = 0; i != kCount; ++i) {
    products.emplace_back(layer, one, random);
    for (auto [buffer, tensor] :
         llvm::zip(buffers, products.back().getTensors())) {
      const char *data = static_cast<const char *>(tensor.data);
      buffer.insert(buffer.end(), data,
                    data + tensor.shape[0] * tensor.strides[0] *
                               (&buffer == &buffers[2] ? 4 : 1));
    }
  }
  std::vector<Tensor> tensors;
  for (auto [buffer, argument] : llvm::zip(buffers, all.arguments))
    tensors.push_back(Tensor::contiguous(
        buffer.data(), std::get<TensorArgument>(argument).shape));
  llvm::cantFail(simulate(all, layer.machine, llvm::ArrayRef(tensors)));
  size_t size = buffers[2].size() / kCount;
  for (auto [index, product] : llvm::enumerate(products)) {
    llvm::cantFail(simulate(one, layer.machine, product.getTensors()));
    EXPECT_EQ(product.findDifference(), "");
    EXPECT_EQ(std::memcmp(product.getTensors()[2].data,
                          buffers[2].data() + index * size, size),
              0);
  }
}

TEST(Results, TensorsHaveToFit) {
  std::mt19937 random(6);
  DrawnLayer layer = drawLayer(random, kSmall);
  Program program = getProgramFor(layer.work, layer.mapping, layer.machine);
  LayerData data(layer, program, random);
  auto missing =
      simulate(program, layer.machine, data.getTensors().drop_back());
  EXPECT_TRUE(llvm::StringRef(llvm::toString(missing.takeError()))
                  .contains("tensors for program 'test' but got"));
  std::vector<Tensor> tensors = data.getTensors().vec();
  tensors.back().shape[0] += 1;
  auto other = simulate(program, layer.machine, llvm::ArrayRef(tensors));
  EXPECT_TRUE(llvm::StringRef(llvm::toString(other.takeError()))
                  .starts_with("expected shape "));
}

/// `count` places among twice as many, in order.
static std::vector<int64_t> drawPlaces(int64_t count, std::mt19937 &random) {
  std::vector<int64_t> places;
  for (int64_t i = 0; i != count; ++i)
    places.push_back(2 * i + random() % 2);
  return places;
}

/// Spreads the rows of a matrix over one of twice as many, in place of what
/// `spread` holds there.
static void spreadRows(const Tensor &matrix, int64_t rowBytes,
                       llvm::ArrayRef<int64_t> places,
                       std::vector<char> &spread) {
  for (auto [row, place] : llvm::enumerate(places))
    std::memcpy(&spread[place * rowBytes],
                static_cast<const char *>(matrix.data) + row * rowBytes,
                rowBytes);
}

/// Doubles the rows of a tensor, of which an axis gathers some.
static void gather(TensorArgument &argument, Axis &axis,
                   llvm::ArrayRef<int64_t> places) {
  argument.shape[0] *= 2;
  axis.digits[0].extent *= 2;
  axis.gathered = places.vec();
}

/// Words that leave and reach the outermost level.
static double countOutermostWords(const Result &result) {
  double words = 0;
  for (const Traffic &traffic : result.traffic)
    if (traffic.level == 0)
      words += traffic.reads.words + traffic.fills.words + traffic.updates;
  return words;
}

/// The rows of B that count, and those of Z that are computed, stand among
/// others.
TEST(Results, GatheredRowsAndColumns) {
  std::mt19937 random(8);
  DrawnLayer layer =
      getLayer("ttc-vegeta-m8", "DRAM: for K in [0:2) / for N in [0:2)\n"
                                "SMEM: for M in [0:4) (Spatial-Y)\n"
                                "RF: for K in [0:3) / for M in [0:16) "
                                "(Spatial-Y) / for K in [0:16) (Spatial-X)\n"
                                "LRF: for N in [0:32)\n");
  layer.work.extents = layer.mapping.getExtents();
  auto [m, n, k] = std::tuple(layer.work.extents.m, layer.work.extents.n,
                              layer.work.extents.k);
  Program program = getProgramFor(layer.work, layer.mapping, layer.machine);
  LayerData data(layer, program, random);
  auto plain =
      llvm::cantFail(simulate(program, layer.machine, data.getTensors()));
  ASSERT_EQ(data.findDifference(), "");

  auto &b = std::get<TensorArgument>(program.arguments[1]);
  auto &z = std::get<TensorArgument>(program.arguments[2]);
  int64_t rowBytesOfB = n * getByteWidth(b.type);
  int64_t rowBytesOfZ = n * getByteWidth(z.type);
  std::vector<int64_t> placesOfB = drawPlaces(k, random);
  std::vector<int64_t> placesOfZ = drawPlaces(m, random);
  std::vector<char> bufferOfB(2 * k * rowBytesOfB, 5);
  std::vector<char> bufferOfZ(2 * m * rowBytesOfZ, 9);
  std::vector<char> expected = bufferOfZ;
  spreadRows(data.getTensors()[1], rowBytesOfB, placesOfB, bufferOfB);
  spreadRows(data.getTensors()[2], rowBytesOfZ, placesOfZ, expected);
  gather(b, b.columns, placesOfB);
  gather(z, z.rows, placesOfZ);
  ASSERT_EQ(llvm::toString(verifyProgram(program, layer.machine)), "");

  Tensor tensors[] = {data.getTensors()[0],
                      Tensor::contiguous(bufferOfB.data(), b.shape),
                      Tensor::contiguous(bufferOfZ.data(), z.shape)};
  auto result = llvm::cantFail(simulate(program, layer.machine, tensors));
  EXPECT_TRUE(bufferOfZ == expected);

  // The places of B come with its four tiles, those of Z with four stores and
  // the two loads of partial sums.
  double numPlaces = 4 * (k / 2) + 6 * m;
  EXPECT_EQ(countOutermostWords(result) - countOutermostWords(plain),
            numPlaces * machine::kWordsOfPlace);
  EXPECT_GT(result.cycles, plain.cycles);
}
