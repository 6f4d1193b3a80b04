//===- HTMLPage.cpp - Reports that a browser shows ------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Report/HTMLPage.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FormatVariadic.h"

using namespace llvm;
using namespace tasd::report;

namespace {
/// A file of lib/Report/HTML.
struct Asset {
  StringRef name, text;
};
} // namespace

static constexpr Asset assets[] = {
#include "HTMLAssets.inc"
};

static StringRef getAsset(StringRef name) {
  const Asset *asset =
      find_if(assets, [&](const Asset &each) { return each.name == name; });
  assert(asset != std::end(assets) && "expected a file of lib/Report/HTML");
  return asset->text;
}

json::Value tasd::report::getSections(StringRef name) {
  return cantFail(json::parse(getAsset((name + ".json").str())));
}

/// As text of an element.
static std::string escapeText(StringRef text) {
  std::string escaped;
  for (char c : json::fixUTF8(text))
    if (c == '&')
      escaped += "&amp;";
    else if (c == '<')
      escaped += "&lt;";
    else
      escaped += c;
  return escaped;
}

/// As JSON inside of a script: nothing in it ends the element, or opens another
/// one, since "<" occurs in strings alone.
static std::string escapeScript(const json::Value &value) {
  std::string escaped;
  for (char c : formatv("{0}", value).str())
    if (c == '<')
      escaped += "\\u003c";
    else
      escaped += c;
  return escaped;
}

/// Nothing is loaded from anywhere, whatever the data say.
static constexpr StringLiteral kHead = R"(<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; script-src 'unsafe-inline'; style-src 'unsafe-inline'">
<link rel="icon" href="data:,">
)";

static void writeHead(raw_ostream &os, const HTMLPage &page) {
  os << kHead << "<title>" << escapeText(page.title) << "</title>\n<style>\n"
     << getAsset("page.css") << "</style>\n</head>\n";
}

static void writeBody(raw_ostream &os, const HTMLPage &page) {
  os << "<body>\n<header><h1>" << escapeText(page.title) << "</h1></header>\n"
     << "<main id=\"sections\"><noscript>A script draws this page.</noscript>"
     << "</main>\n<footer><h2>Made by</h2>\n<pre id=\"command\" tabindex=\"0\">"
     << escapeText(page.provenance.command) << "</pre>\n<p>"
     << escapeText(page.provenance.program) << "</p></footer>\n";
}

static void writeScripts(raw_ostream &os, const HTMLPage &page) {
  os << "<script type=\"application/json\" id=\"data\">"
     << escapeScript(page.data) << "</script>\n"
     << "<script type=\"application/json\" id=\"layout\">"
     << escapeScript(page.sections) << "</script>\n<script>\n\"use strict\";\n"
     << getAsset("page.js") << "</script>\n</body>\n</html>\n";
}

void tasd::report::writeHTMLPage(raw_ostream &os, const HTMLPage &page) {
  writeHead(os, page);
  writeBody(os, page);
  writeScripts(os, page);
}
