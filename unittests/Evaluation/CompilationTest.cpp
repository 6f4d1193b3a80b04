//===- CompilationTest.cpp - Entries and plans of modules -----------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TestModules.h"

using namespace mlir;
using namespace ::tasd::evaluation;

namespace {
class CompilationTest : public ModuleTest {};
} // namespace

TEST_F(CompilationTest, NamesTheEntriesThereAre) {
  module = parseSourceString<ModuleOp>(
      "func.func @f() { return } func.func @g() { return }",
      ParserConfig(&context));
  llvm::Expected<func::FuncOp> entry = findEntry(*module, "h");
  ASSERT_FALSE(bool(entry));
  EXPECT_EQ(llvm::toString(entry.takeError()),
            "expected an entry among 'f', 'g' but got 'h'");
  entry = findEntry(*module, "");
  ASSERT_FALSE(bool(entry));
  EXPECT_EQ(llvm::toString(entry.takeError()),
            "expected the name of an entry, one of 'f', 'g'");
}

TEST_F(CompilationTest, StripsPlans) {
  module = parseSourceString<ModuleOp>(
      R"(
    module attributes {tasd.num_plans = 1} {
      func.func @f() attributes {tasd.plan = "p", other.x} { return }
    })",
      ParserConfig(&context, /*verifyAfterParse=*/false));
  stripPlans(*module);
  EXPECT_TRUE((*module)->getDiscardableAttrs().empty());
  func::FuncOp function = *findEntry(*module, "f");
  EXPECT_FALSE(function->hasAttr("tasd.plan"));
  EXPECT_TRUE(function->hasAttr("other.x"));
}
