//===- HTMLPage.h - Reports that a browser shows ----------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A page is the data of a report in JSON, as its program writes them anyway,
// and sections that say which parts of them to show as what: figures, bars,
// points, a heat map, a table. A script in the page draws them. docs/Report.md
// has all kinds of sections and their keys.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_REPORT_HTMLPAGE_H
#define TASD_REPORT_HTMLPAGE_H

#include "llvm/Support/JSON.h"

#include <string>

namespace tasd::report {

/// What made a report.
struct Provenance {
  /// The command line, as one would type it.
  std::string command;
  /// Name and version: "tasder 0.1.0, LLVM 22.1.8".
  std::string program;
};

struct HTMLPage {
  std::string title;
  Provenance provenance;
  /// An object, whose keys the sections name.
  llvm::json::Value data = nullptr;
  /// An array of sections, top to bottom.
  llvm::json::Value sections = nullptr;
};

/// The sections in lib/Report/HTML/NAME.json, of which there has to be one.
llvm::json::Value getSections(llvm::StringRef name);

/// Writes one file that needs no other. Whatever the texts hold, UTF-8 or not,
/// they show as they are; equal pages are equal bytes.
void writeHTMLPage(llvm::raw_ostream &os, const HTMLPage &page);

} // namespace tasd::report

#endif // TASD_REPORT_HTMLPAGE_H
