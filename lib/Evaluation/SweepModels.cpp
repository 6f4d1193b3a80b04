//===- SweepModels.cpp - The models of a sweep's file ---------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SweepModels.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Path.h"

using namespace llvm;
using namespace tasd;
using namespace tasd::evaluation;

static constexpr StringLiteral kNameKey = "name";

void SweepModelReader::readOption(const SweepKey &option, const YamlNode &node,
                                  StringRef key, TasderOptions &options) {
  auto set = [&](StringRef text) { return option.set(text, folder, options); };
  if (!option.clear)
    return values.readOne(node, key, set);
  option.clear(options);
  values.readList(node, key, set);
}

void SweepModelReader::readDefault(const SweepKey &option,
                                   const YamlEntry &entry) {
  readOption(option, entry.value, entry.key, defaults);
}

static std::string describeUnknown(StringRef key) {
  SmallVector<StringRef> known = {kNameKey};
  for (const SweepKey &option : getSweepKeys())
    known.push_back(option.name);
  return describeUnknownKey(key, known);
}

void SweepModelReader::readEntries(const YamlNode &node,
                                   TasderOptions &options) {
  for (const YamlEntry &entry : node.entries) {
    std::string key = "models." + entry.key;
    if (const SweepKey *option = findSweepKey(entry.key))
      readOption(*option, entry.value, key, options);
    else if (entry.key != kNameKey)
      values.fail(entry.place, key, describeUnknown(entry.key));
  }
}

/// What is missing in a model; empty if nothing is.
static std::string describeMissing(const TasderOptions &options) {
  if (options.modulePath.empty())
    return "expected the key 'module'";
  if (options.calibrationPaths.empty())
    return "expected the key 'calibration'";
  if (options.metric.empty())
    return "expected the key 'metric'";
  if (options.testPaths.empty() && !options.testLabelsPath.empty())
    return "expected the key 'test' with 'test_labels'";
  if (!options.testPaths.empty() &&
      options.labelsPath.empty() != options.testLabelsPath.empty())
    return "expected 'labels' and 'test_labels', or none of them, with 'test'";
  return "";
}

static bool isName(StringRef text) {
  return !text.empty() && all_of(text, [](char character) {
    return isAlnum(character) || StringRef("._-").contains(character);
  });
}

/// What no key says alone.
void SweepModelReader::checkModel(const SweepModel &model,
                                  const YamlPlace &place) {
  std::string missing = describeMissing(model.options);
  if (model.name.empty())
    return values.fail(place, "models", missing);
  std::string key = "models." + model.name;
  values.failIf(missing, place, key);
  if (!isName(model.name))
    values.fail(place, key,
                "expected a 'name' of letters, digits, '.', '_' and '-'");
}

/// A file's path alone, or a mapping. Its name is that of the file unless it
/// says otherwise.
SweepModel SweepModelReader::readModel(const YamlNode &node) {
  SweepModel model;
  model.options = defaults;
  if (node.kind == YamlNode::Kind::Scalar)
    model.options.modulePath = resolvePath(node.text, folder);
  else if (node.kind == YamlNode::Kind::Mapping)
    readEntries(node, model.options);
  else
    values.fail(node.place, "models",
                "expected a file or a mapping but got " + node.describe());
  model.name = sys::path::stem(model.options.modulePath).str();
  if (const YamlEntry *name = node.lookup(kNameKey))
    values.readOne(name->value, "models.name", [&](StringRef text) {
      model.name = text.str();
      return text.empty() ? "expected a name" : "";
    });
  checkModel(model, node.place);
  return model;
}

std::vector<SweepModel> SweepModelReader::readModels(const YamlNode &node) {
  std::vector<SweepModel> models;
  for (const YamlNode &item : values.getItems(node, "models")) {
    SweepModel model = readModel(item);
    if (any_of(models, [&](const SweepModel &known) {
          return known.name == model.name;
        }))
      values.fail(item.place, "models." + model.name,
                  "expected models of different names, for which there is the "
                  "key 'name'");
    models.push_back(std::move(model));
  }
  return models;
}
