//===- YamlTreeTest.cpp - YAML with the places of its nodes ---------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Support/YamlTree.h"

#include <gtest/gtest.h>

using namespace tasd;

TEST(YamlTreeTest, NodesKnowTheirPlaces) {
  auto tree = parseYaml("a: [x, 'y']\nb:\n  - {c: z}\n", "file");
  ASSERT_TRUE(bool(tree));
  ASSERT_EQ(tree->kind, YamlNode::Kind::Mapping);
  const YamlNode &list = tree->lookup("a")->value;
  ASSERT_EQ(list.items.size(), 2u);
  EXPECT_EQ(list.items[1].text, "y");
  EXPECT_EQ(formatMistake(list.items[1].place, "wrong"), "file:1:8: wrong");
  const YamlNode &nested = tree->lookup("b")->value.items[0];
  EXPECT_EQ(nested.lookup("c")->value.place.line, 3u);
  EXPECT_EQ(nested.lookup("d"), nullptr);
}

TEST(YamlTreeTest, UnknownKeysNameTheNearest) {
  EXPECT_EQ(describeUnknownKey("machnies", {"models", "machines"}),
            "unknown key, did you mean 'machines'?");
  EXPECT_EQ(describeUnknownKey("zzzzzzzz", {"models", "machines"}),
            "unknown key, expected one of: models, machines");
}
