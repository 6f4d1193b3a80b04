//===- TranslationTest.cpp - Programs in IR and outside of it -------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Target/TTC/Translation.h"

#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/Verifier.h"
#include "mlir/Parser/Parser.h"
#include "tasd/Simulator/ProgramFile.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/xxhash.h"

#include "gtest/gtest.h"

#include <algorithm>
#include <random>

using namespace mlir;
using namespace mlir::ttc;

namespace {
/// Every instruction, with every optional part of it somewhere.
constexpr StringLiteral kText = R"mlir(
ttc.program @"features/conv" for "tc" hash 0xfedcba9876543210 sums si32 {
  %p = ttc.argument "p" : !ttc.packed<2x8x16xsi8, 2:4+1:8>
  %a = ttc.argument "a" axes <batch [2 on 0], rows [8 on 1], columns [16 on 2]>
      : !ttc.tensor<2x8x16xsi8>
  %b = ttc.argument "b" axes <batch [2 on 0], rows [2 on 1 by 2, 2 on 2 by 2],
      columns [4 on 1, 4 on 2]> density 0.25 : !ttc.tensor<2x6x6xui8>
  %z = ttc.argument "z" axes <batch [2 on 0], rows [16 on 1] at [0, 1, 2, 5, 6, 9, 11, 15],
      columns [4 on 2]> : !ttc.tensor<2x16x4xsi32>
  %outer = ttc.ring "outer" at 1 slots 2 : !ttc.ring<a, 8x16>
  %inner = ttc.ring "inner" at 2 slots 1 : !ttc.ring<a, 8x8>
  %rb = ttc.ring "rb" at 1 slots 2 : !ttc.ring<b, 4x16>
  %rz = ttc.ring "rz" at 2 slots 3 : !ttc.ring<z, 8x4>
  %t = ttc.token
  %u = ttc.token
  ttc.loop %g to 2 {
    ttc.load %outer from %p[%g, 0, 0]
        : !ttc.ring<a, 8x16>, !ttc.packed<2x8x16xsi8, 2:4+1:8>
    %whole = ttc.acquire %outer by %inner : !ttc.ring<a, 8x16>, !ttc.ring<a, 8x8>
    ttc.load %rb from %b[%g, 0, 0] : !ttc.ring<b, 4x16>, !ttc.tensor<2x6x6xui8>
    %tile_b = ttc.acquire %rb : !ttc.ring<b, 4x16>
    ttc.loop %k to 2 {
      ttc.load %inner from %whole[0, %k * 8] : !ttc.ring<a, 8x8>, !ttc.tile<a, 8x16>
      ttc.wait %t revisiting(%k) by %rz : !ttc.ring<z, 8x4>
      ttc.load %rz from %z[%g, 0, 0] revisiting(%k)
          : !ttc.ring<z, 8x4>, !ttc.tensor<2x16x4xsi32>
      %tile = ttc.acquire %inner : !ttc.ring<a, 8x8>
      %acc = ttc.begin %rz revisiting(%k) : !ttc.ring<z, 8x4>
      ttc.loop %n to 2 {
        ttc.mma term 1 as <1:8> of %tile[0, 0] with %tile_b[%n * 2, %k * 8]
            into %acc[0, %n * 2] covers [8, 2, 8]
            nest <n 2 at 2, m 8 at 3 spatial_y, k 8 at 3 spatial_x> zero_point -3
            : !ttc.tile<a, 8x8>, !ttc.tile<b, 4x16>, !ttc.accumulators<8x4>
      }
      %terms = ttc.decompose <2:4> %a[%g, 0, %k * 8]
          : !ttc.tensor<2x8x16xsi8> -> !ttc.terms<8x8>
      ttc.mma term 0 as <2:4> of %terms[0, 0] with %b[%g, 0, %k * 8]
          into %acc[0, 0] covers [8, 4, 8] nest <m 8 at 3, n 4 at 3, k 8 at 3>
          : !ttc.terms<8x8>, !ttc.tensor<2x6x6xui8>, !ttc.accumulators<8x4>
      ttc.end %acc : !ttc.accumulators<8x4>
      ttc.release %tile : !ttc.tile<a, 8x8>
      ttc.store %rz to %z[%g, 0, 0] : !ttc.ring<z, 8x4>, !ttc.tensor<2x16x4xsi32>
      ttc.signal %t
    }
    ttc.release %tile_b : !ttc.tile<b, 4x16>
    ttc.release %whole : !ttc.tile<a, 8x16>
  }
  ttc.signal %u by %rz : !ttc.ring<z, 8x4>
  %last = ttc.begin %rz accumulating : !ttc.ring<z, 8x4>
  ttc.end %last : !ttc.accumulators<8x4>
}
)mlir";

