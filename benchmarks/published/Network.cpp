//===- Network.cpp - Layers, densities, and where they are from -----------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Network.h"

#include "YamlFile.h"

#include "tasd/Cost/WorkText.h"

#include <set>

using namespace tasd;
using namespace tasd::published;
using llvm::Error;
using llvm::Twine;

/// From 1 to kMaxCount.
LLVM_YAML_STRONG_TYPEDEF(int64_t, Count)

static constexpr int64_t kMaxCount = 1000000;

namespace {
/// A layer as its entry stands in the file.
struct LayerEntry {
  std::string name, convolution, product;
  Count count = 1, products = 1;
  std::optional<double> prunedDensity;
  Distribution activations = Distribution::Normal;
  double activationDensity = 1;
};

struct NetworkFile {
  std::string name, prunedDensitySource, activationSource;
  std::vector<double> sparsities;
  std::vector<LayerEntry> layers;
};
} // namespace

LLVM_YAML_IS_SEQUENCE_VECTOR(LayerEntry)

namespace llvm::yaml {
template <> struct ScalarTraits<Count> {
  static void output(const Count &count, void *, raw_ostream &os) {
    os << count.value;
  }
  static StringRef input(StringRef text, void *, Count &count) {
    if (text.getAsInteger(10, count.value) || count.value < 1 ||
        count.value > kMaxCount)
      return "expected a whole number from 1 to 1000000";
    return "";
  }
  static QuotingType mustQuote(StringRef) { return QuotingType::None; }
};

template <> struct ScalarEnumerationTraits<Distribution> {
  static void enumeration(IO &io, Distribution &value) {
    io.enumCase(value, "normal", Distribution::Normal);
    io.enumCase(value, "magnitudes", Distribution::Magnitudes);
    io.enumCase(value, "relu", Distribution::Relu);
    io.enumCase(value, "gelu", Distribution::Gelu);
    io.enumCase(value, "softmax", Distribution::Softmax);
  }
};

template <> struct MappingTraits<LayerEntry> {
  static void mapping(IO &io, LayerEntry &entry) {
    io.mapRequired("name", entry.name);
    io.mapOptional("count", entry.count);
    io.mapOptional("products", entry.products);
    io.mapOptional("convolution", entry.convolution);
    io.mapOptional("product", entry.product);
    io.mapOptional("pruned_density", entry.prunedDensity);
    io.mapRequired("activations", entry.activations);
    io.mapOptional("activation_density", entry.activationDensity);
  }
};

template <> struct MappingTraits<NetworkFile> {
  static void mapping(IO &io, NetworkFile &file) {
    io.mapRequired("name", file.name);
    io.mapRequired("sparsities", file.sparsities);
    io.mapRequired("pruned_density_source", file.prunedDensitySource);
    io.mapRequired("activation_source", file.activationSource);
    io.mapRequired("layers", file.layers);
  }
};
} // namespace llvm::yaml

/// Of what is not a number false.
static bool isShare(double value) { return value >= 0 && value <= 1; }

static Error checkEntry(const LayerEntry &entry) {
  if (entry.convolution.empty() == entry.product.empty())
    return llvm::createStringError("expected a convolution or a product");
  if (entry.prunedDensity &&
      (!isShare(*entry.prunedDensity) || *entry.prunedDensity == 0))
    return llvm::createStringError("expected a pruned_density above 0 and at "
                                   "most 1");
  if (!isShare(entry.activationDensity))
    return llvm::createStringError("expected an activation_density from 0 to "
                                   "1");
  return Error::success();
}

static Error checkSparsities(llvm::ArrayRef<double> sparsities) {
  std::set<double> known;
  for (double sparsity : sparsities) {
    if (!isShare(sparsity) || sparsity == 1)
      return llvm::createStringError("expected sparsities from 0 to below 1");
    if (!known.insert(sparsity).second)
      return llvm::createStringError(
          "expected each sparsity once but got %g twice", sparsity);
  }
  return Error::success();
}

static llvm::Expected<NetworkLayer> makeLayer(const LayerEntry &entry) {
  if (Error error = checkEntry(entry))
    return std::move(error);
  NetworkLayer layer;
  if (Error error = entry.product.empty()
                        ? parseConvolution(entry.convolution, layer.work)
                        : parseGemm(entry.product, layer.work))
    return std::move(error);
  layer.name = entry.name;
  layer.count = entry.count;
  layer.work.numProducts = entry.products;
  layer.prunedDensity = entry.prunedDensity;
  layer.activations = entry.activations;
  layer.activationDensity = entry.activationDensity;
  return layer;
}

int64_t NetworkLayer::getNumWeights() const {
  return hasWeights() ? work.extents.m * work.extents.k : 0;
}

int64_t NetworkLayer::getNumChannels() const {
  return work.window ? work.window->channels : work.extents.k;
}

llvm::Expected<Network> tasd::published::readNetwork(llvm::StringRef path) {
  auto file = readYamlFile<NetworkFile>(path);
  if (!file)
    return file.takeError();
  Network network{file->name,
                  file->sparsities,
                  file->prunedDensitySource,
                  file->activationSource,
                  {}};
  if (Error error = checkSparsities(network.sparsities))
    return llvm::createStringError(path + ": " +
                                   llvm::toString(std::move(error)));
  if (file->sparsities.empty() || file->layers.empty())
    return llvm::createStringError(path + ": expected a sparsity and a layer");
  for (const LayerEntry &entry : file->layers) {
    auto layer = makeLayer(entry);
    if (!layer)
      return llvm::createStringError(path + ": layer '" + entry.name +
                                     "': " + llvm::toString(layer.takeError()));
    network.layers.push_back(std::move(*layer));
  }
  return network;
}
