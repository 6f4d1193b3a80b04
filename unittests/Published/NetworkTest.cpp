//===- NetworkTest.cpp - Networks from files ------------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Network.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/raw_ostream.h"
#include "gtest/gtest.h"

using namespace tasd::published;

/// Reads a network from a file of this text.
static llvm::Expected<Network> read(llvm::StringRef text) {
  llvm::SmallString<128> path;
  int file;
  EXPECT_FALSE(
      llvm::sys::fs::createTemporaryFile("network", "yaml", file, path));
  llvm::raw_fd_ostream(file, /*shouldClose=*/true) << text;
  auto network = readNetwork(path);
  llvm::sys::fs::remove(path);
  return network;
}

static std::string getError(llvm::StringRef text) {
  auto network = read(text);
  return network ? "" : llvm::toString(network.takeError());
}

static constexpr llvm::StringLiteral kHead =
    "name: n\nsparsities: [0, 0.5]\npruned_density_source: here\n"
    "activation_source: there\nlayers:\n";

TEST(NetworkTest, ReadsLayers) {
  auto network = llvm::cantFail(read(
      (kHead +
       "  - {name: a, count: 2, convolution: '1,8,8,16,32,3,3,1,1', "
       "pruned_density: 0.25, activations: relu, activation_density: 0.5}\n"
       "  - {name: b, products: 3, product: '4,5,6', activations: gelu}\n")
          .str()));
  ASSERT_EQ(network.layers.size(), 2u);
  const NetworkLayer &a = network.layers[0], &b = network.layers[1];
  EXPECT_EQ(a.count, 2);
  EXPECT_EQ(a.getNumWeights(), 32 * 16 * 9);
  EXPECT_EQ(a.getNumChannels(), 16);
  EXPECT_EQ(a.activationDensity, 0.5);
  EXPECT_FALSE(b.hasWeights());
  EXPECT_EQ(b.work.numProducts, 3);
  EXPECT_EQ(b.getNumChannels(), 6);
  EXPECT_EQ(b.activations, Distribution::Gelu);
}

TEST(NetworkTest, NamesMistakes) {
  auto expect = [](llvm::StringRef entry, llvm::StringRef message) {
    std::string error = getError((kHead + entry).str());
    EXPECT_NE(error.find(message), std::string::npos) << error;
  };
  expect("  - {name: a, activations: relu}\n",
         "layer 'a': expected a convolution or a product");
  expect("  - {name: a, product: '1,2', activations: relu}\n",
         "layer 'a': expected M,N,K but got '1,2'");
  expect("  - {name: a, product: '1,2,3', activations: cosine}\n",
         ".yaml:6:46: unknown enumerated scalar");
  expect("  - {name: a, product: '1,2,3', activations: relu, "
         "pruned_density: 2}\n",
         "layer 'a': expected a pruned_density above 0 and at most 1");
  expect("  - {name: a, product: '1,2,3', activations: relu, "
         "activation_density: -1}\n",
         "layer 'a': expected an activation_density from 0 to 1");
  expect("  - {name: a, product: '1,2,3', activations: relu, size: 1}\n",
         "unknown key 'size'");
  for (const char *count : {"0", "1000001", "9999999999999999999", "two"})
    expect(("  - {name: a, product: '1,2,3', activations: relu, count: " +
            llvm::Twine(count) + "}\n")
               .str(),
           ".yaml:6:59: expected a whole number from 1 to 1000000");
  expect("  - {name: a, product: '1,2,3', activations: relu, products: 0}\n",
         ".yaml:6:62: expected a whole number from 1 to 1000000");
  expect("  []\n", ": expected a sparsity and a layer");
  expect("  - {name: a, product: '1,2,3'}\n",
         "missing required key 'activations'");
}

TEST(NetworkTest, SparsitiesDiffer) {
  std::string text = kHead.str();
  text.replace(text.find("[0, 0.5]"), 8, "[0.5, 0, 0.5]");
  std::string error =
      getError(text + "  - {name: a, product: '1,2,3', activations: relu}\n");
  EXPECT_NE(error.find("expected each sparsity once but got 0.5 twice"),
            std::string::npos)
      << error;
}

TEST(NetworkTest, NamesTheFileThatIsMissing) {
  auto network = readNetwork("/no/such/network.yaml");
  EXPECT_EQ(llvm::toString(network.takeError()),
            "cannot read '/no/such/network.yaml': No such file or directory");
}