/// A program in IR, its exported form, and what is imported beside it.
class TranslationTest : public ::testing::Test {
protected:
  TranslationTest() {
    context.loadDialect<TTCDialect>();
    module = parseSourceString<ModuleOp>(kText, &context);
    program = *module->getOps<ProgramOp>().begin();
    exported = exportProgram(program);
  }

  /// Imports the program into a module of its own, where it is valid.
  FailureOr<OwningOpRef<ModuleOp>> import() {
    Location loc = UnknownLoc::get(&context);
    OwningOpRef<ModuleOp> target = ModuleOp::create(loc);
    OpBuilder builder = OpBuilder::atBlockEnd(target->getBody());
    if (failed(importProgram(builder, loc, exported)) ||
        failed(verify(*target)))
      return failure();
    return target;
  }

  /// Checks that an import fails with one message, and leaves nothing behind.
  void expectError(const std::string &message) {
    std::string text;
    ScopedDiagnosticHandler handler(
        &context, [&](Diagnostic &diagnostic) { text += diagnostic.str(); });
    Location loc = UnknownLoc::get(&context);
    OwningOpRef<ModuleOp> target = ModuleOp::create(loc);
    OpBuilder builder = OpBuilder::atBlockEnd(target->getBody());
    EXPECT_TRUE(failed(importProgram(builder, loc, exported)));
    EXPECT_EQ(text, message);
    EXPECT_TRUE(target->getBody()->empty());
  }

  /// The first instruction of a kind.
  template <typename Kind> Kind &find() {
    for (simulator::Instruction &instruction : exported.instructions)
      if (auto *found = std::get_if<Kind>(&instruction))
        return *found;
    llvm_unreachable("the program has every instruction");
  }

  MLIRContext context;
  OwningOpRef<ModuleOp> module;
  ProgramOp program;
  simulator::Program exported;
};

std::string print(Operation *op) {
  std::string text;
  llvm::raw_string_ostream os(text);
  op->print(os);
  return text;
}
} // namespace

TEST_F(TranslationTest, ComesBackAsItWas) {
  auto imported = import();
  ASSERT_TRUE(succeeded(imported));
  EXPECT_EQ(print(**imported), print(*module));
}

