//===- HTMLPageTest.cpp - Reports that a browser shows --------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Report/HTMLPage.h"

#include "gtest/gtest.h"

using namespace tasd::report;
using llvm::StringRef;
using llvm::json::Array;
using llvm::json::Object;

static std::string write(const HTMLPage &page) {
  std::string text;
  llvm::raw_string_ostream os(text);
  writeHTMLPage(os, page);
  return text;
}

static HTMLPage getPage(StringRef text) {
  return {text.str(),
          {text.str(), text.str()},
          Object{{"name", llvm::json::fixUTF8(text)}},
          Array{}};
}

/// What stands between the tags of the script of that id.
static StringRef getScript(StringRef page, StringRef id) {
  StringRef opened = page.split(("id=\"" + id + "\">").str()).second;
  return opened.split("</script>").first;
}

TEST(HTMLPage, textsAreNoMarkup) {
  std::string page = write(getPage("</script><b>&amp;<!--\""));
  EXPECT_EQ(page.find("<b>"), std::string::npos);
  EXPECT_EQ(page.find("<!--"), std::string::npos);
  EXPECT_NE(page.find("<title>&lt;/script>&lt;b>&amp;amp;&lt;!--\"</title>"),
            std::string::npos);
  EXPECT_NE(page.find("<pre id=\"command\" tabindex=\"0\">&lt;/script>"),
            std::string::npos);
}

TEST(HTMLPage, dataReadBackAsTheyWere) {
  for (StringRef text : {"</script><b>", "<!-- & \" ' \\u003c", "größer → €"}) {
    std::string page = write(getPage(text));
    auto data = llvm::json::parse(getScript(page, "data"));
    ASSERT_TRUE(bool(data)) << llvm::toString(data.takeError());
    EXPECT_EQ(data->getAsObject()->getString("name"), text);
  }
}

TEST(HTMLPage, whateverBytesGiveUTF8) {
  EXPECT_TRUE(llvm::json::isUTF8(write(getPage("\xff\xfe broken \xc3"))));
}

TEST(HTMLPage, asksForNothing) {
  std::string page = write({"tasder", {}, Object{}, getSections("tasder")});
  EXPECT_NE(page.find("default-src 'none'"), std::string::npos);
  for (StringRef reference : {"src=", "href=\"http", "@import", "url("})
    EXPECT_EQ(page.find(reference), std::string::npos) << reference.str();
}

TEST(HTMLPage, sectionsHaveKindAndTitle) {
  for (StringRef name : {"tasder", "tasd-run", "sweep"}) {
    llvm::json::Value sections = getSections(name);
    ASSERT_NE(sections.getAsArray(), nullptr);
    for (const llvm::json::Value &section : *sections.getAsArray()) {
      ASSERT_NE(section.getAsObject(), nullptr);
      EXPECT_TRUE(section.getAsObject()->getString("kind"));
      EXPECT_TRUE(section.getAsObject()->getString("title"));
    }
  }
}