TEST_F(TranslationTest, ExportsWhatInstructionsSay) {
  EXPECT_EQ(exported.name, "features/conv");
  EXPECT_EQ(exported.machine, "tc");
  EXPECT_EQ(exported.machineHash, 0xfedcba9876543210u);
  EXPECT_EQ(exported.sumType, ::tasd::sparsity::ElementType::SI32);
  EXPECT_EQ(exported.arguments.size(), 4u);
  EXPECT_EQ(exported.rings.size(), 4u);
  EXPECT_EQ(exported.numTokens, 2u);

  auto &packed = std::get<simulator::PackedArgument>(exported.arguments[0]);
  EXPECT_EQ(packed.series, "2:4+1:8");
  EXPECT_EQ(packed.batch * packed.rows * packed.columns, 2 * 8 * 16);
  auto &image = std::get<simulator::TensorArgument>(exported.arguments[2]);
  EXPECT_EQ(image.type, ::tasd::sparsity::ElementType::UI8);
  EXPECT_EQ(image.density, 0.25);
  ASSERT_EQ(image.rows.digits.size(), 2u);
  EXPECT_EQ(image.rows.digits[1].dimension, 2u);
  EXPECT_EQ(image.rows.digits[1].scale, 2);
  EXPECT_TRUE(image.rows.gathered.empty());
  auto &result = std::get<simulator::TensorArgument>(exported.arguments[3]);
  EXPECT_EQ(result.rows.gathered,
            (std::vector<int64_t>{0, 1, 2, 5, 6, 9, 11, 15}));
  EXPECT_EQ(result.rows.getExtent(), 8);

  auto &multiply = find<simulator::Multiply>();
  EXPECT_EQ(multiply.a.ring, 1u);
  EXPECT_EQ(multiply.b.ring, 2u);
  EXPECT_EQ(multiply.accumulators, 3u);
  EXPECT_EQ(multiply.pattern, "1:8");
  EXPECT_EQ(multiply.term, 1u);
  EXPECT_FALSE(multiply.decomposed);
  EXPECT_EQ(multiply.zeroPointB, -3);
  ASSERT_EQ(multiply.column.summands.size(), 1u);
  EXPECT_EQ(multiply.column.summands[0].loop, 2u);
  EXPECT_EQ(multiply.column.summands[0].stride, 2);
  ASSERT_EQ(multiply.nest.size(), 3u);
  EXPECT_EQ(multiply.nest[2].dim, 2);
  EXPECT_EQ(multiply.nest[2].kind, simulator::MicroLoopKind::SpatialX);
  EXPECT_EQ(multiply.nest[2].level, 3u);

  // Terms have the source of what was decomposed.
  for (simulator::Instruction &instruction : exported.instructions)
    if (auto *last = std::get_if<simulator::Multiply>(&instruction);
        last && last->decomposed)
      EXPECT_EQ(last->a.argument, 1u);
}

TEST_F(TranslationTest, RejectsWhatThereIsNot) {
  find<simulator::Acquire>().ring = 7;
  expectError("program 'features/conv', instruction 2: expected ring below 4 "
              "but got 7");
}

TEST_F(TranslationTest, RejectsLoopsThatAreNotAround) {
  find<simulator::Load>().origin.row.summands.push_back({2, 1});
  expectError("program 'features/conv', instruction 1: expected loop below 1 "
              "but got 2");
}

TEST_F(TranslationTest, RejectsTilesThatNobodyHolds) {
  exported.instructions.erase(exported.instructions.begin() + 4);
  expectError("program 'features/conv', instruction 11: expected a slot of "
              "ring 2 to be held");
}

TEST_F(TranslationTest, RejectsTilesOfLoopsThatEnded) {
  // The release that ends the tile of the inner ring moves out of its loop.
  auto begin = exported.instructions.begin();
  ASSERT_TRUE(std::holds_alternative<simulator::Release>(begin[17]));
  ASSERT_TRUE(std::holds_alternative<simulator::LoopEnd>(begin[20]));
  std::rotate(begin + 17, begin + 18, begin + 21);
  expectError("program 'features/conv', instruction 20: expected a slot of "
              "ring 1 to be held");
}

TEST_F(TranslationTest, RejectsReleasesByOthers) {
  find<simulator::Release>().reader = 2;
  expectError("program 'features/conv', instruction 17: expected the unit that "
              "acquired the tile of ring 1 to release it");
}

TEST_F(TranslationTest, RejectsBatchesInTiles) {
  find<simulator::Multiply>().a.origin.batch.summands.push_back({0, 1});
  expectError("program 'features/conv', instruction 12: expected no batch "
              "inside a tile");
}

TEST_F(TranslationTest, RejectsTermsOfNothing) {
  find<simulator::Multiply>().decomposed = true;
  expectError("program 'features/conv', instruction 12: expected terms that "
              "were decomposed before");
}

TEST_F(TranslationTest, RejectsSeriesThatDoNotParse) {
  find<simulator::Multiply>().pattern = "4:2";
  expectError("program 'features/conv', instruction 12: expected 1 <= N <= M "
              "<= 64 but got 4:2");
}

TEST_F(TranslationTest, RejectsLoopsThatDoNotMatch) {
  exported.instructions.push_back(simulator::LoopBegin{2});
  expectError("program 'features/conv', instruction 28: expected the end of a "
              "loop");
  exported.instructions.back() = simulator::LoopEnd{};
  expectError("program 'features/conv', instruction 27: expected a loop to "
              "end");
}

TEST_F(TranslationTest, BoundsTokens) {
  exported.numTokens = 4000000000;
  expectError("program 'features/conv', instruction 0: expected at most one "
              "token for each of 27 instructions but got 4000000000");
}

TEST_F(TranslationTest, BoundsDepth) {
  exported.instructions.assign(1000, simulator::LoopBegin{2});
  expectError("program 'features/conv', instruction 256: expected at most 256 "
              "loops around each other");
}

TEST_F(TranslationTest, FollowsArgumentsThroughRings) {
  for (simulator::Instruction &instruction : exported.instructions)
    if (auto *load = std::get_if<simulator::Load>(&instruction))
      if (load->ring <= 1)
        EXPECT_EQ(load->argument, 0u);
  Value dense = program.getBody().front().front().getNextNode()->getResult(0);
  program.walk([&](LoadOp load) {
    if (isa<PackedArgumentType>(load.getSource().getType()))
      load.getSourceMutable().set(dense);
  });
  exported = exportProgram(program);
  unsigned numLoads = 0;
  for (simulator::Instruction &instruction : exported.instructions)
    if (auto *load = std::get_if<simulator::Load>(&instruction))
      if (load->ring <= 1) {
        EXPECT_EQ(load->argument, 1u);
        ++numLoads;
      }
  EXPECT_EQ(numLoads, 2u);
}

TEST_F(TranslationTest, RejectsDimensionsThatThereAreNot) {
  find<simulator::Multiply>().nest[0].dim = 3;
  expectError("program 'features/conv', instruction 12: expected dimension 0, "
              "1 or 2 but got 3");
}

TEST_F(TranslationTest, RejectsNegativeExtents) {
  exported.rings[0].rows = exported.rings[0].columns = -4;
  expectError("program 'features/conv', instruction 0: expected positive "
              "extents with a product of at most 2^48 but got -4x-4");
}

/// Changes a few bytes behind the header, and the checksum with them.
static std::string mutate(std::string bytes, std::mt19937 &random) {
  constexpr size_t checksumAt = 20, headerBytes = 28;
  for (unsigned left = 1 + random() % 3; left != 0; --left)
    bytes[headerBytes + random() % (bytes.size() - headerBytes)] = random();
  StringRef body = StringRef(bytes).drop_front(headerBytes);
  llvm::support::endian::write64le(&bytes[checksumAt], llvm::xxh3_64bits(body));
  return bytes;
}

// What reads as a program is imported, or refused with a message; what is valid
// comes back as it was.
TEST_F(TranslationTest, SurvivesMutations) {
  std::mt19937 random(1);
  std::string original = simulator::writeProgram(exported);
  unsigned numImported = 0, numValid = 0;
  ScopedDiagnosticHandler handler(&context, [](Diagnostic &) {});
  for (unsigned i = 0; i < 5000; ++i) {
    auto read = simulator::readProgram(mutate(original, random));
    if (!read) {
      llvm::consumeError(read.takeError());
      continue;
    }
    exported = *read;
    Location loc = UnknownLoc::get(&context);
    OwningOpRef<ModuleOp> target = ModuleOp::create(loc);
    OpBuilder builder = OpBuilder::atBlockEnd(target->getBody());
    FailureOr<ProgramOp> imported = importProgram(builder, loc, exported);
    if (failed(imported))
      continue;
    ++numImported;
    if (failed(verify(*target)))
      continue;
    ++numValid;
    std::string text = print(*target);
    OwningOpRef<ModuleOp> again =
        parseSourceString<ModuleOp>(text, ParserConfig(&context));
    ASSERT_TRUE(again) << text;
    EXPECT_EQ(simulator::writeProgram(exportProgram(*imported)),
              simulator::writeProgram(
                  exportProgram(*again->getOps<ProgramOp>().begin())));
  }
  EXPECT_GT(numImported, 500u);
  EXPECT_GT(numValid, 100u);
}
